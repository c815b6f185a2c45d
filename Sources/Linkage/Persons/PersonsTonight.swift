import Tabular

/// Tonight's persons, and the anchors that each is known by.
///
/// An anchor is a BSN token that one person alone has, else the token of an identity. Persons are the
/// residents in the order of the spine, then whoever has a BSN that no resident has, in order of it;
/// without a spine, the clusters. All is in the order of tokens: that of extracts is no matter.
package struct PersonsTonight: Sendable {
  struct Kinds: OptionSet {
    let rawValue: UInt8
    static let number = Kinds(rawValue: 1)
    /// Of the person's own row or number, not of a record that is linked to them.
    static let principal = Kinds(rawValue: 2)
  }

  static let nobody: Int32 = -1
  private static let several: Int32 = -2

  let ledger: PersonLedger
  /// Distinct; with a spine the first are those of the residents' own rows, one each.
  private(set) var anchors: [Token]
  private var places: TokenSlots
  // By anchor.
  private var kinds: [Kinds]
  /// How many of the person's identities bear it; empty where no id is held that could be claimed by it.
  private var weights: [Int32] = []
  /// The id that holds it, or 0; empty where none is held.
  private var held: [Int32] = []
  /// How far the anchors of the ledger were met in their order.
  private var lookedUp = 0
  /// How many anchors are of residents' own rows, and have their numbers.
  private let ownCount: Int
  /// Of the other anchors.
  private var owners: [Int32] = []
  /// The anchors of the own rows of others than residents.
  private var founders: [Int32] = []
  /// By resident, 0 where the row tells too little; empty without numbers.
  private var likenesses: [UInt64] = []
  /// Residents whom the ledger knows by their likeness alone.
  private(set) var matches: [(resident: Int32, id: Int32)] = []
  /// Residents whose number is other than before, with the old one, which nobody on the spine has.
  private(set) var corrected: [(resident: Int32, old: Token)] = []
  /// Whether the spine tells numbers: then what becomes of each row is kept from night to night.
  let hasNumbers: Bool
  /// Persons before those who are kept apart.
  package let residentCount: Int

  package var personCount: Int { ownCount + founders.count }

  /// Begins with the residents.
  ///
  /// - Parameters:
  ///   - spine: the residents, one row each.
  ///   - ledger: who was known before.
  ///   - workers: how many threads may hash; the result does not depend on it.
  package init(spine: PersonRecords, ledger: PersonLedger, workers: Int = 1) {
    self.ledger = ledger
    residentCount = spine.count
    ownCount = spine.count
    let numbers = spine.numbers
    hasNumbers = numbers != nil
    anchors = identityTokens(of: spine, nil, workers: workers)
    kinds = [Kinds](repeating: .principal, count: ownCount)
    if ledger.personCount > 0 { weights = [Int32](repeating: 1, count: ownCount) }
    places = TokenSlots(expected: ownCount)
    if let numbers {
      let (rest, telling) = (anchors, spine.tellingRows)
      likenesses = rest.indices.map { telling[$0] ? PersonLedger.likeness(of: rest[$0]) : 0 }
      claimOwn(numbers, rest)
    }
    for resident in 0..<ownCount where !kinds[resident].contains(.number) {
      // The second of two who are equal has another.
      while places.note(resident, of: anchors) != nil {
        anchors[resident] = anchors[resident].mixed(with: 1, 2)
      }
    }
    lookUp()
    if hasNumbers, ledger.personCount > 0 {
      matches = matchesByLikeness
      corrected = correctedNumbers
    }
  }

  /// Begins with clusters, which everybody is in exactly one of.
  ///
  /// - Parameters:
  ///   - sources: with the person of each identity.
  ///   - personCount: how many there are.
  ///   - ledger: who was known before.
  package init(
    clusters sources: [(records: PersonRecords, persons: [Int32])],
    personCount: Int,
    ledger: PersonLedger
  ) {
    self.ledger = ledger
    hasNumbers = false
    residentCount = personCount
    ownCount = 0
    anchors = []
    kinds = []
    places = TokenSlots(expected: personCount)
    for source in sources { claimNumbers(source.records, source.persons, .principal) }
    for source in sources { claim(source.records, source.persons, .principal) }
    lookUp()
    // The founder of a part that is split off is an anchor that it had before.
    founders = [Int32](repeating: -1, count: personCount)
    for code in anchors.indices where owners[code] >= 0 {
      let person = Int(owners[code])
      let other = founders[person]
      if other < 0 || (holder(of: code) > 0 && holder(of: Int(other)) == 0) {
        founders[person] = Int32(code)
      }
    }
  }

  /// Adds the other sources: who is linked to a resident, and who has a number that no resident has.
  package mutating func add(_ sources: [(records: PersonRecords, persons: [Int32])]) {
    for source in sources { claimNumbers(source.records, source.persons, .principal) }
    var apart: [Token: Int32] = [:]
    for (records, persons) in sources {
      guard let numbers = records.numbers else { continue }
      for identity in numbers.indices where persons[identity] < 0 && !numbers[identity].isMissing {
        guard anchor(of: numbers[identity]) < 0 else { continue }
        apart[numbers[identity], default: 0] += 1
      }
    }
    for number in apart.keys.sorted() {
      let (code, _) = anchor(of: number, [.number, .principal])
      owners[code - ownCount] = Int32(personCount)
      weigh(code, apart[number] ?? 0)
      founders.append(Int32(code))
    }
    for source in sources { claim(source.records, source.persons, []) }
    lookUp()
  }

  /// The person whose anchor it is; below 0 for nobody, or several.
  func owner(of code: Int) -> Int32 { code < ownCount ? Int32(code) : owners[code - ownCount] }
  /// The anchor of a person's own row.
  func founder(of person: Int) -> Int32 {
    person < ownCount ? Int32(person) : founders[person - ownCount]
  }
  func holder(of code: Int) -> Int32 { held.isEmpty ? 0 : held[code] }
  func kind(of code: Int) -> Kinds { kinds[code] }
  func weight(of code: Int) -> Int32 { weights.isEmpty ? 0 : weights[code] }
  func likeness(of resident: Int) -> UInt64 { likenesses.isEmpty ? 0 : likenesses[resident] }
  /// The anchor that a token is, or `missingCode`.
  func anchor(of token: Token) -> Int32 { places.place(of: token, in: anchors) }

  /// The person of each identity of a source, those who are kept apart too; -1 for nobody.
  package func persons(of records: PersonRecords, linked persons: [Int32]) -> [Int32] {
    guard let numbers = records.numbers else { return persons }
    return persons.indices.map { identity in
      if persons[identity] >= 0 || numbers[identity].isMissing { return persons[identity] }
      let code = Int(anchor(of: numbers[identity]))
      guard code >= 0, owner(of: code) >= Int32(residentCount) else { return Self.nobody }
      return owner(of: code)
    }
  }

  /// Gives each number to a resident: of several who share it to the one who had it before, else to the
  /// first.
  private mutating func claimOwn(_ numbers: TokenColumn, _ rest: [Token]) {
    var sharers: [(first: Int, resident: Int)] = []
    for resident in numbers.indices where !numbers[resident].isMissing {
      anchors[resident] = numbers[resident]
      if let first = places.note(resident, of: anchors) {
        sharers.append((Int(first), resident))
        anchors[resident] = rest[resident]
      } else {
        kinds[resident].insert(.number)
      }
    }
    if sharers.isEmpty || ledger.personCount == 0 { return }
    let shared = Set(sharers.map(\.first)).sorted()
    let holders = ledger.holders(of: shared.map { numbers[$0] })
    let before = Dictionary(uniqueKeysWithValues: zip(shared, holders))
    var chosen: [Int: Int] = [:]
    for (first, resident) in sharers {
      guard let id = before[first], id > 0, case let likeness = ledger.likeness(of: id),
        likenesses[resident] == likeness, likenesses[chosen[first] ?? first] != likeness
      else { continue }
      chosen[first] = resident
    }
    for (first, resident) in chosen {
      anchors[resident] = numbers[first]
      places.move(resident, of: anchors)
      anchors[first] = rest[first]
      kinds[resident].insert(.number)
      kinds[first].remove(.number)
    }
  }

  /// Numbers that nobody has claimed belong to whom the identities that bear them are linked to, unless
  /// these are several.
  private mutating func claimNumbers(_ records: PersonRecords, _ persons: [Int32], _ kind: Kinds) {
    guard let numbers = records.numbers else { return }
    for identity in numbers.indices where persons[identity] >= 0 && !numbers[identity].isMissing {
      if isOwn(numbers[identity], of: persons[identity]) { continue }
      let (code, isNew) = anchor(of: numbers[identity], [.number, kind])
      if isNew {
        owners[code - ownCount] = persons[identity]
      } else if owner(of: code) != persons[identity], !isOfResident(code) {
        owners[code - ownCount] = Self.several
      }
    }
  }

  /// Whether a token is the anchor of somebody's own row: of most numbers it is, and no search is needed.
  private func isOwn(_ token: Token, of person: Int32) -> Bool {
    Int(person) < personCount && anchors[Int(founder(of: Int(person)))] == token
  }

  /// Whether an anchor is of a resident's own row: no record of another takes it away.
  private func isOfResident(_ code: Int) -> Bool {
    let owner = owner(of: code)
    return owner >= 0 && Int(owner) < personCount && founder(of: Int(owner)) == Int32(code)
  }

  /// Counts identities by their numbers, and takes the tokens of those whose number tells nothing.
  private mutating func claim(_ records: PersonRecords, _ persons: [Int32], _ kind: Kinds) {
    let numbers = records.numbers
    var others: [Int32] = []
    for identity in persons.indices where persons[identity] >= 0 {
      if let number = numbers?[identity], isOwn(number, of: persons[identity]) {
        weigh(Int(founder(of: Int(persons[identity]))), 1)
      } else if let number = numbers?[identity], !number.isMissing,
        case let code = Int(anchor(of: number)), code >= 0, owner(of: code) == persons[identity]
      {
        weigh(code, 1)
      } else {
        others.append(Int32(identity))
      }
    }
    for (place, token) in identityTokens(of: records, others).enumerated() {
      var (token, found) = (token, anchor(of: token, kind))
      // The second of two that are equal has another.
      while !found.isNew {
        token = token.mixed(with: 1, 2)
        found = anchor(of: token, kind)
      }
      owners[found.code - ownCount] = persons[Int(others[place])]
      weigh(found.code, 1)
    }
  }

  private mutating func weigh(_ code: Int, _ count: Int32) {
    if !weights.isEmpty { weights[code] += count }
  }

  /// The anchor that a token is; one of nobody when it is seen for the first time.
  private mutating func anchor(of token: Token, _ kind: Kinds) -> (code: Int, isNew: Bool) {
    anchors.append(token)
    if let known = places.note(anchors.count - 1, of: anchors) {
      anchors.removeLast()
      return (Int(known), false)
    }
    owners.append(Self.nobody)
    kinds.append(kind)
    if ledger.personCount > 0 { weights.append(0) }
    return (anchors.count - 1, true)
  }

  /// Finds out which ids hold the anchors that are new since the last time.
  private mutating func lookUp() {
    guard ledger.personCount > 0 else { return }
    held += ledger.holders(of: Array(anchors[held.count...]), from: &lookedUp)
  }
}
