import Tabular

/// The same number of one release in another: measures and labels have one number over all nights.
struct NumberNames {
  private var numberOfText: [String: Int32] = [:]

  /// What a number is called in any release: its measure, then its labels, ascending.
  typealias Name = [Int32]

  /// The name of each number of a release, with its variable there and the days it is of.
  ///
  /// A number that has several names, as one of the same persons, stands under each.
  ///
  /// - Parameters:
  ///   - release: its system.
  ///   - tables: of the release, and those of it that are not printed, in the order of the system.
  /// - Returns: names that are equal in all releases.
  mutating func names(
    of release: ReleaseSystem,
    _ tables: [CellTable]
  ) -> [(name: Name, variable: Int32, days: ClosedRange<Int32>)] {
    let labels = release.dimensions.names.map { $0.map { number(of: $0) } }
    var found: [(name: Name, variable: Int32, days: ClosedRange<Int32>)] = []
    let starts = release.measures.map { start(of: $0.identity, labels) }
    func own(_ dimensions: [Int32], _ coordinates: some Sequence<Int32>) -> Name {
      zip(dimensions, coordinates).map { labels[Int($0)][Int($1)] }.sorted()
    }
    for (number, groupings) in release.groupings.enumerated() {
      for grouping in groupings {
        for cell in 0..<grouping.cellCount {
          found.append(
            (
              starts[number] + own(grouping.dimensions, grouping.coordinates(of: cell)),
              grouping.variables[cell],
              release.measures[number].days
            )
          )
        }
      }
    }
    let rest = number(of: "not of")
    for complement in release.namedComplements(of: tables) {
      found.append(
        (
          starts[complement.all] + [rest] + starts[complement.part]
            + own(complement.dimensions, complement.labels),
          complement.rest,
          release.measures[complement.part].days
        )
      )
    }
    return found
  }

  private mutating func start(of identity: ReleaseSystem.Identity, _ labels: [[Int32]]) -> Name {
    var start = [number(of: "of \(identity.text)")]
    if !identity.table.isEmpty { start.append(number(of: identity.table)) }
    for place in stride(from: 0, to: identity.rows.count, by: 2) {
      // Rows that persons have are no labels of theirs.
      start.append(-1 - labels[Int(identity.rows[place])][Int(identity.rows[place + 1])])
    }
    return start
  }

  private mutating func number(of text: String) -> Int32 {
    if let number = numberOfText[text] { return number }
    let number = Int32(numberOfText.count)
    numberOfText[text] = number
    return number
  }
}
