import Tabular

extension ReleaseSystem {
  /// The persons who make numbers alone: they know them, and of sums their part.
  ///
  /// A set of one person is known by its key: all numbers that he makes alone are his, in every release.
  /// That a number changed by him alone he does not know, nor that he is alone in a stratum that no
  /// table shows.
  ///
  /// - Parameters:
  ///   - system: of the release.
  ///   - rules: say what must stay uncertain of the rest of a sum.
  ///   - required: one a variable.
  /// - Returns: who knows what.
  func insiders(
    _ system: CellSystem,
    _ rules: ReleaseRules,
    _ required: [RequiredInterval?]
  ) -> Insiders {
    var ofSet: [UInt128: [Int32]] = [:]
    var unnamed: [[Int32]] = []
    for variable in 0..<variables.count
    where variables.contributors[variable] == 1 && !isChange(Int32(variable))
      && !variables.isOfStratum[variable]
    {
      if variables.sets[variable] == .empty {
        unnamed.append([Int32(variable)])
      } else {
        ofSet[variables.sets[variable].name, default: []].append(Int32(variable))
      }
    }
    let cells = (Array(ofSet.values) + unnamed).sorted { $0[0] < $1[0] }
      .map { addingEmpty($0, system) }
    var insiders = Insiders(cells)
    let told = ToldRanges(variables)
    for (number, own) in cells.enumerated() {
      // Of several numbers of his in a sum the largest counts: it holds the others.
      var shares: [Int: Int64] = [:]
      for variable in own where variables.isSum[Int(variable)] {
        let share = variables.values[Int(variable)]
        for sum in sums(above: variable, system)
        where required[sum] != nil && !own.contains(Int32(sum)) {
          shares[sum] = max(shares[sum] ?? share, share)
        }
      }
      for (sum, share) in shares.sorted(by: { $0.key < $1.key }) {
        insiders.add(
          Int32(number),
          to: sum,
          required: rules.required(sum, without: share, of: variables)?.within(told[sum])
        )
      }
    }
    for (variable, change) in variables.changes where change.required != nil {
      for (number, own) in cells.enumerated() {
        let person = variables.sets[Int(own[0])]
        guard person != .empty, let share = change.part(of: person) else { continue }
        insiders.add(
          Int32(number),
          to: Int(variable),
          required: change.required(without: share, isSum: variables.isSum[Int(variable)])?
            .within(told[Int(variable)])
        )
      }
    }
    addProviders(to: &insiders, system, rules, required, told)
    // A part is judged by all of whom it is one: whoever knows how many they are must not know more.
    for (all, part, _) in complements {
      guard required[Int(part)] != nil, let limit = variables.groupLimits[Int(part)] else {
        continue
      }
      let bounds = RequiredInterval(lower: limit, upper: variables.values[Int(part)])
      insiders.add(knowing: [all], of: Int(part), required: bounds)
    }
    return insiders
  }

  /// With the parts in which someone is not who makes the whole alone: he knows that nobody is.
  func addingEmpty(_ own: [Int32], _ system: CellSystem) -> [Int32] {
    guard variables.hidesZeros else { return own }
    var (found, seen) = (own, Set(own))
    for whole in own {
      for equation in system.equations(of: Int(whole)) {
        let members = system.cells(of: Int(equation))
        guard members.first == whole else { continue }
        found += members.dropFirst().filter {
          variables.isUncertain[Int($0)] && seen.insert($0).inserted
        }
      }
    }
    return found
  }

  func isChange(_ variable: Int32) -> Bool {
    if case .change = variables.nights[Int(variable)] { true } else { false }
  }

  /// The totals that a variable is a part of, and theirs.
  private func sums(above variable: Int32, _ system: CellSystem) -> [Int] {
    var found = [Int(variable)]
    var next = 0
    while next < found.count {
      for equation in system.equations(of: found[next]) {
        let cells = system.cells(of: Int(equation))
        // What a person had a part of before a change he may have left.
        guard let total = cells.first.map(Int.init), !found.contains(total),
          cells.last.map(isChange) != true
        else { continue }
        found.append(total)
      }
      next += 1
    }
    return Array(found.dropFirst())
  }
}
