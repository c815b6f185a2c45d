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
  private(set) var anchors: CodeBook
  // By anchor.
  private(set) var owners: [Int32] = []
  private(set) var kinds: [Kinds] = []
  /// How many of the person's identities bear it.
  private(set) var weights: [Int32] = []
  /// The id that holds it, or 0.
  private(set) var held: [Int32] = []
  /// By person, the anchor of its own row.
  private(set) var founders: [Int32] = []
  /// By resident; 0 where the row tells too little.
  private(set) var likenesses: [UInt64] = []
  /// Residents whom the ledger knows by their likeness alone.
  private(set) var matches: [(resident: Int32, id: Int32)] = []
  /// Residents whose number is other than before, with the old one, which nobody on the spine has.
  private(set) var corrected: [(resident: Int32, old: Token)] = []
  /// Whether the spine tells numbers: then what becomes of each row is kept from night to night.
  let hasNumbers: Bool
  /// Persons before those who are kept apart.
  package let residentCount: Int

  package var personCount: Int { founders.count }

  /// Begins with the residents.
  ///
  /// - Parameters:
  ///   - spine: the identities of the spine source.
  ///   - rowCounts: how many residents each is; they differ in nothing that is compared.
  ///   - ledger: who was known before.
  package init(spine: PersonRecords, rowCounts: [Int32], ledger: PersonLedger) {
    self.ledger = ledger
    residentCount = rowCounts.reduce(0) { $0 + Int($1) }
    anchors = CodeBook(expected: residentCount)
    founders.reserveCapacity(residentCount)
    var identities: [Int32] = []
    identities.reserveCapacity(residentCount)
    for (identity, count) in rowCounts.enumerated() {
      for _ in 0..<count { identities.append(Int32(identity)) }
    }
    let numbers = spine.numbers
    hasNumbers = numbers != nil
    let rest = identityTokens(of: spine, (0..<Int32(spine.count)).map { $0 })
    let telling = spine.tellingRows
    likenesses = identities.map { identity in
      hasNumbers && telling[Int(identity)] ? PersonLedger.likeness(of: rest[Int(identity)]) : 0
    }
    if let numbers { claimOwn(identities.map { numbers[Int($0)] }) }
    for (resident, identity) in identities.enumerated() {
      var own: Int32 = -1
      if let number = numbers?[Int(identity)], !number.isMissing {
        own = anchors.knownCode(of: number)
        if owners[Int(own)] != Int32(resident) { own = -1 }
      }
      if own < 0 {
        own = identityCode(of: rest[Int(identity)], owner: Int32(resident), .principal)
      }
      weights[Int(own)] = 1
      founders.append(own)
    }
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
    anchors = CodeBook(expected: personCount)
    likenesses = [UInt64](repeating: 0, count: personCount)
    for source in sources { claimNumbers(source.records, source.persons, .principal) }
    for source in sources { claim(source.records, source.persons, .principal) }
    // The founder of a part that is split off is an anchor that it had before.
    founders = [Int32](repeating: -1, count: personCount)
    for code in owners.indices where owners[code] >= 0 {
      let person = Int(owners[code])
      let other = founders[person]
      if other < 0 || (held[code] > 0 && held[Int(other)] == 0) { founders[person] = Int32(code) }
    }
  }

  /// Adds the other sources: who is linked to a resident, and who has a number that no resident has.
  package mutating func add(_ sources: [(records: PersonRecords, persons: [Int32])]) {
    for source in sources { claimNumbers(source.records, source.persons, .principal) }
    var apart: [Token: Int32] = [:]
    for (records, persons) in sources {
      guard let numbers = records.numbers else { continue }
      for identity in numbers.indices where persons[identity] < 0 && !numbers[identity].isMissing {
        guard anchors.knownCode(of: numbers[identity]) < 0 else { continue }
        apart[numbers[identity], default: 0] += 1
      }
    }
    for number in apart.keys.sorted() {
      let (code, _) = code(of: number, [.number, .principal])
      owners[code] = Int32(founders.count)
      weights[code] = apart[number] ?? 0
      founders.append(Int32(code))
    }
    for source in sources { claim(source.records, source.persons, []) }
  }

  /// The person of each identity of a source, those who are kept apart too; -1 for nobody.
  package func persons(of records: PersonRecords, linked persons: [Int32]) -> [Int32] {
    guard let numbers = records.numbers else { return persons }
    return persons.indices.map { identity in
      if persons[identity] >= 0 || numbers[identity].isMissing { return persons[identity] }
      let code = anchors.knownCode(of: numbers[identity])
      guard code >= 0, owners[Int(code)] >= Int32(residentCount) else { return Self.nobody }
      return owners[Int(code)]
    }
  }

  /// Gives each number to a resident: of several who share it to the one who had it before, else to the
  /// first.
  private mutating func claimOwn(_ numbers: [Token]) {
    for resident in numbers.indices where !numbers[resident].isMissing {
      let (code, isNew) = code(of: numbers[resident], [.number, .principal])
      if isNew {
        owners[code] = Int32(resident)
      } else if held[code] > 0, case let before = ledger.likeness(of: held[code]),
        likenesses[resident] == before, likenesses[Int(owners[code])] != before
      {
        owners[code] = Int32(resident)
      }
    }
  }

  /// Numbers that nobody has claimed belong to whom the identities that bear them are linked to, unless
  /// these are several.
  private mutating func claimNumbers(_ records: PersonRecords, _ persons: [Int32], _ kind: Kinds) {
    guard let numbers = records.numbers else { return }
    for identity in numbers.indices where persons[identity] >= 0 && !numbers[identity].isMissing {
      if isOwn(numbers[identity], of: persons[identity]) { continue }
      let (code, isNew) = code(of: numbers[identity], [.number, kind])
      if isNew {
        owners[code] = persons[identity]
      } else if owners[code] != persons[identity], !isOfResident(code) {
        owners[code] = Self.several
      }
    }
  }

  /// Whether a token is the anchor of somebody's own row: of most numbers it is, and no search is needed.
  private func isOwn(_ token: Token, of person: Int32) -> Bool {
    Int(person) < founders.count && anchors.value(of: founders[Int(person)]) == token
  }

  /// Whether an anchor is of a resident's own row: no record of another takes it away.
  private func isOfResident(_ code: Int) -> Bool {
    let owner = owners[code]
    return owner >= 0 && Int(owner) < founders.count && founders[Int(owner)] == Int32(code)
  }

  /// Counts identities by their numbers, and takes the tokens of those whose number tells nothing.
  private mutating func claim(_ records: PersonRecords, _ persons: [Int32], _ kind: Kinds) {
    let numbers = records.numbers
    var others: [Int32] = []
    for identity in persons.indices where persons[identity] >= 0 {
      if let number = numbers?[identity], isOwn(number, of: persons[identity]) {
        weights[Int(founders[Int(persons[identity])])] += 1
      } else if let number = numbers?[identity], !number.isMissing,
        case let code = Int(anchors.knownCode(of: number)), code >= 0,
        owners[code] == persons[identity]
      {
        weights[code] += 1
      } else {
        others.append(Int32(identity))
      }
    }
    for (place, token) in identityTokens(of: records, others).enumerated() {
      let owner = persons[Int(others[place])]
      weights[Int(identityCode(of: token, owner: owner, kind))] = 1
    }
  }

  private mutating func code(of token: Token, _ kind: Kinds) -> (code: Int, isNew: Bool) {
    let code = Int(anchors.code(of: token))
    guard code == owners.count else { return (code, false) }
    owners.append(Self.nobody)
    kinds.append(kind)
    weights.append(0)
    held.append(ledger.holder(of: token))
    return (code, true)
  }

  /// An anchor of an identity; the second of two that are equal has another.
  private mutating func identityCode(of token: Token, owner: Int32, _ kind: Kinds) -> Int32 {
    var token = token
    while true {
      let (code, isNew) = code(of: token, kind)
      if isNew {
        owners[code] = owner
        return Int32(code)
      }
      token = token.mixed(with: 1, 2)
    }
  }
}
