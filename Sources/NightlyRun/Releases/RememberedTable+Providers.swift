import Tabular

/// What providers bring to the figures of a table, as bytes at the end of its own: nothing where nobody
/// asked.
extension ReleaseBytes {
  mutating func add(
    providersOf table: CellTable,
    since before: CellTable?,
    _ match: CellMatch
  ) {
    let told = table.figures.indices.filter { table.figures[$0].providers != nil }
    guard !told.isEmpty else { return }
    add(told.count)
    for number in told {
      let figure = table.figures[number]
      guard let shares = figure.providers else { continue }
      let earlier = before?.figures.first { $0.name == figure.name }
      let expected = ExpectedShares(earlier?.providers, match)
      add(number)
      let (names, counts) = (shares.names, shares.counts)
      add(names == expected.names)
      if names != expected.names {
        add(names.count)
        for name in names { add(name) }
      }
      add(column: counts, expected: expected.counts)
      add(column: shares.providers, expected: expected.providers(named: names, counts))
      let (amounts, persons) = expected.numbers(named: names, counts, shares.providers)
      add(column: shares.amounts, expected: amounts)
      add(column: shares.persons, expected: persons)
    }
  }
}

extension ReleaseBytesReading {
  /// No figure has more shares.
  private static let shareLimit = 1 << 28

  /// The table with what `add(providersOf:)` wrote of it.
  mutating func providers(
    of table: CellTable,
    since before: CellTable?,
    _ match: CellMatch
  ) throws(NotOfRelease) -> CellTable {
    guard hasNumbers else { return table }
    var told: [String: ProviderShares] = [:]
    var next = 0
    let count = try count()
    guard count > 0 else { throw NotOfRelease() }
    for _ in 0..<count {
      let number = try self.count()
      guard number >= next, number < table.figures.count else { throw NotOfRelease() }
      next = number + 1
      let name = table.figures[number].name
      guard told[name] == nil else { throw NotOfRelease() }
      let earlier = before?.figures.first { $0.name == name }
      told[name] = try shares(of: table.cellCount, ExpectedShares(earlier?.providers, match))
    }
    return table.telling(told)
  }

  private mutating func shares(
    of cellCount: Int,
    _ expected: ExpectedShares
  ) throws(NotOfRelease) -> ProviderShares {
    var names: [String] = []
    if try flag() {
      guard let known = expected.names else { throw NotOfRelease() }
      names = known
    } else {
      noteChange()
      for _ in 0..<(try count()) { names.append(try text()) }
    }
    let counts: [Int32] = try column(expected: expected.counts)
    guard counts.count == cellCount, Set(names).count == names.count,
      counts.allSatisfy({ 0...names.count ~= Int($0) })
    else { throw NotOfRelease() }
    let count = counts.reduce(0) { $0 + Int($1) }
    guard count <= Self.shareLimit else { throw NotOfRelease() }
    let providers = try column(expected: expected.providers(named: names, counts))
    guard providers.count == count,
      providers.allSatisfy({ 0..<names.count ~= Int($0) })
    else { throw NotOfRelease() }
    let (amounts, persons) = expected.numbers(named: names, counts, providers)
    guard
      let shares = ProviderShares(
        names: names,
        counts: counts,
        providers: providers,
        amounts: try column(expected: amounts),
        persons: try column(expected: persons)
      )
    else { throw NotOfRelease() }
    return shares
  }
}
