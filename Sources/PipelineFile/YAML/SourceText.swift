/// The bytes of one file of a pipeline, cut in lines.
struct SourceText: Sendable {
  /// A place at which the bytes are not a text that we take.
  struct Flaw: Error, Hashable {
    let line: Int
    let column: Int
    let sentence: String
    let hint: String?
  }

  static let sizeLimit = 1 << 20

  let path: String
  let bytes: [UInt8]
  /// Without line ends; a byte-order mark at the start is not counted.
  let lines: [String]

  init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    lines = Self.cut(Self.withoutMark(bytes))
  }

  /// What libyaml is to read.
  var content: ArraySlice<UInt8> { Self.withoutMark(bytes) }

  /// The folder that paths in this file are relative to; empty for the current one.
  var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Whether its name is that of a pipeline file.
  var isNamedYAML: Bool { path.hasSuffix(".yaml") || path.hasSuffix(".yml") }

  /// The line as it stands, or nil when it is too long to show.
  func excerpt(ofLine number: Int) -> String? {
    guard lines.indices.contains(number - 1) else { return nil }
    let line = lines[number - 1]
    return line.utf8.count <= 400 ? line : nil
  }

  /// The scalars of a line, for places within a value; none of a line that is too long to show.
  func scalars(ofLine number: Int) -> [Unicode.Scalar] {
    excerpt(ofLine: number).map { Array($0.unicodeScalars) } ?? []
  }

  /// The first place that is no UTF-8 or holds a character that a pipeline file may not hold.
  ///
  /// libyaml would take NEL, LS and PS as line ends, and then its lines were not those of an
  /// editor; it tells a bad byte by offset only.
  var flaw: Flaw? {
    var decoder = UTF8()
    var bytes = content.makeIterator()
    var line = 1
    var column = 1
    while true {
      switch decoder.decode(&bytes) {
      case .emptyInput: return nil
      case .error:
        return Flaw(
          line: line,
          column: column,
          sentence: "found bytes that are not UTF-8",
          hint: "save the file as UTF-8"
        )
      case .scalarValue(let scalar):
        switch scalar.value {
        case 0x0A:
          line += 1
          column = 0
        case 0x09, 0x0D: break
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF:
          let code = String(scalar.value, radix: 16, uppercase: true)
          let padded = String(repeating: "0", count: max(0, 4 - code.count)) + code
          return Flaw(
            line: line,
            column: column,
            sentence: "found the control character U+\(padded), expected text",
            hint: "remove it"
          )
        default: break
        }
        column += 1
      }
    }
  }

  /// Lines that are indented by a tab, with the column of the first one.
  var tabIndents: [(line: Int, column: Int)] {
    var found: [(line: Int, column: Int)] = []
    for (index, line) in lines.enumerated() where line.utf8.contains(9) {
      let indent = line.utf8.prefix { $0 == 0x20 || $0 == 9 }
      guard indent.count < line.utf8.count else { continue }
      if let tab = Array(indent).firstIndex(of: 9) { found.append((index + 1, tab + 1)) }
    }
    return found
  }

  private static func withoutMark(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
  }

  private static func cut(_ bytes: ArraySlice<UInt8>) -> [String] {
    var lines: [String] = []
    var start = bytes.startIndex
    var position = bytes.startIndex
    while position < bytes.endIndex {
      let byte = bytes[position]
      if byte == 0x0A || byte == 0x0D {
        lines.append(String(decoding: bytes[start..<position], as: UTF8.self))
        if byte == 0x0D && position + 1 < bytes.endIndex && bytes[position + 1] == 0x0A {
          position += 1
        }
        start = position + 1
      }
      position += 1
    }
    lines.append(String(decoding: bytes[start...], as: UTF8.self))
    return lines
  }
}
