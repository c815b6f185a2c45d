import Tabular

/// The columns of numbers of a published table, as they are printed.
struct PrintedColumns {
  let all: [Column]
  private let numberOfName: [String: Int]

  /// One of them.
  struct Column {
    let name: String
    let perOne: Int64
    fileprivate let values: [Int64]
    fileprivate let marks: [CellMark]
    fileprivate let isReadWhereChanged: Bool

    /// The number that stands there, in steps of its last decimal; nil where none does, or one that
    /// tells nothing of tonight.
    func value(at cell: Int) -> Int64? {
      guard values.indices.contains(cell), values[cell] != missingInteger else { return nil }
      let mark = mark(at: cell)
      return mark.isHidden || mark == .changed && !isReadWhereChanged ? nil : values[cell]
    }

    func mark(at cell: Int) -> CellMark { marks.indices.contains(cell) ? marks[cell] : .none }

    /// By how many of its own steps a number may lie off: nothing where it counts.
    var halfStep: Double { perOne > 1 ? 0.5 : 0 }
  }

  /// - Parameters:
  ///   - columns: of a table.
  ///   - counts: names of those that count or add up.
  ///   - protection: what was done to these where they are changed.
  init(
    _ columns: [OutsiderTable.Column],
    counts: some Collection<String>,
    _ protection: PublishedProtection
  ) {
    let counts = Set(counts)
    let marked = columns.filter { !$0.marks.isEmpty }
    all = columns.map { column in
      // What stands beside a figure has its mark.
      let owner =
        column.marks.isEmpty
        ? marked.filter { column.name.hasPrefix($0.name + "_") }
          .max { $0.name.count < $1.name.count } : column
      return Column(
        name: column.name,
        perOne: column.perOne,
        values: column.values,
        marks: owner?.marks ?? [],
        // What is made of others is made of them as they are printed.
        isReadWhereChanged: protection.method != .unknown || !counts.contains(column.name)
      )
    }
    numberOfName = Dictionary(all.enumerated().map { ($1.name, $0) }) { first, _ in first }
  }

  var cellCount: Int { all.map(\.values.count).max() ?? 0 }

  subscript(name: String) -> Column? { numberOfName[name].map { all[$0] } }

  /// Whether it stands beside another column.
  func isBeside(_ column: Column) -> Bool {
    ["_lower", "_upper", "_expected", "_n", "_unknown"].contains { suffix in
      column.name.hasSuffix(suffix) && self[String(column.name.dropLast(suffix.count))] != nil
    } || isLimit(column)
  }

  /// Whether it is a limit of another, as `rate_lower` or `rate_upper_99_8`.
  func isLimit(_ column: Column) -> Bool {
    ["_lower", "_upper"].contains { word in
      column.name.ranges(of: word).contains { found in
        let rest = column.name[found.upperBound...]
        return self[String(column.name[..<found.lowerBound])] != nil
          && rest.allSatisfy { $0 == "_" || $0.isNumber }
      }
    }
  }

  /// A rate with its limits.
  ///
  /// - Parameters:
  ///   - column: of the rate.
  ///   - cell: of the table.
  /// - Returns: nil where one of them does not stand there, or the rate is 0.
  func limits(of column: Column, at cell: Int) -> PrintedLimits? {
    guard let lower = self[column.name + "_lower"], let upper = self[column.name + "_upper"],
      let value = column.value(at: cell), value > 0, let least = lower.value(at: cell),
      let most = upper.value(at: cell)
    else { return nil }
    func range(_ number: Int64, _ column: Column) -> ClosedRange<Double> {
      // What is told in few digits has limits of three; what is pooled may be told so too.
      let coarse = stepOfLastDigit(number, digits: 3)
      let mayBeCoarse = [.changed, .pooled].contains(column.mark(at: cell))
      let step = mayBeCoarse && number % coarse == 0 ? coarse : 1
      let (middle, half) = (Double(number), 0.5 * Double(step) * (1 + 1e-6))
      return (middle - half) / Double(column.perOne)...(middle + half) / Double(column.perOne)
    }
    let half = 0.5 * (1 + 1e-6)
    return PrintedLimits(
      value: (Double(value) - half) / Double(column.perOne)...(Double(value) + half)
        / Double(column.perOne),
      lower: range(least, lower),
      upper: range(most, upper)
    )
  }
}
