import Tabular

/// The same number of one release in another: measures and labels have one number over all nights.
struct NumberNames {
  private var numberOfText: [String: Int32] = [:]

  /// What a number is called in any release: its measure, then its labels, ascending.
  typealias Name = [Int32]

  /// The name of each number of a release, with its variable there and the days it is of.
  mutating func names(
    of release: ReleaseSystem
  ) -> [(name: Name, variable: Int32, days: ClosedRange<Int32>)] {
    let labels = release.dimensions.names.map { $0.map { number(of: $0) } }
    var found: [(name: Name, variable: Int32, days: ClosedRange<Int32>)] = []
    var nameOfVariable: [Int32: Int] = [:]
    for (measure, groupings) in zip(release.measures, release.groupings) {
      var start = [number(of: "of \(measure.identity.text)")]
      if !measure.identity.table.isEmpty { start.append(number(of: measure.identity.table)) }
      let rows = measure.identity.rows
      for place in stride(from: 0, to: rows.count, by: 2) {
        // Rows that persons have are no labels of theirs.
        start.append(-1 - labels[Int(rows[place])][Int(rows[place + 1])])
      }
      for grouping in groupings {
        for cell in 0..<grouping.cellCount {
          let own = zip(grouping.dimensions, grouping.coordinates(of: cell)).map {
            labels[Int($0)][Int($1)]
          }
          nameOfVariable[grouping.variables[cell]] = found.count
          found.append((start + own.sorted(), grouping.variables[cell], measure.days))
        }
      }
    }
    let rest = number(of: "not of")
    for complement in release.complements {
      guard let all = nameOfVariable[complement.all], let part = nameOfVariable[complement.part]
      else { continue }
      let name = found[all].name + [rest] + found[part].name
      found.append((name, complement.rest, found[part].days))
    }
    return found
  }

  private mutating func number(of text: String) -> Int32 {
    if let number = numberOfText[text] { return number }
    let number = Int32(numberOfText.count)
    numberOfText[text] = number
    return number
  }
}
