import TestSupport

/// A register and clients that change from night to night, with the truth.
///
/// Values are numbers. Each change is one that a register or a source of care knows.
struct ChangingRegion {
  struct Person {
    let truth: Int
    var bsn: Int?
    var surname: Int
    let firstName: Int
    let birthDay: Int
    var postcode: Int
    var isRegistered = true
    /// What the client's source has as number; nil for none, or when they are no client.
    var clientNumber: Int?
    var isClient = false
    /// A second row in the register.
    var isTwice = false
    /// What befell them since the night before beside which no number tells that they are the same.
    var isUnknowable = false
  }

  private(set) var people: [Person] = []
  private var random: SeededGenerator
  private var lastNumber = 1000

  init(count: Int, seed: UInt64) {
    random = SeededGenerator(seed: seed)
    for _ in 0..<count { add() }
    for place in people.indices where chance(3) {
      people[place].isClient = true
      people[place].clientNumber = chance(5) ? nil : people[place].bsn
      if chance(12) { people[place].isRegistered = false }
    }
  }

  private mutating func chance(_ times: Int) -> Bool {
    Int.random(in: 0..<times, using: &random) == 0
  }

  private mutating func add() {
    lastNumber += 1
    people.append(
      Person(
        truth: people.count + 1,
        bsn: lastNumber,
        surname: Int.random(in: 0..<200, using: &random),
        firstName: Int.random(in: 0..<100, using: &random),
        birthDay: Int.random(in: 0..<30_000, using: &random),
        postcode: Int.random(in: 0..<80, using: &random)
      )
    )
  }

  /// Lets a day go by.
  mutating func day() {
    for place in people.indices { people[place].isUnknowable = false }
    for _ in 0..<max(1, people.count / 100) { add() }
    for place in people.indices {
      var person = people[place]
      if !person.isRegistered, chance(15) { person.isRegistered = true }
      if person.isTwice, chance(8) { person.isTwice = false }
      switch Int.random(in: 0..<400, using: &random) {
      case 0, 1: person.postcode = Int.random(in: 0..<80, using: &random)
      case 2: person.surname = Int.random(in: 0..<200, using: &random)
      case 3: person.isRegistered = false  // dies, or goes abroad
      case 5 where person.bsn != nil && person.isRegistered:
        lastNumber += 1
        person.bsn = lastNumber  // the client's source still has the old one
      case 6 where person.clientNumber != nil: person.clientNumber = person.bsn  // corrected late
      case 7 where person.isClient: person.clientNumber = nil
      case 8, 4: person.isTwice = true
      case 9:
        person.isClient.toggle()
        person.clientNumber = person.isClient ? person.bsn : nil
      case 10 where person.isRegistered && person.bsn != nil:
        // Corrected and moved on one day: nobody can know who that is.
        lastNumber += 1
        person.bsn = lastNumber
        person.postcode = Int.random(in: 80..<90, using: &random)
        person.isUnknowable = true
      default: break
      }
      people[place] = person
    }
  }

  /// The rows of the register, in any order, each with its person.
  mutating func register() -> [(record: PlainRecord, truth: Int)] {
    var rows: [(record: PlainRecord, truth: Int)] = []
    for person in people where person.isRegistered {
      rows.append((record(person, number: person.bsn), person.truth))
      if person.isTwice { rows.append((record(person, number: nil), person.truth)) }
    }
    return rows.shuffled(using: &random)
  }

  /// The clients, in any order; each is linked to the row of the register that it truly is.
  mutating func clients(
    _ register: [(record: PlainRecord, truth: Int)]
  ) -> [(client: PersonNights.Client, truth: Int)] {
    let clients = people.filter(\.isClient).map { person in
      let row = register.firstIndex { $0.truth == person.truth && $0.record["bsn"] != nil }
      return (
        client: PersonNights.Client(
          record: record(person, number: person.clientNumber),
          resident: row
        ), truth: person.truth
      )
    }
    return clients.shuffled(using: &random)
  }

  private func record(_ person: Person, number: Int?) -> PlainRecord {
    var record: PlainRecord = [
      "surname": "\(person.surname)/\(person.firstName)", "birth_date": "\(person.birthDay)",
      "sex": "\(person.truth % 2)", "postcode_pc4": "\(person.postcode)",
    ]
    record["bsn"] = number.map(String.init)
    return record
  }
}
