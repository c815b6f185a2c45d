import Diagnostics
import PipelineFile
import TestSupport

@_spi(Pseudonymisation) @testable import Tabular

/// A region of a few dozen people, in both forms: staged tables and plain records.
struct SmallRegion {
  let residents: PseudonymisedTable
  let sources: [SourceRows]
  let persons: [PlainRecord]
  let rows: [PlainRow]

  /// - Parameters:
  ///   - unused: labels that the sources know and no row has; many of them make cells too many for
  ///     flat arrays.
  ///   - random: decides all else.
  init(unused: Int = 0, random: inout SeededGenerator) {
    let personCount = Int.random(in: 0...40, using: &random)
    let residents = SmallTable(
      [
        .codes("neighbourhood", ["BU1", "BU2", "BU3"]),
        .codes("sex", ["female", "male", "unknown"]),
        .integers("birth_date_year", 1930...2020, .year),
        .integers("moved_in", 19_900...20_300, .day),
        .integers("moved_out", 20_100...20_500, .day),
      ],
      rowCount: personCount,
      random: &random
    )
    self.residents = residents.staged
    persons = residents.records
    var sources: [SourceRows] = []
    var rows: [PlainRow] = []
    for name in ["care", "support"] {
      let made = Self.source(name, unused: unused, personCount: personCount, random: &random)
      sources.append(made.staged)
      rows += made.rows
    }
    self.sources = sources
    self.rows = rows
  }

  private static func source(
    _ name: String,
    unused: Int,
    personCount: Int,
    random: inout SeededGenerator
  ) -> (staged: SourceRows, rows: [PlainRow]) {
    let identityCount = Int.random(in: 0...50, using: &random)
    let links = (0..<identityCount).map { _ in
      personCount == 0 || Bool.random(using: &random) && Bool.random(using: &random)
        ? Int32(-1) : Int32.random(in: 0..<Int32(personCount), using: &random)
    }
    let others = (0..<unused).map { "z\(1000 + $0)" }
    let providers = name == "care" ? ["P1", "P2"] : ["P2", "Q"]
    let identities = SmallTable(
      [.codes("provider", providers, unused: others)],
      rowCount: identityCount,
      random: &random
    )
    // Some types are common to both sources, under other codes.
    let types = name == "care" ? ["b", "d", "e"] : ["a", "b", "c", "d"]
    var groups: [RowGroup] = []
    var rows: [PlainRow] = []
    var first = 0
    while first < identityCount {
      let end = min(identityCount, first + Int.random(in: 1...12, using: &random))
      let counts = (first..<end).map { _ in Int32.random(in: 1...5, using: &random) }
      let table = SmallTable(
        [
          .codes("care_type", types, unused: others),
          .integers("amount", -500...90_000, .cents),
          .integers("visits", 0...3, .number),
          .integers("date", 20_000...20_400, .day),
          .integers("start", 20_000...20_400, .day),
          .integers("end", 20_000...20_500, .day),
        ],
        rowCount: counts.reduce(0) { $0 + Int($1) },
        random: &random
      )
      groups.append(RowGroup(firstIdentity: first, rowCounts: counts, rows: table.staged))
      let owners = zip(first..<end, counts).flatMap { Array(repeating: $0, count: Int($1)) }
      for (identity, record) in zip(owners, table.records) {
        let values = identities.records[identity].merging(record) { $1 }
        rows.append(PlainRow(source: name, person: Int(links[identity]), values: values))
      }
      first = end
    }
    let staged = SourceRows(
      name: name,
      domain: "domain of \(name)",
      identities: identities.staged,
      links: Links(
        persons: links,
        passes: links.map { $0 < 0 ? -1 : 0 },
        reasons: links.map { $0 < 0 ? .noBlock : nil }
      ),
      groupCount: groups.count
    ) { [groups] in groups[$0] }
    return (staged, rows)
  }
}

/// Random columns, staged and plain; about one value in eight is missing.
struct SmallTable {
  enum Shape {
    case codes(String, [String], unused: [String] = [])
    case integers(String, ClosedRange<Int64>, IntegerUnit)
  }

  let staged: PseudonymisedTable
  private(set) var records: [PlainRecord]

  init(_ shapes: [Shape], rowCount: Int, random: inout SeededGenerator) {
    var names: [String] = []
    var columns: [Column] = []
    records = Array(repeating: [:], count: rowCount)
    for shape in shapes {
      switch shape {
      case .codes(let name, let dictionary, let unused):
        names.append(name)
        let codes = (0..<rowCount).map { _ in
          Int.random(in: 0..<8, using: &random) == 0
            ? missingCode : Int32.random(in: 0..<Int32(dictionary.count), using: &random)
        }
        columns.append(.codes(codes, dictionary: dictionary + unused))
        for row in codes.indices {
          records[row][name] =
            codes[row] == missingCode ? .missing : .text(dictionary[Int(codes[row])])
        }
      case .integers(let name, let range, let unit):
        names.append(name)
        let numbers = (0..<rowCount).map { _ in
          Int.random(in: 0..<8, using: &random) == 0
            ? missingInteger : Int64.random(in: range, using: &random)
        }
        columns.append(.integers(numbers, unit))
        for row in numbers.indices {
          records[row][name] = numbers[row] == missingInteger ? .missing : .integer(numbers[row])
        }
      }
    }
    staged = PseudonymisedTable(
      vouchingFor: Table(names: names, columns: columns, rowCount: rowCount)
    )
  }
}
