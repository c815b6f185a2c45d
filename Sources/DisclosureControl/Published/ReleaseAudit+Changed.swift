import PipelineFile
import Tabular

/// The attack on tables whose numbers are rounded or moved: none of them is known exactly, each lies
/// within what was done to it.
///
/// Who is alone in a cell is looked for by linear programs too. Differences between nights are not
/// looked at: rounding leaves them, cell keys blur them.
extension ReleaseAudit {
  /// - Parameters:
  ///   - tables: as they were counted.
  ///   - published: the same tables as they are written.
  ///   - policy: of method `round` or `cell-key`.
  ///   - listing: whether each hidden number is listed.
  /// - Throws: `contradiction`.
  init(
    changed tables: [CellTable],
    published: [ProtectedTable],
    _ policy: Protection,
    listing: Bool
  ) throws(DisclosureControlError) {
    let release = try ReleaseSystem(tables, policy)
    let variables = release.variables
    let rules = ReleaseRules(minimum: policy.minimum, dominance: policy.dominance)
    let read = Self.read(release, tables, published, policy)
    // Of a number that is shown as much must stay open as was done to it.
    let required = zip(rules.required(of: variables), read).map { $0?.within($1) }
    let needed = required.indices.filter { required[$0] != nil }
    let attack = IntervalAttack(
      release.system,
      known: read.indices.map { read[$0].range(mayBeNegative: variables.hasCredits[$0]) }
    )
    let intervals = attack.intervals(of: needed)
    let isTold = zip(needed, intervals).map { number, interval in
      required[number].map { interval?.reaches($0) != true } ?? false
    }
    let safe = zip(needed, isTold).filter { !$1 }.map(\.0)
    let insiders = release.insiders(release.system, rules, required)
    let toInsiders = Self.told(safe, insiders, required, read, attack, variables)

    let told = Set(zip(needed, isTold).filter(\.1).map(\.0))
    (earlierCount, wholeCount) = (0, 0)
    isBlurred = if case .cellKey = policy.method { true } else { false }
    cells = Self.cells(
      of: listing ? tables : [],
      release,
      attack,
      isHidden: { read[$0] == .hidden },
      intervals: Dictionary(uniqueKeysWithValues: zip(needed, intervals)),
      who: { number in
        (told.contains(number) ? [.outsider] : [])
          + (toInsiders.contains(number) ? [.insider] : [])
      }
    )
    var order: [String] = []
    for name in variables.names where !order.contains(name) { order.append(name) }
    measures = order.map { name in
      let own = (0..<variables.count).filter { variables.names[$0] == name }
      let printed = own.filter { variables.isPrinted[$0] }
      let widths = zip(needed, intervals).filter { variables.names[$0.0] == name }.compactMap(\.1)
      return Measure(
        name: name,
        shown: printed.count { read[$0] != .hidden },
        hidden: printed.count { read[$0] == .hidden },
        narrowest: widths.min { $0.width < $1.width },
        outsider: zip(needed, isTold).count { $1 && variables.names[$0] == name },
        insider: toInsiders.count { variables.names[$0] == name },
        held: 0,
        nights: 0
      )
    }
  }

  /// Numbers of which someone who is alone in others is left with less than is required.
  private static func told(
    _ numbers: [Int],
    _ insiders: Insiders,
    _ required: [RequiredInterval?],
    _ read: [OutsiderTable.Reading],
    _ attack: IntervalAttack,
    _ variables: ReleaseVariables
  ) -> [Int] {
    var told: Set<Int> = []
    for insider in 0..<Int32(insiders.count) {
      let own = insiders.cells(of: insider)
      var asked: [(number: Int, required: RequiredInterval)] = []
      for number in numbers where !told.contains(number) && !own.contains(Int32(number)) {
        if let share = insiders.shareholders(of: number).first(where: { $0.insider == insider }) {
          if let bounds = share.required { asked.append((number, bounds.within(read[number]))) }
        } else if let bounds = required[number] {
          asked.append((number, bounds))
        }
      }
      let knowing = own.map { (cell: Int($0), value: variables.values[Int($0)]) }
      let intervals = attack.intervals(of: asked.map(\.number), knowing: knowing)
      for (question, interval) in zip(asked, intervals)
      where interval?.reaches(question.required) != true {
        told.insert(question.number)
      }
    }
    return told.sorted()
  }

  /// What anyone reads of each number in the tables.
  private static func read(
    _ release: ReleaseSystem,
    _ tables: [CellTable],
    _ published: [ProtectedTable],
    _ policy: Protection
  ) -> [OutsiderTable.Reading] {
    let protection = PublishedProtection(policy)
    var read = [OutsiderTable.Reading](repeating: .hidden, count: release.variables.count)
    for (number, (table, written)) in zip(tables, published).enumerated() {
      let places = release.variablesOfPlace[number]
      for place in places.keys {
        for (cell, variable) in (places[place] ?? []).enumerated()
        where isSeen(place, cell, table, written) {
          let isSum = release.variables.isSum[Int(variable)]
          // What is read is what was written; of a mean its sum follows up to its decimals.
          let value = value(place, cell, table, written, policy)
          let range =
            isSum
            ? protection.range(ofSum: value, unit(place, table)) : protection.range(ofCount: value)
          if let both = read[Int(variable)].together(with: .within(range)) {
            read[Int(variable)] = both
          }
        }
      }
    }
    return read
  }

  private static func value(
    _ place: Quantity.Place,
    _ cell: Int,
    _ table: CellTable,
    _ written: ProtectedTable,
    _ policy: Protection
  ) -> Int64 {
    switch place {
    case .persons:
      let figure = table.figures.firstIndex { $0.kind == .count }
      return figure.map { written.figures[$0].values[cell] } ?? 0
    case .value(let figure):
      guard case .mean = table.figures[figure].kind else {
        return written.figures[figure].values[cell]
      }
      guard case .round(let base) = policy.method else { return 0 }
      let (step, overflow) = base.multipliedReportingOverflow(by: unit(place, table).perWhole)
      let sum = table.figures[figure].values[cell]
      return overflow ? sum : rounded(sum, toMultipleOf: step)
    case .behind(let figure):
      return written.figures[figure].companions
        .first { $0.suffix == CellTable.Companion.persons([]).suffix }?.values[cell] ?? 0
    case .companion(let figure, let beside):
      return written.figures[figure].companions[beside].values[cell]
    }
  }

  private static func unit(_ place: Quantity.Place, _ table: CellTable) -> FigureUnit {
    if case .value(let figure) = place { table.figures[figure].unit } else { .number }
  }
}

extension RequiredInterval {
  /// As far as what is read of the number leaves it.
  fileprivate func within(_ reading: OutsiderTable.Reading) -> Self {
    guard case .within(let range) = reading else { return self }
    let (lower, upper) = (range.lower ?? .min, range.upper ?? .max)
    return lower <= upper ? within(lower...upper) : self
  }
}

extension PublishedProtection {
  /// What everyone may know of a policy.
  init(_ policy: Protection) {
    let method: Method =
      switch policy.method {
      case .hide, .suppress: .hiding
      case .round(let base): .rounding(base: base)
      case .cellKey(let noise): .moving(atMost: noise.atMost)
      }
    self.init(minimum: policy.minimum, method: method)
  }
}
