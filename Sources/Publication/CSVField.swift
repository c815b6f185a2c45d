/// One field as RFC 4180 writes it: quoted only when it holds a comma, a quote or a line end.
///
/// - Returns: UTF-8 bytes, without a delimiter.
package func csvField(_ text: String) -> [UInt8] {
  let bytes = Array(text.utf8)
  let needsQuotes = bytes.contains { byte in
    byte == comma || byte == quote || byte == lineFeed || byte == carriageReturn
  }
  guard needsQuotes else { return bytes }
  var field: [UInt8] = [quote]
  for byte in bytes {
    if byte == quote { field.append(quote) }
    field.append(byte)
  }
  field.append(quote)
  return field
}

/// One line as RFC 4180 writes it, with its line end.
package func csvLine(_ fields: [String]) -> [UInt8] {
  var line: [UInt8] = []
  for (number, field) in fields.enumerated() {
    if number > 0 { line.append(comma) }
    line += csvField(field)
  }
  return line + [lineFeed]
}

/// Writes a number in decimal digits.
func appendDecimal(_ value: Int64, to bytes: inout [UInt8]) {
  if value < 0 { bytes.append(UInt8(ascii: "-")) }
  let start = bytes.count
  var rest = value.magnitude
  repeat {
    bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
    rest /= 10
  } while rest > 0
  bytes[start...].reverse()
}

/// Writes a fixed-point number: all its decimals, as `0.2500`.
///
/// - Parameters:
///   - value: any number.
///   - one: how many of it make one: a power of ten, at least ten.
///   - bytes: where it goes.
func appendFixedPoint(_ value: Int64, one: UInt64, to bytes: inout [UInt8]) {
  if value < 0 { bytes.append(UInt8(ascii: "-")) }
  let magnitude = value.magnitude
  // A whole part of 64 bits divided by ten fits Int64.
  appendDecimal(Int64(magnitude / one), to: &bytes)
  bytes.append(UInt8(ascii: "."))
  var place = one / 10
  while place > 0 {
    bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude / place % 10))
    place /= 10
  }
}

let comma = UInt8(ascii: ",")
let quote = UInt8(ascii: "\"")
let lineFeed = UInt8(ascii: "\n")
let carriageReturn = UInt8(ascii: "\r")
