import PipelineFile

/// Rows that were expected beside those that were found.
///
/// A field that is not named is not compared. An expected row holds when a row is found that has all its
/// fields and that no other expected row took; else it is shown beside the found row that is most like
/// it. A row of noughts holds too where no such row is found: then nobody is in it.
struct RowComparison {
  /// One row that does not hold, or that nobody expected.
  struct Line: Equatable {
    /// `-` for expected, `+` for found.
    let sign: String
    /// One text a column; empty where none is named.
    let cells: [String]
    /// One a column: expected and found differ there.
    let differs: [Bool]
  }

  let title: String
  /// Those that an expected row names, in the order of the table.
  let columns: [String]
  private(set) var lines: [Line] = []

  var holds: Bool { lines.isEmpty }

  /// - Parameters:
  ///   - title: what the rows are of.
  ///   - columns: of the found rows.
  ///   - keyCount: so many columns, from the first, tell which row it is.
  ///   - expected: as the case has them.
  ///   - found: one text a column.
  ///   - isWhole: whether a found row that nobody expected is a difference.
  init(
    _ title: String,
    columns: [String],
    keyCount: Int,
    _ expected: [CaseExpectation.Row],
    found: [[String]],
    isWhole: Bool
  ) {
    self.title = title
    // What the rows do not have is not what was expected.
    let unknown = expected.flatMap { $0.fields.map(\.name) }.filter { !columns.contains($0) }
    let columns = columns + Set(unknown).sorted()
    let wanted = columns.indices.filter { place in
      isWhole || expected.contains { $0[columns[place]] != nil }
    }
    self.columns = wanted.map { columns[$0] }
    let rows = expected.map { row in wanted.map { row[columns[$0]] } }
    var isKey = wanted.map { $0 < keyCount }
    // Without any the fields are all that tells rows apart.
    if !isKey.contains(true) { isKey = isKey.map { _ in true } }
    var left = found.map { row in wanted.map { $0 < row.count ? row[$0] : "" } }
    var isOpen = rows.map { _ in true }
    for number in rows.indices {
      guard let place = left.firstIndex(where: { Self.same(rows[number], $0).allSatisfy(\.self) })
      else { continue }
      left.remove(at: place)
      isOpen[number] = false
    }
    for number in rows.indices where isOpen[number] {
      let row = rows[number]
      let near = Self.nearest(row, among: left, isKey)
      if let near, near.isSameRow || !Self.isOfNobody(row, isKey) {
        let other = left.remove(at: near.place)
        let differs = Self.same(row, other).map { !$0 }
        lines.append(Line(sign: "-", cells: row.map { $0 ?? "" }, differs: differs))
        lines.append(Line(sign: "+", cells: other, differs: differs))
      } else if !Self.isOfNobody(row, isKey) {
        lines.append(
          Line(sign: "-", cells: row.map { $0 ?? "" }, differs: row.map { _ in false })
        )
      }
    }
    guard isWhole else { return }
    for row in left { lines.append(Line(sign: "+", cells: row, differs: row.map { _ in false })) }
  }

  /// Which fields of a found row are as expected, or not named.
  private static func same(_ expected: [String?], _ found: [String]) -> [Bool] {
    zip(expected, found).map { expected, found in
      guard let expected, expected != found else { return true }
      guard let number = decimalNumber(expected) else { return false }
      return number == decimalNumber(found)
    }
  }

  /// The found row that has most in common with an expected one, first of what tells which it is.
  private static func nearest(
    _ expected: [String?],
    among found: [[String]],
    _ isKey: [Bool]
  ) -> (place: Int, isSameRow: Bool)? {
    var best: (place: Int, isSameRow: Bool)?
    var most = (keys: 0, fields: 0)
    for (place, row) in found.enumerated() {
      let same = Self.same(expected, row)
      let named = expected.indices.filter { expected[$0] != nil }
      let keys = named.count { isKey[$0] && same[$0] }
      let fields = named.count { same[$0] }
      guard (keys, fields) > most, keys > 0 else { continue }
      most = (keys, fields)
      best = (place, named.allSatisfy { !isKey[$0] || same[$0] })
    }
    return best
  }

  /// Whether a row says that there is nothing to count.
  private static func isOfNobody(_ row: [String?], _ isKey: [Bool]) -> Bool {
    let figures = row.indices.filter { !isKey[$0] }.compactMap { row[$0] }
    return !figures.isEmpty && figures.allSatisfy { decimalNumber($0) == "0" }
  }
}
