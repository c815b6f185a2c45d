/// How much care each person uses: a gamma draw times the usual of the age, and where it is used.
struct CareUse {
  /// Claims of a resident, on average, in all months together.
  static let claimsPerResident = 20.0

  private let population: Population
  private let seed: UInt64
  /// Multiplies every rate, so that the average comes out.
  private let scale: Double
  /// For each age group the kinds of care, outside hot spots.
  private let usualChoices: [WeightedChoice]
  /// For each age group the kinds of care, in hot spots.
  private let hotSpotChoices: [WeightedChoice]

  init(population: Population, seed: UInt64, monthCount: Int) {
    self.population = population
    self.seed = seed
    usualChoices = Self.choices(hospitalFactor: 1)
    hotSpotChoices = Self.choices(hospitalFactor: Geography.hotSpotFactor)
    var expected = 0.0
    for person in 0..<population.residentCount {
      expected +=
        usualChoices[Self.ageGroup(of: population.persons[person])].total
        * Self.frailty(of: person, seed: seed)
    }
    let wanted = Double(population.residentCount) * Self.claimsPerResident / Double(monthCount)
    scale = wanted / max(expected, 1)
  }

  private static func choices(hospitalFactor: Double) -> [WeightedChoice] {
    CareType.firstAges.indices.map { group in
      WeightedChoice(
        CareType.all.map { type in
          type.rateByAge[group] * (type.code == CareType.hospitalCode ? hospitalFactor : 1)
        }
      )
    }
  }

  /// A draw of the gamma distribution of shape 1 and mean 1: few people use most of the care.
  private static func frailty(of person: Int, seed: UInt64) -> Double {
    var random = RandomStream(seed, .frailty, person)
    return random.waitingTime()
  }

  static func ageGroup(of person: Person) -> Int {
    CareType.ageGroup(age: (Population.registerDay - Int(person.birthDay)) / 365)
  }

  /// The kinds of care a person may use.
  func choice(of person: Int) -> WeightedChoice {
    let group = Self.ageGroup(of: population.persons[person])
    let isHot = population.neighbourhood(of: person)?.isHotSpot ?? false
    return isHot ? hotSpotChoices[group] : usualChoices[group]
  }

  /// Claims of a person in one month.
  func claimCount(of person: Int, _ random: inout RandomStream) -> Int {
    let expected = scale * choice(of: person).total * Self.frailty(of: person, seed: seed)
    let whole = Int(expected)
    return whole + (random.chance(expected - Double(whole)) ? 1 : 0)
  }

  /// Whole cents, near the usual of the kind, the product, the age and the neighbourhood.
  func amountInCents(
    type: CareType,
    product: Int,
    person: Int,
    _ random: inout RandomStream
  ) -> Int {
    let group = Self.ageGroup(of: population.persons[person])
    let place = population.neighbourhood(of: person)?.costFactor ?? 1
    let productFactor = 0.6 + 0.25 * Double(product)
    let usual = type.medianInCents * productFactor * CareType.costByAge[group] * place
    let drawn = usual * Arithmetic.exponential(type.spread * random.normal())
    return max(100, Int(min(drawn, 5_000_000)))
  }
}
