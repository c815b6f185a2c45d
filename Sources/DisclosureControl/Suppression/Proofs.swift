/// The witnesses found so far, and the needs that each of them meets.
struct Proofs: Sendable {
  private var witnesses: [Witness?] = []
  /// One a cell: the witnesses that change it.
  private var changing: [[Int32]]
  /// Two a cell, low and high: the witnesses that meet the need.
  private var meeting: [[Int32]]

  /// The witness of each need of an insider.
  private var meetingInsider: [Need: Int32] = [:]
  /// Witnesses that meet no other need than that they were found for.
  private var ofOneNeed: Set<Int32> = []
  /// The needs of insiders that a witness meets.
  private var insiderNeeds: [Int32: [Need]] = [:]

  /// How many witnesses of a need are kept: more are found than are ever looked at.
  private static let limit = 12

  init(cellCount: Int) {
    changing = [[Int32]](repeating: [], count: cellCount)
    meeting = [[Int32]](repeating: [], count: 2 * cellCount)
  }

  func has(_ need: Need) -> Bool {
    need.insider == nil ? !meeting[place(of: need)].isEmpty : meetingInsider[need] != nil
  }

  /// Finds a witness for the need of an insider among those there are.
  mutating func reuse(for need: Need, _ insiders: Insiders, truth: [Int64]) -> Bool {
    guard let insider = need.insider else { return false }
    let known = Set(insiders.cells(of: insider))
    for number in changing[need.cell] {
      guard let witness = witnesses[Int(number)], !ofOneNeed.contains(number),
        need.isMet(by: truth[need.cell] + witness.change(of: Int32(need.cell))),
        known.isDisjoint(with: witness.cells)
      else { continue }
      note(number, need)
      return true
    }
    return false
  }

  private mutating func note(_ number: Int32, _ need: Need) {
    meetingInsider[need] = number
    insiderNeeds[number, default: []].append(need)
  }

  /// Those who know a cell that every witness of the need changes, ascending.
  func insiders(spoilingAll need: Need, _ insiders: Insiders) -> [Int32] {
    var spoiling: Set<Int32>?
    for number in meeting[place(of: need)] {
      guard let witness = witnesses[Int(number)] else { continue }
      let own = insiders.spoiling(witness)
      spoiling = spoiling.map { $0.intersection(own) } ?? own
      if spoiling?.isEmpty == true { return [] }
    }
    return (spoiling ?? []).sorted()
  }

  /// Adds a witness to every need that it meets.
  ///
  /// - Parameters:
  ///   - witness: to add.
  ///   - truth: one a cell.
  ///   - required: one a cell.
  ///   - need: that it was found for.
  ///   - isOfOneNeed: whether it meets no other.
  mutating func add(
    _ witness: Witness,
    truth: [Int64],
    _ required: [RequiredInterval?],
    for need: Need,
    isOfOneNeed: Bool = false
  ) {
    let number = Int32(witnesses.count)
    witnesses.append(witness)
    if need.insider != nil { note(number, need) }
    if isOfOneNeed { ofOneNeed.insert(number) }
    for (cell, change) in zip(witness.cells, witness.changes) {
      changing[Int(cell)].append(number)
      guard let interval = required[Int(cell)], !isOfOneNeed || Int(cell) == need.cell else {
        continue
      }
      let need = Need(Int(cell), change < 0 ? .low : .high, interval)
      if need.isMet(by: truth[Int(cell)] + change), meeting[place(of: need)].count < Self.limit {
        meeting[place(of: need)].append(number)
      }
    }
  }

  /// Whether a witness changes a cell.
  func isChanged(_ cell: Int32) -> Bool {
    changing[Int(cell)].contains { witnesses[Int($0)] != nil }
  }

  /// Takes out the witnesses that change a cell.
  ///
  /// - Returns: what brings them back, with the cells whose needs they met.
  mutating func withdraw(changing cell: Int32) -> Withdrawn {
    withdraw(changing[Int(cell)])
  }

  /// Takes out the witnesses that change one of some cells, and of which more is true.
  ///
  /// - Returns: what brings them back, with the cells whose needs they met.
  mutating func withdraw(changing cells: [Int32], where isOut: (Witness) -> Bool) -> Withdrawn {
    let numbers = Set(cells.flatMap { changing[Int($0)] }).sorted()
    return withdraw(numbers.filter { witnesses[Int($0)].map(isOut) ?? false })
  }

  private mutating func withdraw(_ numbers: [Int32]) -> Withdrawn {
    var withdrawn = Withdrawn()
    for number in numbers {
      guard let witness = witnesses[Int(number)] else { continue }
      withdrawn.witnesses.append((number, witness))
      witnesses[Int(number)] = nil
      for need in insiderNeeds[number] ?? [] where meetingInsider[need] == number {
        meetingInsider[need] = nil
        withdrawn.insiderNeeds.append((need, number))
      }
      for moved in witness.cells {
        for side in 0...1 {
          let place = 2 * Int(moved) + side
          guard let index = meeting[place].firstIndex(of: number) else { continue }
          meeting[place].remove(at: index)
          withdrawn.met.append((place, number))
        }
      }
    }
    withdrawn.cells = Set(
      withdrawn.met.map { $0.place / 2 } + withdrawn.insiderNeeds.map(\.need.cell)
    ).sorted()
    return withdrawn
  }

  /// Brings witnesses back.
  mutating func restore(_ withdrawn: Withdrawn) {
    for (number, witness) in withdrawn.witnesses { witnesses[Int(number)] = witness }
    for (place, number) in withdrawn.met { meeting[place].append(number) }
    for (need, number) in withdrawn.insiderNeeds { meetingInsider[need] = number }
  }

  /// Witnesses that were taken out.
  struct Withdrawn {
    fileprivate var witnesses: [(number: Int32, witness: Witness)] = []
    fileprivate var met: [(place: Int, number: Int32)] = []
    fileprivate var insiderNeeds: [(need: Need, number: Int32)] = []
    /// Whose needs they met, ascending.
    var cells: [Int] = []
  }

  private func place(of need: Need) -> Int { 2 * need.cell + need.side.rawValue }
}
