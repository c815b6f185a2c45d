extension FileFault {
  /// So many names stand in a sentence; the others are counted.
  private static let nameLimit = 8

  /// `column 'a'`, or `columns 'a', 'b' or 'c'`.
  static func columns(_ names: [String], joinedBy word: String) -> String {
    (names.count == 1 ? "column " : "columns ") + list(names, joinedBy: word)
  }

  /// `'a'`, or `'a', 'b' or 'c'`.
  static func list(_ names: [String], joinedBy word: String) -> String {
    var parts = names.prefix(nameLimit).map { "'\($0)'" }
    if names.count > nameLimit { parts.append("\(names.count - nameLimit) others") }
    guard let last = parts.popLast() else { return "" }
    return parts.isEmpty ? last : parts.joined(separator: ", ") + " \(word) " + last
  }
}
