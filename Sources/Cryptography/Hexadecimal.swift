/// Bytes as hexadecimal digits, lower case, two a byte.
package func lowerHex(_ bytes: some Sequence<UInt8>) -> String {
  var digits: [UInt8] = []
  digits.reserveCapacity(bytes.underestimatedCount * 2)
  for byte in bytes {
    digits.append(hexDigit(byte >> 4))
    digits.append(hexDigit(byte & 15))
  }
  return String(decoding: digits, as: UTF8.self)
}

/// The ASCII code of a value in 0...15, lower case.
@inlinable
package func hexDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? 0x30 &+ value : 0x57 &+ (value & 15)
}

/// The value of a hexadecimal digit; nil for anything else, and for upper case.
@inlinable
package func hexValue(_ digit: UInt8) -> UInt8? {
  switch digit {
  case 0x30...0x39: digit - 0x30
  case 0x61...0x66: digit - 0x57
  default: nil
  }
}
