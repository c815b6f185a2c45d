import Tabular

/// Plants in a client's data what makes linkage hard: old addresses, other names, typing errors.
struct ClientFaults {
  let population: Population
  let seed: UInt64

  func plant(in client: inout SupportClient) {
    var random = RandomStream(seed, .clientFault, client.number)
    if random.chance(0.06) { moveBack(&client, &random) }
    otherName(&client, &random)
    if random.chance(0.2) { dropMarks(&client) }
    if random.chance(0.05) {
      client.surname = TypingError.mistyped(client.surname, &random)
      client.planted.append("surname-mistyped")
    }
    let firstNameDraw = random.unit()
    if firstNameDraw < 0.12 {
      client.firstNames = nil
      client.planted.append("first-names-missing")
    } else if firstNameDraw < 0.17, let names = client.firstNames {
      client.firstNames = TypingError.mistyped(names, &random)
      client.planted.append("first-names-mistyped")
    } else if firstNameDraw < 0.25, let names = client.firstNames, names.contains(" ") {
      client.firstNames = names.split(separator: " ").first.map(String.init)
      client.planted.append("first-names-short")
    }
    birthDateFault(&client, &random)
    if random.chance(0.004) {
      client.sex = client.sex == 1 ? 2 : 1
      client.planted.append("sex-wrong")
    }
  }

  private func moveBack(_ client: inout SupportClient, _ random: inout RandomStream) {
    let places = population.geography.neighbourhoods
    let place = random.below(places.count)
    client.postcode = Postcode(
      neighbourhood: place,
      street: random.below(places[place].streetCount)
    )
    client.houseNumber = random.within(1...60)
    client.houseLetter = nil
    client.planted.append("moved")
  }

  /// A spouse's name beside the own one, as the standard has it, or in its place.
  private func otherName(_ client: inout SupportClient, _ random: inout RandomStream) {
    let draw = random.unit()
    guard let number = population.persons[client.person].partnerSurname else { return }
    let partner = population.names.surnames[Int(number)]
    let isWoman = population.persons[client.person].sex == .female
    if draw < (isWoman ? 0.5 : 0.05) {
      client.partnerSurname = partner.word
      client.partnerPrefix = partner.prefix
      client.nameUse = random.within(2...4)
    } else if draw < (isWoman ? 0.56 : 0.06) {
      client.surname = partner.word
      client.prefix = partner.prefix
      client.planted.append("surname-of-partner")
    } else if draw < (isWoman ? 0.64 : 0.07) {
      client.surname = partner.word + "-" + client.surname
      client.prefix = partner.prefix
      client.planted.append("surname-joint")
    }
  }

  private func dropMarks(_ client: inout SupportClient) {
    let surname = TypingError.withoutMarks(client.surname)
    let firstNames = client.firstNames.map(TypingError.withoutMarks)
    guard surname != client.surname || firstNames != client.firstNames else { return }
    client.surname = surname
    client.firstNames = firstNames
    client.planted.append("marks-dropped")
  }

  private func birthDateFault(_ client: inout SupportClient, _ random: inout RandomStream) {
    let date = CivilDate(dayNumber: client.birthDay)
    let draw = random.unit()
    if draw < 0.004 {
      client.birthDateUse = .unknown
      client.planted.append("birth-date-unknown")
    } else if draw < 0.012 {
      let swapped = CivilDate(year: date.year, month: date.day, day: date.month)
      let other = swapped == date ? nil : swapped
      client.birthDay = other?.dayNumber ?? client.birthDay - 365
      client.planted.append("birth-date-wrong")
    }
  }
}
