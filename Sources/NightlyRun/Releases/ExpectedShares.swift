import Tabular

/// What the night before lets expect of what providers bring: in the same cells the same.
struct ExpectedShares {
  private let earlier: ProviderShares?
  private let match: CellMatch

  /// - Parameters:
  ///   - earlier: of the same figure the night before; nil where nothing is known of it.
  ///   - match: of the cells of its table.
  init(_ earlier: ProviderShares?, _ match: CellMatch) {
    (self.earlier, self.match) = (earlier, match)
  }

  var names: [String]? { earlier?.names }

  /// One a cell; none where nothing is known.
  var counts: [Int32] { match.aligned(earlier?.counts ?? [], other: 0) }

  /// One a share: whose it is, as those of the cell stood; 0 where nothing is known.
  ///
  /// - Parameters:
  ///   - names: of tonight.
  ///   - counts: how many shares each cell has.
  /// - Returns: numbers of those names.
  func providers(named names: [String], _ counts: [Int32]) -> [Int32] {
    let numbers = Self.numbers(of: earlier?.names ?? [], among: names)
    return counts.enumerated().flatMap { cell, count in
      let range = self.range(of: cell)
      return (0..<Int(count)).map { share in
        guard let earlier, share < range.count else { return 0 as Int32 }
        return numbers[Int(earlier.providers[range.lowerBound + share])] ?? 0
      }
    }
  }

  /// One a share: the amount and the persons of the same cell and provider; 0 of one that is new.
  ///
  /// - Parameters:
  ///   - names: of tonight.
  ///   - counts: how many shares each cell has.
  ///   - providers: one a share, a row number of the names.
  /// - Returns: both columns.
  func numbers(
    named names: [String],
    _ counts: [Int32],
    _ providers: [Int32]
  ) -> (amounts: [Int64], persons: [Int64]) {
    guard let earlier else {
      let none = [Int64](repeating: 0, count: providers.count)
      return (none, none)
    }
    let numbers = Self.numbers(of: names, among: earlier.names)
    var (amounts, persons): ([Int64], [Int64]) = ([], [])
    var share = 0
    for (cell, count) in counts.enumerated() {
      let range = self.range(of: cell)
      // Both stand in the order of their names.
      var next = range.lowerBound
      for provider in providers[share..<share + Int(count)] {
        let number = numbers[Int(provider)] ?? -1
        while next < range.upperBound, number >= 0, earlier.providers[next] < number { next += 1 }
        let isKnown = next < range.upperBound && earlier.providers[next] == number
        amounts.append(isKnown ? earlier.amounts[next] : 0)
        persons.append(isKnown ? earlier.persons[next] : 0)
      }
      share += Int(count)
    }
    return (amounts, persons)
  }

  private func range(of cell: Int) -> Range<Int> {
    guard let earlier, let place = match.place(of: cell) else { return 0..<0 }
    return earlier.range(of: place)
  }

  /// The numbers that names have among others.
  private static func numbers(of names: [String], among others: [String]) -> [Int32?] {
    let numberOfName = Dictionary(uniqueKeysWithValues: zip(others, Int32(0)...))
    return names.map { numberOfName[$0] }
  }
}
