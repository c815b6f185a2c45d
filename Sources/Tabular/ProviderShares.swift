/// What single providers bring to the cells of a figure: as its rows tell who gave the care.
package struct ProviderShares: Sendable, Hashable {
  /// Distinct, in byte order.
  package let names: [String]
  /// Where the shares of each cell begin, and where those of the last one end.
  package let starts: [Int32]
  /// One a share: whose it is, a row number of `names`; ascending within a cell.
  package let providers: [Int32]
  /// One a share, in the unit of the figure; never 0.
  package let amounts: [Int64]
  /// One a share: distinct persons with such rows.
  package let persons: [Int64]

  /// One share, of whatever cell.
  package struct Share: Sendable {
    package let cell: Int32
    /// A row number of the names.
    package let provider: Int32
    package let amount: Int64
    package let persons: Int64

    package init(cell: Int32, provider: Int32, amount: Int64, persons: Int64) {
      self.cell = cell
      self.provider = provider
      self.amount = amount
      self.persons = persons
    }
  }

  /// Puts shares in order, those of one provider in one cell together.
  ///
  /// Together they are of the persons of the largest of them at least.
  ///
  /// - Parameters:
  ///   - shares: in any order.
  ///   - names: of the providers, distinct, in any order.
  ///   - cellCount: of the figure.
  package init(_ shares: [Share], names: [String], cellCount: Int) {
    let order = names.indices.sorted {
      names[$0].utf8.lexicographicallyPrecedes(names[$1].utf8)
    }
    var place = [Int32](repeating: 0, count: names.count)
    for (number, name) in order.enumerated() { place[name] = Int32(number) }
    let sorted = shares.sorted {
      ($0.cell, place[Int($0.provider)]) < ($1.cell, place[Int($1.provider)])
    }
    var (providers, amounts, persons): ([Int32], [Int64], [Int64]) = ([], [], [])
    var starts: [Int32] = [0]
    starts.reserveCapacity(cellCount + 1)
    var next = 0
    for cell in 0..<Int32(cellCount) {
      while next < sorted.count, sorted[next].cell == cell {
        let provider = sorted[next].provider
        var (amount, most): (Int64, Int64) = (0, 0)
        while next < sorted.count, sorted[next].cell == cell, sorted[next].provider == provider {
          amount &+= sorted[next].amount
          most = max(most, sorted[next].persons)
          next += 1
        }
        if amount == 0 { continue }
        providers.append(place[Int(provider)])
        amounts.append(amount)
        persons.append(most)
      }
      starts.append(Int32(providers.count))
    }
    self.names = order.map { names[$0] }
    self.starts = starts
    self.providers = providers
    self.amounts = amounts
    self.persons = persons
  }

  /// Shares that stand in order; nil where something of them does not, or an amount is 0.
  ///
  /// - Parameters:
  ///   - names: of the providers.
  ///   - counts: one a cell: how many shares it has.
  ///   - providers: one a share, cell by cell.
  ///   - amounts: one a share.
  ///   - persons: one a share.
  package init?(
    names: [String],
    counts: [Int32],
    providers: [Int32],
    amounts: [Int64],
    persons: [Int64]
  ) {
    let isInOrder = zip(names, names.dropFirst()).allSatisfy {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    guard isInOrder, amounts.count == providers.count, persons.count == providers.count,
      !amounts.contains(0), persons.allSatisfy({ $0 >= 0 })
    else { return nil }
    var starts: [Int32] = [0]
    starts.reserveCapacity(counts.count + 1)
    var next = 0
    for count in counts {
      guard count >= 0, Int(count) <= providers.count - next else { return nil }
      var last: Int32 = -1
      for provider in providers[next..<next + Int(count)] {
        guard provider > last, Int(provider) < names.count else { return nil }
        last = provider
      }
      next += Int(count)
      guard let start = Int32(exactly: next) else { return nil }
      starts.append(start)
    }
    guard next == providers.count else { return nil }
    self.names = names
    self.starts = starts
    self.providers = providers
    self.amounts = amounts
    self.persons = persons
  }

  private init(_ shares: ProviderShares, starts: [Int32], places: [Int]) {
    names = shares.names
    self.starts = starts
    providers = places.map { shares.providers[$0] }
    amounts = places.map { shares.amounts[$0] }
    persons = places.map { shares.persons[$0] }
  }

  /// The shares of other cells.
  ///
  /// - Parameter cells: of each the number of the cell that it is here; nil of one that nobody is in.
  /// - Returns: the same names.
  func selecting(_ cells: [Int?]) -> ProviderShares {
    var (starts, places): ([Int32], [Int]) = ([0], [])
    for cell in cells {
      if let cell { places += range(of: cell) }
      starts.append(Int32(places.count))
    }
    return ProviderShares(self, starts: starts, places: places)
  }

  /// One a cell: how many shares it has.
  package var counts: [Int32] { zip(starts.dropFirst(), starts).map { $0 - $1 } }

  /// The same shares, of providers of other names.
  ///
  /// - Parameter names: by those they have, distinct; who is not among them keeps theirs.
  /// - Returns: the shares in the order of the new names.
  fileprivate func naming(_ names: [String: String]) -> ProviderShares {
    let cellCount = starts.count - 1
    let shares = (0..<cellCount).flatMap { cell in
      range(of: cell).map { share in
        Share(
          cell: Int32(cell),
          provider: providers[share],
          amount: amounts[share],
          persons: persons[share]
        )
      }
    }
    return ProviderShares(
      shares,
      names: self.names.map { names[$0] ?? $0 },
      cellCount: cellCount
    )
  }

  /// The shares of a cell.
  package func range(of cell: Int) -> Range<Int> {
    Int(starts[cell])..<Int(starts[cell + 1])
  }
}

extension CellTable {
  /// The same table, of which it is told what providers bring to its figures.
  ///
  /// - Parameter shares: by the name of the figure; one cell of theirs for each of the table.
  /// - Returns: the table with those figures told of.
  package func telling(_ shares: [String: ProviderShares]) -> CellTable {
    var table = self
    for place in figures.indices {
      table.figures[place].providers = shares[figures[place].name]
    }
    return table
  }

  /// The same table, whose providers have other names.
  ///
  /// - Parameter names: by those they have, distinct.
  /// - Returns: the same cells.
  package func namingProviders(_ names: [String: String]) -> CellTable {
    var table = self
    for place in figures.indices {
      table.figures[place].providers = figures[place].providers?.naming(names)
    }
    return table
  }
}
