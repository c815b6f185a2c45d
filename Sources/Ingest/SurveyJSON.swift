/// The members of an unknown file of JSON lines, found by a plain scan.
///
/// Only proposes: another parser reads the rows.
///
/// - Note: Clear identifiers pass through here.
struct SurveyJSON {
  private static let lineLimit = 1000
  private static let columnLimit = 500
  private static let depthLimit = 8

  private(set) var rowCount = 0
  private(set) var columns: [(name: String, path: String, column: SurveyColumn)] = []

  init(_ text: SurveyText) {
    var found: [String: SurveyColumn] = [:]
    var paths: [String] = []
    let lines = SurveyLines.lines(of: text.head, limit: Self.lineLimit, takesLast: text.isWhole)
    for line in lines where line.count < 1 << 20 && line.first == UInt8(ascii: "{") {
      guard line.last(where: { $0 > 0x20 }) == UInt8(ascii: "}") else { continue }
      rowCount += 1
      var scan = Scan(line)
      while let (path, value) = scan.next() {
        if found[path] == nil {
          guard paths.count < Self.columnLimit else { continue }
          paths.append(path)
        }
        found[path, default: SurveyColumn()].add(value)
      }
    }
    for path in paths {
      // A name that few rows have may be a key of data, not a member.
      guard var column = found[path], column.rowCount * 20 >= rowCount else { continue }
      while column.rowCount < rowCount { column.add([]) }
      let name = path.split(separator: "/").last.map(String.init) ?? path
      columns.append((name, path, column))
    }
  }

  /// Walks over the members of an object that are no lists; what is no JSON ends the walk.
  private struct Scan {
    private let line: ArraySlice<UInt8>
    private var place: Int
    /// The names of the objects around, and of the member at hand.
    private var names: [String] = []
    private var isName = true

    init(_ line: ArraySlice<UInt8>) {
      self.line = line
      place = line.startIndex
    }

    mutating func next() -> (path: String, value: [UInt8])? {
      while place < line.endIndex {
        let byte = line[place]
        switch byte {
        case UInt8(ascii: "{"):
          place += 1
          isName = true
          guard names.count <= SurveyJSON.depthLimit else { return nil }
        case UInt8(ascii: "}"):
          place += 1
          if !names.isEmpty { names.removeLast() }
          isName = false
        case UInt8(ascii: ","):
          place += 1
          if !names.isEmpty { names.removeLast() }
          isName = true
        case UInt8(ascii: "["):
          skipList()
        case UInt8(ascii: "\""):
          let text = string()
          guard isName else {
            return (names.joined(separator: "/"), text)
          }
          names.append(String(decoding: text, as: UTF8.self))
          isName = false
        case UInt8(ascii: ":"), 0x20, 9, 0x0D: place += 1
        default:
          let end = line[place...].firstIndex { ",}] ".utf8.contains($0) } ?? line.endIndex
          let word = Array(line[place..<end])
          place = end
          return (names.joined(separator: "/"), word == Array("null".utf8) ? [] : word)
        }
      }
      return nil
    }

    /// A string, from its quote on; of escapes only those of quotes and backslashes are undone.
    private mutating func string() -> [UInt8] {
      var text: [UInt8] = []
      place += 1
      while place < line.endIndex, line[place] != UInt8(ascii: "\"") {
        if line[place] == UInt8(ascii: "\\"), place + 1 < line.endIndex { place += 1 }
        text.append(line[place])
        place += 1
      }
      place += 1
      return text
    }

    private mutating func skipList() {
      var depth = 0
      while place < line.endIndex {
        switch line[place] {
        case UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "]"): depth -= 1
        case UInt8(ascii: "\""):
          _ = string()
          continue
        default: break
        }
        place += 1
        if depth == 0 { return }
      }
    }
  }
}
