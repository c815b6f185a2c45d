import Tabular

/// What someone can work out of published tables who has nothing else.
///
/// The bounds are those of linear programs: whole numbers can only be narrower.
package struct OutsiderAudit: Sendable {
  /// One a measure, in the order of the tables.
  package let measures: [Measure]
  /// Numbers that are hidden, and others that are at risk, in the order of the tables.
  package let cells: [Cell]
  /// Shown columns that are made of numbers which the tables do not have, as standardised rates are of
  /// counts by age: what they tell is not known here.
  package let unjudged: [(table: String, column: String)]

  /// What became of the numbers of one measure.
  package struct Measure: Sendable, Hashable {
    package let name: String
    /// Numbers that are shown; the same number in two tables counts once.
    package let shown: Int
    package let hidden: Int
    /// Numbers in whose place that of an earlier release stands.
    package let held: Int
    /// The narrowest interval of a number that is hidden or held.
    package let narrowest: AttackedInterval?
    package let outsider: Int
  }

  /// A number that somebody looked for.
  package struct Cell: Sendable, Hashable {
    /// Empty of what no table prints: a total, or whom a condition leaves out.
    package let table: String
    /// One a dimension of the table.
    package let labels: [String]
    package let measure: String
    /// Nil where nothing could be proved.
    package let interval: AttackedInterval?
    package let isAtRisk: Bool
  }

  /// Numbers that anyone can tell too exactly.
  package var atRisk: Int { measures.reduce(0) { $0 + $1.outsider } }

  /// Attacks tables.
  ///
  /// - Parameters:
  ///   - tables: of one release, with distinct names.
  ///   - minimum: of persons in a cell that is shown; nil where nobody tells.
  /// - Throws: `contradiction` where the same number is two in two tables.
  package init(
    _ tables: [OutsiderTable],
    minimum: Int64?
  ) throws(DisclosureControlError) {
    let release = try OutsiderSystem(tables)
    unjudged = tables.flatMap { table in table.ratios.unjudged.map { (table.shape.name, $0) } }
    let numbers = release.numbers
    let ranges = numbers.ranges
    let asked = (0..<numbers.count).filter {
      Self.isLookedFor($0, numbers, ranges[$0], minimum: minimum)
    }
    let intervals = IntervalAttack(release.system, known: ranges, ratios: release.ratios)
      .intervals(of: asked)
    var isAtRisk = [Bool](repeating: false, count: numbers.count)
    var interval = [AttackedInterval?](repeating: nil, count: numbers.count)
    for (number, found) in zip(asked, intervals) {
      interval[number] = found
      isAtRisk[number] = Self.isTold(number, numbers, found, minimum: minimum)
    }
    cells = asked.filter { isAtRisk[$0] || numbers.isHidden($0) }.map { number in
      let (table, cell) = numbers.places[number]
      let shape = tables.indices.contains(Int(table)) ? tables[Int(table)].shape : nil
      return Cell(
        table: shape?.name ?? "",
        labels: shape?.labels(of: Int(cell)) ?? [],
        measure: numbers.names[number],
        interval: interval[number],
        isAtRisk: isAtRisk[number]
      )
    }
    var order: [String] = []
    var ofName: [String: [Int]] = [:]
    for number in 0..<numbers.count {
      if ofName[numbers.names[number]] == nil { order.append(numbers.names[number]) }
      ofName[numbers.names[number], default: []].append(number)
    }
    measures = order.compactMap { name in
      let own = ofName[name] ?? []
      let printed = own.filter { numbers.isPrinted[$0] }
      let outsider = own.count { isAtRisk[$0] }
      if printed.isEmpty && outsider == 0 { return nil }
      let lost = printed.filter { numbers.isHidden($0) }
      return Measure(
        name: name,
        shown: printed.count - lost.count,
        hidden: lost.count { numbers.readings[$0] == .hidden },
        held: lost.count { numbers.readings[$0] != .hidden },
        narrowest: lost.compactMap { interval[$0] }.min { $0.width < $1.width },
        outsider: outsider
      )
    }
  }

  /// What is hidden, and all persons that may be too few.
  private static func isLookedFor(
    _ number: Int,
    _ numbers: OutsiderNumbers,
    _ range: KnownRange,
    minimum: Int64?
  ) -> Bool {
    if numbers.isOpen[number] || numbers.isPiece[number] { return false }
    if numbers.isHidden(number) { return true }
    guard numbers.kinds[number] != .sum else { return false }
    return (range.lower ?? 0) < minimum ?? 0
  }

  /// Whether an interval says too much: who is hidden must be able to be enough, and of a sum no number
  /// may follow.
  private static func isTold(
    _ number: Int,
    _ numbers: OutsiderNumbers,
    _ interval: AttackedInterval?,
    minimum: Int64?
  ) -> Bool {
    guard let interval else { return true }
    let slack = 1e-6 * max(1, abs(interval.upper))
    let isOneNumber = interval.upper - interval.lower < max(0.999, slack)
    if case .held(let old) = numbers.readings[number] {
      return isOneNumber && old.map { abs(Double($0) - interval.lower) > slack } ?? false
    }
    let isHidden = numbers.isHidden(number) && numbers.isPrinted[number]
    if numbers.kinds[number] == .sum { return isHidden && isOneNumber }
    // Nobody is in it: that tells of no one.
    if interval.upper < 1 - slack { return false }
    guard let minimum else { return isHidden && isOneNumber }
    // Persons are whole.
    let isTooFew = (interval.upper + slack).rounded(.down) < Double(minimum)
    return isTooFew && (isHidden || interval.lower > slack)
  }
}

extension OutsiderNumbers {
  /// Whether its place in a table is empty, or holds an older number.
  func isHidden(_ number: Int) -> Bool {
    guard isPrinted[number] else { return false }
    switch readings[number] {
    case .hidden, .held: return true
    case .exactly, .within: return false
    }
  }
}
