import PipelineFile
import Tabular

/// Releases of earlier nights in the system of tonight's: what they showed is known, what they hid must
/// stay unknown, and what changed since is a number too.
///
/// The work grows with what changed. Where it would be too much, only the last releases are looked at
/// whole; of those before, what they showed.
extension ReleaseSystem {
  /// Releases are looked at whole until so many hidden numbers of theirs have changed since.
  private static let changedLimit = 800

  /// Tonight's tables with all that earlier releases tell of them.
  ///
  /// - Parameters:
  ///   - tables: of the release.
  ///   - pieces: tables that are not printed.
  ///   - policy: of tonight.
  ///   - earlier: the oldest first.
  /// - Throws: `contradiction`.
  init(
    _ tables: [CellTable],
    pieces: [CellTable],
    _ policy: Protection,
    since earlier: [EarlierRelease]
  ) throws(DisclosureControlError) {
    try self.init(tables, pieces: pieces, policy)
    guard !earlier.isEmpty else { return }
    holdRates(tables, pieces, policy, since: earlier)
    var names = NumberNames()
    var known = KnownNumbers(variables)
    var versions: [NumberNames.Name: [Version]] = [:]
    var order: [NumberNames.Name] = []
    for (name, variable, days) in names.names(of: self, tables + pieces) {
      if versions[name] == nil { order.append(name) }
      versions[name] = [Version(variable: variable, days: days, isJoinable: true)]
    }
    // The last night first: of tonight's versions it has most.
    var found: [NumberNames.Name: [Version]] = [:]
    var hiddenCount = 0
    for release in earlier.reversed() {
      // Counts of strata that no table shows are looked at by `holdRates` alone.
      let ofStrata = CellTable.strata(of: release.tables)
      let joining = release.pieces.filter { !ofStrata.contains($0.name) }
      let old = try ReleaseSystem(release.tables, pieces: joining, policy)
      let own = names.names(of: old, release.tables + joining)
      let isWhole = hiddenCount < Self.changedLimit
      if isWhole { wholeReleases += 1 }
      let joint = join(
        old,
        release,
        own,
        &known,
        later: { (versions[$0] ?? []) + (found[$0] ?? []) },
        isWhole: isWhole,
        &hiddenCount,
        policy
      )
      for (name, variable, days) in own where joint[Int(variable)] >= 0 {
        if versions[name] == nil, found[name] == nil { order.append(name) }
        let version = Version(
          variable: joint[Int(variable)],
          days: days,
          isJoinable: release.isJoinable
        )
        found[name, default: []].append(version)
      }
    }
    let isWhole = wholeReleases == earlier.count
    var pairs: Set<[Int32]> = []
    for name in order {
      let all = (versions[name] ?? []) + (found[name] ?? [])
      addChanges(between: all, isWhole: isWhole, policy, &pairs)
    }
    if !earlierRates.isEmpty { earlierRates.add(changes: variables.changes.map(\.variable)) }
  }

  /// A number of a release.
  private struct Version {
    let variable: Int32
    let days: ClosedRange<Int32>
    let isJoinable: Bool
  }

  /// Adds an earlier release.
  ///
  /// - Parameters:
  ///   - old: its system.
  ///   - release: what of it was seen.
  ///   - names: of its numbers.
  ///   - known: numbers that are here.
  ///   - later: numbers of tonight, and of releases between, by name.
  ///   - isWhole: whether its equations are added, and hidden numbers that have changed since.
  ///   - hiddenCount: how many were, so far.
  ///   - policy: of tonight.
  /// - Returns: one a variable of it, the variable here; −1 where it was not added.
  private mutating func join(
    _ old: ReleaseSystem,
    _ release: EarlierRelease,
    _ names: [(name: NumberNames.Name, variable: Int32, days: ClosedRange<Int32>)],
    _ known: inout KnownNumbers,
    later: (NumberNames.Name) -> [Version],
    isWhole: Bool,
    _ hiddenCount: inout Int,
    _ policy: Protection
  ) -> [Int32] {
    let seen = old.seen(in: release)
    var nameOfVariable: [Int32: NumberNames.Name] = [:]
    for (name, variable, _) in names where nameOfVariable[variable] == nil {
      nameOfVariable[variable] = name
    }
    let night = { (isSeen: Bool) in
      ReleaseVariables.Night.earlier(
        isSeen: isSeen,
        minimum: release.minimum,
        hasDominance: release.dominance == policy.dominanceText
      )
    }
    // Whom a condition leaves out is the same number where all are, and those for whom it holds.
    var restOfParts: [[Int32]: Int32] = [:]
    for (all, part, rest) in complements { restOfParts[[all, part]] = rest }
    var partsOfRest: [Int32: [Int32]] = [:]
    for (all, part, rest) in old.complements { partsOfRest[rest] = [all, part] }
    var joint: [Int32] = []
    joint.reserveCapacity(old.variables.count)
    for variable in 0..<Int32(old.variables.count) {
      let entry = old.variables.entry(of: Int(variable), as: night(seen[Int(variable)]))
      let measured = old.variables.measured[Int(variable)]
      // Of the same persons are several numbers, where it must not be seen which cells are empty.
      let isByName = variables.hidesZeros
      var same = isByName ? nil : known.number(like: entry, sumOf: measured, in: variables)
      // Of whom nobody knows, a number that is called alike and is as large is taken to be the same.
      if same == nil, isByName || entry.set == .empty || !release.isJoinable,
        let name = nameOfVariable[variable]
      {
        same =
          later(name).first { other in
            variables.values[Int(other.variable)] == entry.value
              && (!isByName || !release.isJoinable || !other.isJoinable
                || variables.sets[Int(other.variable)] == entry.set)
          }?.variable
      }
      if same == nil, let parts = partsOfRest[variable], parts.allSatisfy({ $0 < variable }) {
        same = restOfParts[parts.map { joint[Int($0)] }]
      }
      // Of the same persons who bring the same through others each night has a number of its own, and
      // everyone knows that both are one: what hid it then must stay, and who filled it then knows it.
      var twin: Int32?
      if isWhole, !seen[Int(variable)], let base = same, variables.isOfOthers(base, than: entry) {
        (twin, same) = (base, known.twin(of: base, entry.providers, in: variables))
      }
      if let same {
        variables.note(
          earlier: same,
          isSeen: seen[Int(variable)],
          entry
        )
        joint.append(same)
      } else if isWhole || seen[Int(variable)] {
        let added = variables.append(entry, sumOf: measured)
        known.add(added, entry, sumOf: measured)
        if let twin {
          known.add(added, twinOf: twin)
          equations.append(CellSystem.Equation(total: twin, parts: [added]))
        }
        joint.append(added)
        if !seen[Int(variable)] { hiddenCount += 1 }
      } else {
        joint.append(-1)
      }
    }
    guard isWhole else { return joint }
    for old in old.complements {
      let (all, part, rest) = (
        joint[Int(old.all)], joint[Int(old.part)], joint[Int(old.rest)]
      )
      if restOfParts[[all, part]] != nil { continue }
      restOfParts[[all, part]] = rest
      complements.append((all, part, rest))
    }
    var seenEquations = Set(equations)
    for equation in old.equations {
      let total = joint[Int(equation.total)]
      let parts = equation.parts.map { joint[Int($0)] }.sorted()
      let own = CellSystem.Equation(total: total, parts: parts)
      guard parts != [total], !parts.contains(total),
        seenEquations.insert(own).inserted
      else { continue }
      equations.append(own)
    }
    return joint
  }

  /// One a variable of an earlier release: whether it was shown there.
  private func seen(in release: EarlierRelease) -> [Bool] {
    var seen = (0..<variables.count).map { variables.isToldZero($0) }
    for (number, table) in release.tables.enumerated() where release.seen.indices.contains(number) {
      for ((place, _), flags) in zip(Quantity.quantities(of: table), release.seen[number]) {
        for (variable, isSeen) in zip(variablesOfPlace[number][place] ?? [], flags) where isSeen {
          seen[Int(variable)] = true
        }
      }
    }
    return seen
  }

  /// Adds how a number changed between any two releases; where not all are looked at whole, since the
  /// version before, and since each that was told.
  private mutating func addChanges(
    between versions: [Version],
    isWhole: Bool,
    _ policy: Protection,
    _ pairs: inout Set<[Int32]>
  ) {
    var distinct: [Version] = []
    for version in versions where !distinct.contains(where: { $0.variable == version.variable }) {
      distinct.append(version)
    }
    // Versions stand from tonight's back.
    for (number, later) in distinct.enumerated() {
      let before = distinct.indices.first {
        $0 > number && distinct[$0].days.overlaps(later.days)
      }
      for (place, earlier) in distinct.enumerated().dropFirst(number + 1)
      where earlier.days.overlaps(later.days)
        && (isWhole || place == before || variables.state(of: Int(earlier.variable)) == .fixed)
        && pairs.insert([earlier.variable, later.variable]).inserted
      {
        addChange(
          from: Int(earlier.variable),
          to: Int(later.variable),
          isJoinable: earlier.isJoinable && later.isJoinable,
          policy
        )
      }
    }
  }

  private mutating func addChange(
    from earlier: Int,
    to later: Int,
    isJoinable: Bool,
    _ policy: Protection
  ) {
    guard !variables.isToldZero(earlier), !variables.isToldZero(later),
      // Both were told already, or nobody is asked to keep them.
      !(variables.state(of: earlier) == .fixed && variables.state(of: later) == .fixed),
      !variables.isOpen[later],
      let change = NumberChange(
        from: earlier,
        to: later,
        of: variables,
        isJoinable: isJoinable,
        policy
      ),
      change.hasOneDirection || change.required != nil
    else { return }
    let (more, less) = change.isGrowth ? (later, earlier) : (earlier, later)
    let entry = ReleaseVariables.Entry(
      name: variables.names[later],
      value: change.magnitude,
      contributors: change.persons,
      largest: [],
      isSum: variables.isSum[later],
      hasCredits: !change.hasOneDirection,
      isPrinted: false,
      cost: 1,
      set: .empty,
      night: .change(change)
    )
    let variable = variables.append(entry, sumOf: "")
    equations.append(
      CellSystem.Equation(total: Int32(more), parts: [Int32(less), variable].sorted())
    )
  }
}

/// Numbers by who is behind them and what they bring: the same in two nights is one number.
private struct KnownNumbers {
  private var variableOfNumber: [Number: Int32] = [:]
  /// By number: those of earlier nights that other providers brought.
  private var twins: [Int32: [Int32]] = [:]

  private struct Number: Hashable {
    let set: UInt128
    let sumOf: String
    let value: Int64
    let isApart: Bool
  }

  init(_ variables: ReleaseVariables) {
    for variable in 0..<variables.count where variables.sets[variable] != .empty {
      let number = Number(
        set: variables.sets[variable].name,
        sumOf: variables.measured[variable],
        value: variables.values[variable],
        isApart: variables.isApart[variable]
      )
      variableOfNumber[number] = Int32(variable)
    }
  }

  /// The variable of the same persons who bring the same.
  func number(
    like entry: ReleaseVariables.Entry,
    sumOf measured: String,
    in variables: ReleaseVariables
  ) -> Int32? {
    guard entry.set != .empty,
      let found = variableOfNumber[
        Number(
          set: entry.set.name,
          sumOf: entry.isSum ? measured : "",
          value: entry.value,
          isApart: entry.isApart
        )
      ]
    else { return nil }
    let sums = variables.powerSums[Int(found)]
    let isOther = !sums.isEmpty && !entry.powerSums.isEmpty && sums != entry.powerSums
    return isOther ? nil : found
  }

  /// The same number as these providers brought it on a night that is here.
  func twin(
    of variable: Int32,
    _ providers: [ProviderPart],
    in variables: ReleaseVariables
  ) -> Int32? {
    twins[variable]?.first { variables.providers[Int($0)] == providers }
  }

  mutating func add(_ variable: Int32, twinOf other: Int32) {
    twins[other, default: []].append(variable)
  }

  mutating func add(_ variable: Int32, _ entry: ReleaseVariables.Entry, sumOf measured: String) {
    guard entry.set != .empty else { return }
    let number = Number(
      set: entry.set.name,
      sumOf: entry.isSum ? measured : "",
      value: entry.value,
      isApart: entry.isApart
    )
    if variableOfNumber[number] == nil { variableOfNumber[number] = variable }
  }
}

extension Protection {
  /// What a ledger keeps of the rule of dominance, to tell whether it is still the same.
  ///
  /// Of a p that a credential holds, the name of the credential: no file tells the number.
  var dominanceText: String {
    let rule = dominanceCredential.map { "credential \($0)" } ?? dominance.map { "\($0)" } ?? ""
    if contributors == .person || rule.isEmpty { return rule }
    return rule + (contributors == .provider ? " of provider" : " of person, provider")
  }
}
