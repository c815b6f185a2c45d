import Files
import Tabular

/// A table as bytes, told by how it differs from that of the night before.
extension RememberedTable {
  /// Writes the table.
  ///
  /// - Parameters:
  ///   - before: the table of the same name of the night before, in the same release of pseudonyms; nil
  ///     for none.
  ///   - path: of the ledger, for messages.
  /// - Returns: what `init(_:since:of:)` reads.
  /// - Throws: `libraryUnavailable`.
  func bytes(since before: RememberedTable?, of path: String) throws(FilesError) -> [UInt8] {
    var bytes = ReleaseBytes()
    bytes.add(counted.name)
    bytes.add(published != nil)
    bytes.add(counted.scope)
    bytes.add(signed: Int64(counted.days.lowerBound))
    bytes.add(signed: Int64(counted.days.upperBound))
    bytes.add(counted.cellCount)
    bytes.add(counted.dimensions, expected: before?.counted.dimensions)
    let match = CellMatch(
      counted.dimensions,
      cellCount: counted.cellCount,
      since: before?.counted
    )
    bytes.add(counted, since: before?.counted, match)
    bytes.add(seen.count)
    for (number, flags) in seen.enumerated() {
      let expected = before.flatMap { $0.seen.indices.contains(number) ? $0.seen[number] : nil }
      bytes.add(flags: flags, expected: match.aligned(expected ?? [], other: false))
    }
    if let published { bytes.add(published, of: counted, since: before?.published, match) }
    bytes.add(providersOf: counted, since: before?.counted, match)
    let packed = try PackedBytes.pack(bytes.numbers, for: path)
    var all: [UInt8] = []
    all.appendWord(UInt32(truncatingIfNeeded: packed.count))
    return all + packed + bytes.keys
  }
}

extension ReleaseBytes {
  fileprivate mutating func add(_ scope: CellTable.Scope) {
    switch scope {
    case .population: add(0)
    case .those(let words):
      add(1)
      add(words)
    case .apart(let words):
      add(2)
      add(words)
    case .alone: add(3)
    }
  }

  fileprivate mutating func add(
    _ dimensions: [CellTable.Dimension],
    expected: [CellTable.Dimension]?
  ) {
    let isExpected =
      expected?.count == dimensions.count
      && zip(expected ?? [], dimensions).allSatisfy { $0.isSame(as: $1) }
    add(isExpected)
    guard !isExpected else { return }
    add(dimensions.count)
    for dimension in dimensions {
      add(dimension.name)
      add(dimension.isOfRows)
      add(dimension.labels.count)
      for label in dimension.labels { add(label) }
      add(column: dimension.codes, expected: [])
    }
  }

  /// The numbers of a table as they were counted.
  fileprivate mutating func add(
    _ table: CellTable,
    since before: CellTable?,
    _ match: CellMatch
  ) {
    let count = table.cellCount
    add(column: table.persons, expected: match.aligned(before?.persons ?? [], other: 0))
    add(sets: table.sets, expected: match.aligned(before?.sets ?? [], other: .empty))
    add(
      powerSums: table.powerSums,
      cellCount: count,
      expected: match.aligned(before?.powerSums ?? [], other: 0)
    )
    add(table.figures.count)
    for figure in table.figures {
      let earlier = before?.figures.first { $0.name == figure.name }
      add(figure.name)
      add(Int(FigureForm.kind(of: figure).rawValue))
      add(Int(FigureForm.unit(of: figure.unit).rawValue))
      add(figure.identity)
      add(figure.hasCredits)
      add(figure.isSensitive)
      add(figure.hasKnownZeros)
      if let rate = figure.standardisation { add(rate, expected: earlier?.standardisation) }
      add(figure.adding, since: earlier?.adding, match)
      add(column: figure.values, expected: match.aligned(earlier?.values ?? [], other: 0))
      if let known = FigureForm.known(of: figure.kind) {
        let expected = earlier.flatMap { FigureForm.known(of: $0.kind) }
        add(column: known, expected: match.aligned(expected ?? [], other: 0))
      }
      add(
        column: figure.contributors,
        expected: match.aligned(earlier?.contributors ?? [], other: 0)
      )
      add(figure.largest.count)
      for (rank, column) in figure.largest.enumerated() {
        let expected = earlier.flatMap {
          $0.largest.indices.contains(rank) ? $0.largest[rank] : nil
        }
        add(column: column, expected: match.aligned(expected ?? [], other: 0))
      }
      add(figure.companions, since: earlier?.companions ?? [], match)
      add(sets: figure.sets, expected: match.aligned(earlier?.sets ?? [], other: .empty))
      add(
        powerSums: figure.powerSums,
        cellCount: count,
        expected: match.aligned(earlier?.powerSums ?? [], other: 0)
      )
    }
  }

  private mutating func add(
    _ adding: CellTable.Figure.Adding,
    since before: CellTable.Figure.Adding?,
    _ match: CellMatch
  ) {
    switch adding {
    case .values: add(0)
    case .never: add(1)
    case .exact(let exact, let perStored):
      add(2)
      add(perStored.bitPattern)
      var expected: [Int64] = []
      if case .exact(let earlier, _)? = before { expected = earlier }
      add(column: exact, expected: match.aligned(expected, other: 0))
    }
  }

  private mutating func add(
    _ companions: [CellTable.Companion],
    since before: [CellTable.Companion],
    _ match: CellMatch
  ) {
    add(companions.count)
    for companion in companions {
      let earlier = before.first { $0.suffix == companion.suffix }
      add(companion.suffix)
      add(Int(FigureForm.unit(of: companion.unit).rawValue))
      add(column: companion.values, expected: match.aligned(earlier?.values ?? [], other: 0))
    }
  }

  /// A table as it was published; its cells are most often those that were counted.
  fileprivate mutating func add(
    _ table: PublishedTable,
    of counted: CellTable,
    since before: PublishedTable?,
    _ match: CellMatch
  ) {
    add(table.name)
    add(table.dimensions, expected: counted.dimensions)
    add(table.figures.count)
    for figure in table.figures {
      let earlier = before?.figures.first { $0.name == figure.name }
      add(figure.name)
      add(
        column: figure.values,
        expected: match.aligned(earlier?.values ?? [], other: missingInteger)
      )
      add(column: figure.days, expected: match.aligned(earlier?.days ?? [], other: 0))
      add(figure.companions, since: earlier?.companions ?? [], match)
    }
  }
}

/// What stands for kinds of figures and for units.
enum FigureForm {
  enum Kind: UInt8 { case count, part, sum, mean, quantile, open, standardised }
  enum Unit: UInt8 { case number, cents, tenThousandths, millionths, text }

  static func kind(of figure: CellTable.Figure) -> Kind {
    if figure.standardisation != nil { return .standardised }
    return switch figure.kind {
    case .count: .count
    case .part: .part
    case .sum: .sum
    case .mean: .mean
    case .quantile: .quantile
    case .group, .quotient, .ratio, .open, .fitted: .open
    }
  }

  /// Of a mean or a quantile: the persons of whom there is a number.
  static func known(of kind: CellTable.Figure.Kind) -> [Int64]? {
    switch kind {
    case .mean(let known, _), .quantile(let known): known
    case .count, .part, .sum, .group, .quotient, .ratio, .open, .fitted: nil
    }
  }

  static func unit(of unit: FigureUnit) -> Unit {
    switch unit {
    case .number: .number
    case .cents: .cents
    case .tenThousandths: .tenThousandths
    case .millionths: .millionths
    case .text: .text
    }
  }

  static func unit(_ unit: Unit) -> FigureUnit {
    switch unit {
    case .number: .number
    case .cents: .cents
    case .tenThousandths: .tenThousandths
    case .millionths: .millionths
    case .text: .text
    }
  }
}
