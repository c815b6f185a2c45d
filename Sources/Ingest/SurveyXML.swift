/// The leaves of an unknown XML file, found by a plain scan of its tags.
///
/// Only proposes: the reader of XML is libxml2.
///
/// - Note: Clear identifiers pass through here.
struct SurveyXML {
  private static let depthLimit = 64
  private static let pathLimit = 2000

  /// The path of the element that is a row.
  private(set) var record = ""
  private(set) var rowCount = 0
  private(set) var columns: [(name: String, path: String, column: SurveyColumn)] = []

  init(_ text: [UInt8]) {
    var counts: [String: Int] = [:]
    var order: [String] = []
    Self.scan(text) { path, _ in
      if counts[path] == nil, counts.count < Self.pathLimit { order.append(path) }
      if counts[path] != nil || counts.count < Self.pathLimit { counts[path, default: 0] += 1 }
    }
    let repeated = order.filter { counts[$0] ?? 0 > 1 && $0.contains("/") }
    let nearest = repeated.min { left, right in
      let depths = [left, right].map { $0.count { $0 == "/" } }
      return (depths[0], -(counts[left] ?? 0)) < (depths[1], -(counts[right] ?? 0))
    }
    guard let record = nearest ?? order.last(where: { $0.contains("/") }) ?? order.last else {
      return
    }
    self.record = record
    rowCount = counts[record] ?? 0
    var found: [String: SurveyColumn] = [:]
    var paths: [String] = []
    Self.scan(text) { path, value in
      guard path.hasPrefix(record + "/"), let value else { return }
      let inner = String(path.dropFirst(record.count + 1))
      if found[inner] == nil {
        guard paths.count < 500 else { return }
        paths.append(inner)
      }
      found[inner, default: SurveyColumn()].add(value)
    }
    for path in paths {
      guard var column = found[path] else { continue }
      // What is not there is missing.
      while column.rowCount < rowCount { column.add([]) }
      let name = path.split(separator: "/").last.map(String.init) ?? path
      columns.append((name, path, column))
    }
  }

  /// Visits every element, as it ends: its path by local names, and its text if it has no children.
  private static func scan(_ text: [UInt8], _ visit: (String, [UInt8]?) -> Void) {
    var names: [String] = []
    var isLeaf = false
    var textStart = 0
    var place = 0
    while let open = text[place...].firstIndex(of: UInt8(ascii: "<")) {
      let next = open + 1
      guard next < text.count else { return }
      if text[next] == UInt8(ascii: "?") || text[next] == UInt8(ascii: "!") {
        let end = text[next...].starts(with: Array("!--".utf8)) ? Array("-->".utf8) : [0x3E]
        guard let found = text[next...].firstRange(of: end) else { return }
        place = found.upperBound
        continue
      }
      guard let close = text[next...].firstIndex(of: UInt8(ascii: ">")) else { return }
      place = close + 1
      if text[next] == UInt8(ascii: "/") {
        guard !names.isEmpty else { return }
        visit(names.joined(separator: "/"), isLeaf ? Array(text[textStart..<open]) : nil)
        names.removeLast()
        isLeaf = false
        continue
      }
      guard names.count < depthLimit else { return }
      let isEmpty = text[close - 1] == UInt8(ascii: "/")
      names.append(localName(text[next..<close]))
      if isEmpty {
        visit(names.joined(separator: "/"), [])
        names.removeLast()
        isLeaf = false
      } else {
        isLeaf = true
        textStart = place
      }
    }
  }

  private static func localName(_ tag: ArraySlice<UInt8>) -> String {
    let name = tag.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }
    let local = name.lastIndex(of: UInt8(ascii: ":")).map { name[($0 + 1)...] } ?? name
    return String(decoding: local, as: UTF8.self)
  }
}
