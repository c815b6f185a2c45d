extension SupportClient {
  /// A client as the register has them, before anything is wrong.
  init(
    number: Int,
    person: Int,
    knownBy population: Population,
    municipality: Int,
    provider: Int,
    isNew: Bool
  ) {
    let known = population.persons[person]
    let household = population.households[Int(known.household)]
    let surname = population.names.surnames[Int(known.surname)]
    self.number = number
    self.person = person
    bsn = Int(known.bsn)
    self.surname = surname.word
    prefix = surname.prefix
    firstNames = population.names.firstNames(of: known)
    initials = population.names.initials(of: known)
    birthDay = Int(known.birthDay)
    birthDateUse =
      switch known.birthDatePrecision {
      case .day: .complete
      case .month: .dayUnknown
      case .year: .monthUnknown
      }
    sex =
      switch known.sex {
      case .unknown: 0
      case .male: 1
      case .female: 2
      }
    postcode = household.postcode
    houseNumber = Int(household.houseNumber)
    houseLetter = household.houseLetter
    self.municipality = municipality
    self.provider = provider
    self.isNew = isNew
  }
}
