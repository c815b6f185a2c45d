/// Chooses who has support and what municipality and provider know of them.
struct SupportClients {
  /// Of the residents.
  static let share = 0.08
  /// Of the clients.
  static let missingBsnPerMille = 150
  /// Of the clients.
  static let wrongBsnPerMille = 20
  /// How likely each age group has support, beside the others; as `CareType.firstAges`.
  private static let likelihoodByAge = [0.02, 0.03, 0.06, 0.09, 0.22, 0.45]
  private static let outsiderShare = 0.3

  private let population: Population
  private let seed: UInt64
  private let providerCount: Int
  private var missing: Quota
  private var wrong: Quota
  private var unusedNumbers: BsnSeries

  init(population: Population, seed: UInt64, providerCount: Int) {
    self.population = population
    self.seed = seed
    self.providerCount = providerCount
    var random = RandomStream(seed, .clientFault, -1)
    missing = Quota(perMille: Self.missingBsnPerMille, offset: random.below(1_000))
    wrong = Quota(
      perMille: Self.wrongBsnPerMille * 1_000 / (1_000 - Self.missingBsnPerMille),
      offset: random.below(500)
    )
    unusedNumbers = population.unusedNumbers()
  }

  /// All clients, in the order of the population.
  mutating func choose() -> [SupportClient] {
    var likelihood = 0.0
    for person in population.persons[..<population.residentCount] {
      likelihood += Self.likelihoodByAge[CareUse.ageGroup(of: person)]
    }
    let scale = Double(population.residentCount) * Self.share / max(likelihood, 0.001)
    var clients: [SupportClient] = []
    for number in population.persons.indices {
      var random = RandomStream(seed, .clientChoice, number)
      let group = CareUse.ageGroup(of: population.persons[number])
      let chance =
        population.isResident(number)
        ? min(0.95, scale * Self.likelihoodByAge[group]) : Self.outsiderShare
      if random.chance(chance) { clients.append(client(clients.count, person: number)) }
    }
    return clients
  }

  private mutating func client(_ number: Int, person: Int) -> SupportClient {
    var random = RandomStream(seed, .client, number)
    let neighbourhood = population.neighbourhood(of: person)
    let isMissing = missing.next()
    // Who has no BSN is in no declaration: only messages can tell of them.
    let isNew = random.chance(0.5) || isMissing
    var client = SupportClient(
      number: number,
      person: person,
      knownBy: population,
      municipality: neighbourhood?.municipalityNumber
        ?? random.below(population.geography.municipalityCount),
      provider: random.below(providerCount),
      isNew: isNew
    )
    client.assignments = AssignmentPlan(seed: seed, client: number, isNew: isNew).assignments()
    if !population.isResident(person) { client.planted.append("outside") }
    if isMissing {
      client.bsn = nil
      client.planted.append("bsn-missing")
    } else if wrong.next() {
      giveWrongBsn(&client)
    }
    ClientFaults(population: population, seed: seed).plant(in: &client)
    return client
  }

  private mutating func giveWrongBsn(_ client: inout SupportClient) {
    // Turn by turn, so that even a small region has both kinds.
    if wrong.givenCount % 2 == 1 {
      client.bsn = client.bsn.map { TypingError.mistyped($0, client.number) }
      client.planted.append("bsn-wrong-fails-test")
    } else {
      client.bsn = unusedNumbers.next()
      client.planted.append("bsn-wrong-passes-test")
    }
  }
}
