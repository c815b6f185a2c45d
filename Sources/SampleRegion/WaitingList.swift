import Tabular

/// A list that somebody keeps by hand: people without a number, some of them twice.
///
/// Beside it, in the truth, stand whom of the register each row is about, and which rows are about one
/// person.
struct WaitingList {
  /// Of all people made up, those from outside the region among them.
  private static let share = 0.3
  /// A demonstration needs no more.
  private static let limit = 20_000
  /// Of those on the list, who stand on it twice.
  private static let twiceShare = 0.12

  let population: Population
  let seed: UInt64

  private static let columns = [
    "row", "surname", "prefix", "first_names", "birth_date", "sex", "postcode", "house_number",
  ]

  /// - Returns: how many rows there are.
  func write(to folder: inout SampleFolder) throws(SampleRegionError) -> Int {
    let rows = rows()
    var list = try folder.textFile("waiting-list/waiting-list.csv")
    list.text.append(row: Self.columns)
    for (number, client) in rows.enumerated() {
      append(client, number: number + 1, to: &list.text)
      try list.flush()
    }
    try list.finish()
    try writeTruth(of: rows, to: &folder)
    return rows.count
  }

  /// In random order; with what is wrong with each.
  private func rows() -> [SupportClient] {
    let faults = ClientFaults(population: population, seed: seed)
    var rows: [SupportClient] = []
    for person in population.persons.indices where rows.count < Self.limit {
      var random = RandomStream(seed, .waitingList, person)
      guard random.chance(Self.share) else { continue }
      for _ in 0..<(random.chance(Self.twiceShare) ? 2 : 1) {
        var row = SupportClient(
          // Clients of support are numbered from 0: these faults are drawn apart.
          number: 1 << 32 + rows.count,
          person: person,
          knownBy: population,
          municipality: 0,
          provider: 0,
          isNew: true
        )
        faults.plant(in: &row)
        rows.append(row)
      }
    }
    var random = RandomStream(seed, .waitingList, -1)
    random.shuffle(&rows)
    return rows
  }

  private func append(_ client: SupportClient, number: Int, to text: inout [UInt8]) {
    let precision: BirthDatePrecision =
      switch client.birthDateUse {
      case .complete: .day
      case .dayUnknown: .month
      case .monthUnknown, .unknown: .year
      }
    text.append(number: number)
    text.append(.semicolon)
    text.append(text: client.surname)
    text.append(.semicolon)
    text.append(text: client.prefix)
    text.append(.semicolon)
    text.append(text: client.firstNames ?? "")
    text.append(.semicolon)
    if client.birthDateUse != .unknown {
      text.append(date: CivilDate(dayNumber: client.birthDay), known: precision)
    }
    text.append(.semicolon)
    let sex: Person.Sex = client.sex == 0 ? .unknown : client.sex == 1 ? .male : .female
    text.append(sex.registerLetter)
    text.append(.semicolon)
    client.postcode.append(to: &text)
    text.append(.semicolon)
    text.append(number: client.houseNumber)
    text.append(.newline)
  }

  private func writeTruth(
    of rows: [SupportClient],
    to folder: inout SampleFolder
  ) throws(SampleRegionError) {
    var registerRows = [Int](repeating: 0, count: population.persons.count)
    for (place, person) in population.residentsByBsn().enumerated() {
      registerRows[person] = place + 1
    }
    var pairs = try folder.textFile("truth/waiting-list-pairs.csv")
    var clusters = try folder.textFile("truth/waiting-list-clusters.csv")
    pairs.text.append(row: ["register", "waiting"])
    clusters.text.append(row: ["record", "cluster"])
    for (number, client) in rows.enumerated() {
      clusters.text.append(row: [String(number + 1), TruthRecords.label(client.person)])
      guard population.isResident(client.person) else { continue }
      pairs.text.append(row: [String(registerRows[client.person]), String(number + 1)])
    }
    try pairs.finish()
    try clusters.finish()
  }
}
