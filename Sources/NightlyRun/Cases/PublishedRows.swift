/// The rows of a table as it is published, each field as text.
struct PublishedRows {
  let columns: [String]
  /// One text a column; a figure that is not there is told by its mark.
  let rows: [[String]]

  /// - Parameter bytes: of `csvBytes`.
  init(_ bytes: [UInt8]) {
    let lines = Self.lines(bytes)
    let columns = lines.first ?? []
    let marks = columns.map { name in columns.firstIndex(of: "\(name)_mark") }
    rows = lines.dropFirst().map { fields in
      fields.indices.map { place in
        guard fields[place].isEmpty, place < marks.count, let mark = marks[place],
          mark < fields.count
        else { return fields[place] }
        return fields[mark]
      }
    }
    self.columns = columns
  }

  /// The fields of each line, as RFC 4180 has them.
  private static func lines(_ bytes: [UInt8]) -> [[String]] {
    var lines: [[String]] = []
    var fields: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var last: UInt8 = 0
    for byte in bytes {
      defer { last = byte }
      switch byte {
      case UInt8(ascii: "\""):
        // The second of two quotes opens what the first closed: it stands for one.
        if !isQuoted && last == byte { field.append(byte) }
        isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted, UInt8(ascii: "\n") where !isQuoted:
        fields.append(String(decoding: field, as: UTF8.self))
        field = []
        if byte == UInt8(ascii: "\n") {
          lines.append(fields)
          fields = []
        }
      default: field.append(byte)
      }
    }
    return lines
  }
}
