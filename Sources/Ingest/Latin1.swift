/// Converts ISO-8859-1 to UTF-8.
///
/// Every byte has a character; 80–9F become U+0080…U+009F, which `checkTexts` refuses.
///
/// - Returns: the text, then `CsvLimits.padding` zero bytes.
func utf8(fromLatin1 bytes: ArraySlice<UInt8>) -> [UInt8] {
  var highCount = 0
  for byte in bytes { highCount += Int(byte >> 7) }
  let count = bytes.count + highCount
  return unsafe [UInt8](unsafeUninitializedCapacity: count + CsvLimits.padding) { buffer, filled in
    var target = 0
    for byte in bytes {
      if byte < 0x80 {
        unsafe buffer[target] = byte
        target += 1
      } else {
        unsafe buffer[target] = 0xC0 | byte >> 6
        unsafe buffer[target + 1] = 0x80 | byte & 0x3F
        target += 2
      }
    }
    for place in 0..<CsvLimits.padding { unsafe buffer[target + place] = 0 }
    filled = count + CsvLimits.padding
  }
}
