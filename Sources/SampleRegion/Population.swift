import Tabular

/// Everyone who is made up: the residents first, then people from outside the region.
struct Population {
  /// The day the register tells of; everybody is born before it.
  static let registerDay = 20_454  // 2026-01-01

  let geography: Geography
  let names: NameStock
  private(set) var persons: [Person] = []
  private(set) var households: [Household] = []
  /// How many of `persons` are residents; they come first.
  let residentCount: Int
  /// How many of `households` lie in the region; they come first.
  private(set) var residentHouseholdCount = 0

  let seed: UInt64
  private var housesByStreet: [Int32] = []
  private var firstStreets: [Int] = []

  init(residents: Int, seed: UInt64) {
    self.seed = seed
    residentCount = residents
    geography = Geography(residents: residents, seed: seed)
    names = NameStock()
    for neighbourhood in geography.neighbourhoods {
      firstStreets.append(housesByStreet.count)
      housesByStreet += Array(repeating: 0, count: neighbourhood.streetCount)
    }
    persons.reserveCapacity(residents + residents / 100 + 20)
    while persons.count < residents { addHousehold() }
    persons.removeSubrange(residents...)
    residentHouseholdCount = households.count
    // A twin whose brother or sister did not fit is none.
    for number in persons.indices where persons[number].twin.map({ $0 >= residents }) ?? false {
      persons[number].twin = nil
    }
    for draw in 0..<max(12, residents / 150) { addOutsider(draw) }
    var series = BsnSeries(seed: seed)
    for number in persons.indices { persons[number].bsn = Int32(series.next()) }
  }

  /// Residents in the order of their numbers: families do not stand together.
  func residentsByBsn() -> [Int] {
    (0..<residentCount).sorted { persons[$0].bsn < persons[$1].bsn }
  }

  func isResident(_ person: Int) -> Bool { person < residentCount }

  /// Where a person lives; nil outside the region.
  func neighbourhood(of person: Int) -> Neighbourhood? {
    households[Int(persons[person].household)].neighbourhood
      .map { geography.neighbourhoods[Int($0)] }
  }

  /// Numbers that pass the eleven-test and that nobody here has.
  func unusedNumbers() -> BsnSeries {
    var series = BsnSeries(seed: seed)
    for _ in persons.indices { _ = series.next() }
    return series
  }

  private mutating func addHousehold() {
    let number = households.count
    var random = RandomStream(seed, .household, number)
    let place = geography.pick(&random)
    let neighbourhood = geography.neighbourhoods[place]
    var plan = HouseholdPlan(neighbourhood: neighbourhood, &random)
    households.append(address(in: place, household: number))
    let first = persons.count
    for member in plan.members(&random) {
      var person = Person(
        household: Int32(number),
        birthDay: Int32(member.birthDay),
        sex: member.isFemale ? .female : .male
      )
      person.origin = member.origin
      person.twin = member.twin.map { Int32(first + $0) }
      name(&person, number: persons.count)
      persons.append(person)
    }
    nameFamily(from: first, plan: plan, household: number)
  }

  /// Partners may bear each other's name, children bear one of their parents'.
  private mutating func nameFamily(from first: Int, plan: HouseholdPlan, household: Int) {
    var random = RandomStream(seed, .name, -1, household)
    let partnersMarried = random.chance(0.8)
    if plan.adultCount == 2 && partnersMarried {
      persons[first].partnerSurname = persons[first + 1].surname
      persons[first + 1].partnerSurname = persons[first].surname
    }
    let bearer = plan.adultCount == 2 && random.chance(0.15) ? first + 1 : first
    for number in persons.indices[(first + plan.adultCount)...] {
      persons[number].surname = persons[bearer].surname
    }
  }

  private mutating func addOutsider(_ draw: Int) {
    var random = RandomStream(seed, .household, draw, 1)
    households.append(
      Household(
        neighbourhood: nil,
        postcode: Postcode(outside: random.below(1_900_000)),
        houseNumber: Int32(random.within(1...220)),
        houseLetter: nil
      )
    )
    let age = random.within(18...92)
    var person = Person(
      household: Int32(households.count - 1),
      birthDay: Int32(Self.registerDay - 1 - age * 365 - random.below(365)),
      sex: random.chance(0.52) ? .female : .male
    )
    if random.chance(0.15) { person.origin = HouseholdPlan.foreignOrigin(&random) }
    name(&person, number: persons.count)
    persons.append(person)
  }

  private func name(_ person: inout Person, number: Int) {
    var random = RandomStream(seed, .name, number)
    let isFemale = person.sex == .female
    let birthYear = CivilDate(dayNumber: Int(person.birthDay)).year
    person.surname = names.surname(person.origin, &random)
    person.firstName = names.firstName(
      person.origin,
      female: isFemale,
      birthYear: birthYear,
      &random
    )
    let second = names.firstName(person.origin, female: isFemale, birthYear: birthYear, &random)
    let hasSecond = random.chance(person.origin == .dutch ? 0.45 : 0.1)
    if hasSecond && second != person.firstName { person.secondName = second }

    var register = RandomStream(seed, .register, number)
    if register.chance(0.0025) { person.sex = .unknown }
    // Birth dates from countries without a full register are often known in part.
    if register.chance(person.origin == .dutch ? 0.003 : 0.06) {
      person.birthDatePrecision = register.chance(0.6) ? .year : .month
    }
  }

  private mutating func address(in place: Int, household: Int) -> Household {
    var random = RandomStream(seed, .address, household)
    let street = random.below(geography.neighbourhoods[place].streetCount)
    let slot = firstStreets[place] + street
    let isSplit = housesByStreet[slot] > 0 && random.chance(0.04)
    if !isSplit { housesByStreet[slot] += 1 }
    return Household(
      neighbourhood: Int32(place),
      postcode: Postcode(neighbourhood: place, street: street),
      houseNumber: housesByStreet[slot],
      houseLetter: isSplit ? UInt8(ascii: "A") + UInt8(random.below(3)) : nil
    )
  }
}
