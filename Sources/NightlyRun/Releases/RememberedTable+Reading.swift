import Files
import Tabular

/// A table of what `bytes(since:of:)` wrote.
extension RememberedTable {
  /// No table packs more numbers than this, in bytes.
  private static let numberLimit = 1 << 31

  /// What its bytes begin with: the numbers, unpacked, and the keys.
  struct Packed {
    let numbers: [UInt8]
    let keys: [UInt8]

    /// - Throws: `NotOfRelease` for anything else; `libraryUnavailable`.
    init(_ bytes: [UInt8], of path: String) throws {
      var place = 0
      guard let count = bytes.word(UInt32.self, at: &place), Int(count) <= bytes.count - place,
        let numbers = try PackedBytes.unpack(
          bytes[place..<place + Int(count)],
          limit: numberLimit,
          of: path
        )
      else { throw ReleaseBytesReading.NotOfRelease() }
      self.numbers = numbers
      keys = Array(bytes[(place + Int(count))...])
    }
  }

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - packed: its bytes.
  ///   - before: gives the table of a name that the night before had.
  /// - Returns: the table; and whether it is but for days what it was the night before.
  /// - Throws: `NotOfRelease` where the bytes are something else.
  static func read(
    _ packed: Packed,
    since before: (_ name: String) -> RememberedTable?
  ) throws(ReleaseBytesReading.NotOfRelease) -> (table: RememberedTable, isSame: Bool) {
    var reading = ReleaseBytesReading(numbers: packed.numbers, keys: packed.keys)
    let name = try reading.text()
    let isPublished = try reading.flag()
    let scope = try reading.scope()
    let first = try reading.day()
    let last = try reading.day()
    guard first <= last else { throw ReleaseBytesReading.NotOfRelease() }
    let kind = isPublished ? "table" : "piece"
    let earlier = before("\(kind) \(name) \(CellTable.word(of: scope))")
    let cellCount = try reading.count()
    let dimensions = try reading.dimensions(
      expected: earlier?.counted.dimensions,
      cellCount: cellCount
    )
    let match = CellMatch(dimensions, cellCount: cellCount, since: earlier?.counted)
    let numbers = try reading.table(
      CellTable(
        name: name,
        dimensions: dimensions,
        figures: [],
        persons: Array(repeating: 0, count: cellCount),
        scope: scope,
        days: first...last
      ),
      since: earlier?.counted,
      match
    )
    var seen: [[Bool]] = []
    for number in 0..<(try reading.count()) {
      let expected = earlier.flatMap { $0.seen.indices.contains(number) ? $0.seen[number] : nil }
      let flags = try reading.flags(expected: match.aligned(expected ?? [], other: false))
      guard flags.count == cellCount || flags.isEmpty else {
        throw ReleaseBytesReading.NotOfRelease()
      }
      seen.append(flags)
    }
    let published =
      isPublished
      ? try reading.published(of: numbers, since: earlier?.published, match) : nil
    let counted = try reading.providers(of: numbers, since: earlier?.counted, match)
    guard reading.isAtEnd else { throw ReleaseBytesReading.NotOfRelease() }
    let isSame =
      earlier.map { $0.counted.days == counted.days && $0.counted.cellCount == cellCount } ?? false
    return (
      RememberedTable(read: counted, seen: seen, published: published),
      isSame && !reading.hasChanges && earlier?.hasFigures(of: counted, published) == true
    )
  }

  /// Whether another table has the figures of this one, by name and in the same order.
  private func hasFigures(of other: CellTable, _ published: PublishedTable?) -> Bool {
    counted.figures.map(\.name) == other.figures.map(\.name)
      && counted.figures.map(\.identity) == other.figures.map(\.identity)
      && counted.figures.map(\.isSensitive) == other.figures.map(\.isSensitive)
      && counted.figures.map(\.hasKnownZeros) == other.figures.map(\.hasKnownZeros)
      && counted.figures.map { $0.providers == nil } == other.figures.map { $0.providers == nil }
      && counted.figures.map(\.hasCredits) == other.figures.map(\.hasCredits)
      && counted.figures.map { FigureForm.kind(of: $0) }
        == other.figures.map { FigureForm.kind(of: $0) }
      && self.published?.figures.map(\.name) == published?.figures.map(\.name)
  }
}

extension ReleaseBytesReading {
  fileprivate mutating func scope() throws(NotOfRelease) -> CellTable.Scope {
    switch try number() {
    case 0: .population
    case 1: .those(try text())
    case 2: .apart(try text())
    case 3: .alone
    default: throw NotOfRelease()
    }
  }

  fileprivate mutating func unit() throws(NotOfRelease) -> FigureUnit {
    guard let unit = UInt8(exactly: try number()).flatMap(FigureForm.Unit.init(rawValue:)) else {
      throw NotOfRelease()
    }
    return FigureForm.unit(unit)
  }

  fileprivate mutating func dimensions(
    expected: [CellTable.Dimension]?,
    cellCount: Int
  ) throws(NotOfRelease) -> [CellTable.Dimension] {
    var dimensions = expected ?? []
    if try !flag() {
      noteChange()
      dimensions = []
      for _ in 0..<(try count()) {
        let name = try text()
        let isOfRows = try flag()
        var labels: [String] = []
        for _ in 0..<(try count()) { labels.append(try text()) }
        let codes: [Int32] = try column(expected: [])
        dimensions.append(
          CellTable.Dimension(name: name, labels: labels, codes: codes, isOfRows: isOfRows)
        )
      }
    }
    let areSound = dimensions.allSatisfy { dimension in
      dimension.codes.count == cellCount
        && dimension.codes.allSatisfy { CellTable.total..<Int32(dimension.labels.count) ~= $0 }
    }
    guard areSound else { throw NotOfRelease() }
    return dimensions
  }

  /// The numbers of a table as they were counted; all columns are of its cells, or empty.
  fileprivate mutating func table(
    _ table: CellTable,
    since before: CellTable?,
    _ match: CellMatch
  ) throws(NotOfRelease) -> CellTable {
    let count = table.cellCount
    let persons = try column(
      of: count,
      expected: match.aligned(before?.persons ?? [], other: 0)
    )
    guard persons.count == count else { throw NotOfRelease() }
    let sets = try sets(of: count, expected: match.aligned(before?.sets ?? [], other: .empty))
    let sums = try powerSums(
      cellCount: count,
      expected: match.aligned(before?.powerSums ?? [], other: 0)
    )
    var figures: [CellTable.Figure] = []
    var (sensitive, together): (Set<String>, Set<String>) = ([], [])
    for _ in 0..<(try self.count()) {
      let name = try text()
      let earlier = before?.figures.first { $0.name == name }
      guard let kind = UInt8(exactly: try number()).flatMap(FigureForm.Kind.init(rawValue:)) else {
        throw NotOfRelease()
      }
      let unit = try unit()
      let identity = try text()
      let hasCredits = try flag()
      if try flag() { sensitive.insert(name) }
      if try flag() { together.insert(name) }
      let rate =
        kind == .standardised ? try standardisation(expected: earlier?.standardisation) : nil
      let adding = try adding(of: count, since: earlier?.adding, match)
      let values = try column(
        of: count,
        expected: match.aligned(earlier?.values ?? [], other: 0)
      )
      guard values.count == count || kind == .open || kind == .standardised
      else { throw NotOfRelease() }
      let own = try self.kind(kind, of: count, since: earlier, match)
      let contributors = try column(
        of: count,
        expected: match.aligned(earlier?.contributors ?? [], other: 0)
      )
      var largest: [[Int64]] = []
      for rank in 0..<(try self.count()) {
        let expected = earlier.flatMap {
          $0.largest.indices.contains(rank) ? $0.largest[rank] : nil
        }
        largest.append(
          try column(of: count, expected: match.aligned(expected ?? [], other: 0))
        )
      }
      figures.append(
        CellTable.Figure(
          name: name,
          kind: own,
          unit: unit,
          values: values,
          contributors: contributors,
          companions: try companions(of: count, since: earlier?.companions ?? [], match),
          sets: try self.sets(
            of: count,
            expected: match.aligned(earlier?.sets ?? [], other: .empty)
          ),
          powerSums: try powerSums(
            cellCount: count,
            expected: match.aligned(earlier?.powerSums ?? [], other: 0)
          ),
          largest: largest,
          hasCredits: hasCredits,
          identity: identity,
          adding: adding,
          standardisation: rate
        )
      )
    }
    return CellTable(
      name: table.name,
      dimensions: table.dimensions,
      figures: figures,
      persons: persons,
      sets: sets,
      powerSums: sums,
      scope: table.scope,
      days: table.days
    ).marking(sensitive: sensitive, together: together)
  }

  private mutating func kind(
    _ kind: FigureForm.Kind,
    of count: Int,
    since before: CellTable.Figure?,
    _ match: CellMatch
  ) throws(NotOfRelease) -> CellTable.Figure.Kind {
    let expected = before.flatMap { FigureForm.known(of: $0.kind) } ?? []
    switch kind {
    case .count: return .count
    case .part: return .part
    case .sum: return .sum
    case .open, .standardised: return .open
    case .mean:
      let known = try column(of: count, expected: match.aligned(expected, other: 0))
      return .mean(known: known, .unknown)
    case .quantile:
      return .quantile(
        known: try column(of: count, expected: match.aligned(expected, other: 0))
      )
    }
  }

  private mutating func adding(
    of count: Int,
    since before: CellTable.Figure.Adding?,
    _ match: CellMatch
  ) throws(NotOfRelease) -> CellTable.Figure.Adding {
    switch try number() {
    case 0: return .values
    case 1: return .never
    case 2:
      let perStored = Double(bitPattern: try number())
      var expected: [Int64] = []
      if case .exact(let earlier, _)? = before { expected = earlier }
      let exact = try column(of: count, expected: match.aligned(expected, other: 0))
      guard exact.count == count, perStored > 0, perStored.isFinite else { throw NotOfRelease() }
      return .exact(exact, perStored: perStored)
    default: throw NotOfRelease()
    }
  }

  private mutating func companions(
    of count: Int,
    since before: [CellTable.Companion],
    _ match: CellMatch
  ) throws(NotOfRelease) -> [CellTable.Companion] {
    var companions: [CellTable.Companion] = []
    for _ in 0..<(try self.count()) {
      let suffix = try text()
      let earlier = before.first { $0.suffix == suffix }
      let unit = try unit()
      let values = try column(
        of: count,
        expected: match.aligned(earlier?.values ?? [], other: 0)
      )
      companions.append(CellTable.Companion(suffix: suffix, unit: unit, values: values))
    }
    return companions
  }

  fileprivate mutating func published(
    of counted: CellTable,
    since before: PublishedTable?,
    _ match: CellMatch
  ) throws(NotOfRelease) -> PublishedTable {
    let name = try text()
    let count = counted.cellCount
    let dimensions = try dimensions(expected: counted.dimensions, cellCount: count)
    var figures: [PublishedTable.Figure] = []
    for _ in 0..<(try self.count()) {
      let name = try text()
      let earlier = before?.figures.first { $0.name == name }
      let values = try column(
        of: count,
        expected: match.aligned(earlier?.values ?? [], other: missingInteger)
      )
      let days: [Int32] = try column(
        expected: match.aligned(earlier?.days ?? [], other: 0),
        isDays: true
      )
      guard values.count == count, days.count == count || days.isEmpty else {
        throw NotOfRelease()
      }
      figures.append(
        PublishedTable.Figure(
          name: name,
          values: values,
          days: days,
          companions: try companions(of: count, since: earlier?.companions ?? [], match)
        )
      )
    }
    return PublishedTable(name: name, dimensions: dimensions, figures: figures)
  }

  /// A column of numbers of a table; empty or one a cell.
  private mutating func column(
    of count: Int,
    expected: [Int64]
  ) throws(NotOfRelease) -> [Int64] {
    let column: [Int64] = try column(expected: expected)
    guard column.isEmpty || column.count == count else { throw NotOfRelease() }
    return column
  }

  private mutating func sets(
    of count: Int,
    expected: [SetKey]
  ) throws(NotOfRelease) -> [SetKey] {
    let sets = try sets(expected: expected)
    guard sets.isEmpty || sets.count == count else { throw NotOfRelease() }
    return sets
  }
}
