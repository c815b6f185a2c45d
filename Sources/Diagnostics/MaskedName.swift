/// A file name in which no BSN can be read: nine digits that pass the eleven-test become `9{9}`.
///
/// Some senders name a message after the client, and the user is told the names of files. What is
/// written holds less of them: see `shapedName`.
///
/// - Parameter name: a file name or path.
/// - Returns: the same text where it holds no such number.
package func maskedName(_ name: String) -> String {
  let bytes = Array(name.utf8)
  var masked: [UInt8] = []
  var position = 0
  while position < bytes.count {
    var end = position
    while end < bytes.count, 0x30...0x39 ~= bytes[end] { end += 1 }
    if end - position == 9 && passesElevenTest(bytes[position..<end]) {
      masked += Array("9{9}".utf8)
    } else {
      masked += bytes[position..<max(end, position + 1)]
    }
    position = max(end, position + 1)
  }
  return String(decoding: masked, as: UTF8.self)
}

/// Whether nine digits can be a BSN: 9a + 8b + … + 2h − i is a multiple of eleven.
private func passesElevenTest(_ digits: ArraySlice<UInt8>) -> Bool {
  var sum = 0
  for (place, digit) in digits.enumerated() {
    sum += (place == 8 ? -1 : 9 - place) * Int(digit - 0x30)
  }
  return sum % 11 == 0
}
