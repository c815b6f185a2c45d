import TestSupport

@_spi(Pseudonymisation) @testable import Tabular

/// People with names, birth dates and postcodes, and clients who are some of them, with errors.
///
/// Names are numbers here; a filter is 600 random bits, and a misspelt name shares most of them.
struct MadeUpPeople {
  struct Person {
    var surname: Int
    var firstName: Int
    var birthDay: Int
    var postcode: Int
    var sex: Int
    /// So often were the names misspelt.
    var surnameErrors = 0
    var firstNameErrors = 0
    var bsn: Int
  }

  /// Of so many clients one has the error, or is a stranger.
  struct Rates {
    var surname = 12
    var firstName = 12
    var postcode = 10
    var stranger = 20
    /// Another date, and another name altogether; 0 for nobody.
    var birthDate = 0
    var otherName = 0

    static let easy = Rates(birthDate: 40, otherName: 40)
    static let hard = Rates(
      surname: 5,
      firstName: 5,
      postcode: 4,
      stranger: 8,
      birthDate: 8,
      otherName: 12
    )
  }

  private(set) var residents: [Person] = []
  private(set) var clients: [Person] = []
  /// The resident whom each client is, or -1.
  private(set) var truth: [Int] = []

  init(
    count: Int,
    clientCount: Int,
    bsnShare: Double = 0,
    seed: UInt64,
    rates: (Person) -> Rates = { _ in Rates() }
  ) {
    var random = SeededGenerator(seed: seed)
    func rank(_ limit: Int) -> Int {
      // Some names are common, most are rare.
      let share = Double.random(in: 0..<1, using: &random)
      return Int(share * share * Double(limit))
    }
    for number in 0..<count {
      if number > 0, Int.random(in: 0..<4, using: &random) == 0 {
        // A member of the household of the one before.
        var member = residents[number - 1]
        member.firstName = rank(600)
        member.birthDay = Int.random(in: 0..<30_000, using: &random)
        member.sex = Int.random(in: 0..<2, using: &random)
        member.bsn = number + 1
        residents.append(member)
      } else {
        residents.append(
          Person(
            surname: rank(2000),
            firstName: rank(600),
            birthDay: Int.random(in: 0..<30_000, using: &random),
            postcode: Int.random(in: 0..<count / 20 + 1, using: &random),
            sex: Int.random(in: 0..<2, using: &random),
            bsn: number + 1
          )
        )
      }
    }
    let chosen = residents.indices.shuffled(using: &random).prefix(clientCount)
    for resident in chosen {
      var client = residents[resident]
      let rates = rates(client)
      if Double.random(in: 0..<1, using: &random) >= bsnShare { client.bsn = 0 }
      if Int.random(in: 0..<rates.stranger, using: &random) == 0 {
        client = Person(
          surname: rank(2000),
          firstName: rank(600),
          birthDay: Int.random(in: 0..<30_000, using: &random),
          postcode: Int.random(in: 0..<count / 20 + 1, using: &random),
          sex: Int.random(in: 0..<2, using: &random),
          bsn: 0
        )
        truth.append(-1)
      } else {
        if Int.random(in: 0..<rates.surname, using: &random) == 0 { client.surnameErrors += 1 }
        if Int.random(in: 0..<rates.firstName, using: &random) == 0 { client.firstNameErrors += 1 }
        if Int.random(in: 0..<rates.postcode, using: &random) == 0 {
          client.postcode = Int.random(in: 0..<count / 20 + 1, using: &random)
        }
        if rates.birthDate > 0, Int.random(in: 0..<rates.birthDate, using: &random) == 0 {
          client.birthDay = Int.random(in: 0..<30_000, using: &random)
        }
        if rates.otherName > 0, Int.random(in: 0..<rates.otherName, using: &random) == 0 {
          client.firstName = rank(600)
        }
        truth.append(resident)
      }
      clients.append(client)
    }
  }

  /// Records with their filters, in the order given.
  static func side(_ people: [Person]) -> (
    table: PseudonymisedTable, filters: [String: FieldFilters]
  ) {
    let columns: [(name: String, column: Column)] = [
      ("bsn", .tokens(TokenColumn(people.map { $0.bsn == 0 ? .missing : token("b\($0.bsn)") }))),
      ("surname", .tokens(TokenColumn(people.map { token("s\($0.surname)/\($0.surnameErrors)") }))),
      (
        "first_names",
        .tokens(TokenColumn(people.map { token("f\($0.firstName)/\($0.firstNameErrors)") }))
      ),
      ("birth_date", .tokens(TokenColumn(people.map { token("d\($0.birthDay)") }))),
      ("birth_date_year", .integers(people.map { Int64($0.birthDay / 365) }, .year)),
      ("postcode", .tokens(TokenColumn(people.map { token("p\($0.postcode)") }))),
      ("sex", .codes(people.map { Int32($0.sex) }, dictionary: ["female", "male"])),
      (
        "quarter",
        .codes(people.map { Int32($0.postcode % 12) }, dictionary: (0..<12).map { "Q\(10 + $0)" })
      ),
    ]
    return (
      PseudonymisedTable(
        vouchingFor: Table(
          names: columns.map(\.name),
          columns: columns.map(\.column),
          rowCount: people.count
        )
      ),
      [
        "surname": filters(people.map { ($0.surname, $0.surnameErrors) }, kind: 1),
        "first_names": filters(people.map { ($0.firstName, $0.firstNameErrors) }, kind: 2),
      ]
    )
  }

  private static func filters(_ values: [(Int, Int)], kind: UInt64) -> FieldFilters {
    var words: [UInt64] = []
    for (value, errors) in values {
      var random = SeededGenerator(seed: kind << 32 | UInt64(value))
      var filter = (0..<FieldFilters.wordCount).map { _ in random.next() & random.next() }
      // An error moves a sixth of the bits.
      for _ in 0..<errors {
        for word in 0..<FieldFilters.wordCount / 6 {
          filter[word] = random.next() & random.next()
        }
      }
      words += filter
    }
    return FieldFilters(vouchingFor: words, numbers: values.indices.map { Int32($0) })
  }
}
