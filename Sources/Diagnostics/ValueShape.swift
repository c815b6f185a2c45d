/// The shape of a value: every digit as `9`, every letter as `a`, runs as counts.
///
/// `12345678A` becomes `9{8}a`. A shape is what a message may show of a faulty value: it helps to
/// find the fault and gives nobody away. Bytes beyond ASCII count as letters, control bytes as
/// `?`; after 24 runs the rest is `…`.
///
/// - Parameter bytes: the value as it stands in the file, in any encoding.
/// - Returns: the shape; `empty` for no bytes.
package func valueShape(of bytes: some Sequence<UInt8>) -> String {
  var runs: [(symbol: Character, count: Int)] = []
  for byte in bytes {
    let symbol: Character
    switch byte {
    case 0x30...0x39: symbol = "9"
    case 0x41...0x5A, 0x61...0x7A, 0x80...0xFF: symbol = "a"
    case 0x20...0x7E: symbol = Character(Unicode.Scalar(byte))
    default: symbol = "?"
    }
    if let last = runs.last, last.symbol == symbol {
      runs[runs.count - 1].count += 1
    } else if runs.count == 24 {
      runs.append(("…", 1))
      break
    } else {
      runs.append((symbol, 1))
    }
  }
  if runs.isEmpty { return "empty" }
  return runs.map { $0.count == 1 ? String($0.symbol) : "\($0.symbol){\($0.count)}" }.joined()
}

/// Text from outside, fit for a terminal: control, bidirectional and invisible characters are escaped.
///
/// A file name may hold them, and could otherwise rewrite what the user sees, or hide why two names
/// that look alike differ.
package func escapedForTerminal(_ text: String) -> String {
  var safe = ""
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF:
      safe += "\\u{\(String(scalar.value, radix: 16))}"
    default:
      safe.unicodeScalars.append(scalar)
    }
  }
  return safe
}
