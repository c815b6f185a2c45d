import Tabular

/// The municipal population register as one extract, ordered by BSN.
struct RegisterExtract {
  private static let columns = [
    "bsn", "a_number", "surname", "prefix", "first_names", "initials", "birth_date", "sex",
    "postcode", "house_number", "house_letter", "neighbourhood", "district", "municipality",
    "partner_surname", "remark", "moved_in", "moved_out",
  ]

  let population: Population

  func write(to folder: inout SampleFolder) throws(SampleRegionError) {
    let names = population.names
    var file = try folder.gzipFile("register/register.csv.gz")
    file.text.append(row: Self.columns)
    for number in population.residentsByBsn() {
      let person = population.persons[number]
      let household = population.households[Int(person.household)]
      guard let neighbourhood = population.neighbourhood(of: number) else { continue }
      let surname = names.surnames[Int(person.surname)]
      file.text.append(number: Int(person.bsn), width: 9)
      file.text.append(.semicolon)
      file.text.append(number: administrationNumber(of: number), width: 10)
      file.text.append(.semicolon)
      file.text.append(text: surname.word)
      file.text.append(.semicolon)
      file.text.append(text: surname.prefix)
      file.text.append(.semicolon)
      file.text.append(text: names.firstNames(of: person))
      file.text.append(.semicolon)
      file.text.append(text: names.initials(of: person))
      file.text.append(.semicolon)
      file.text.append(
        date: CivilDate(dayNumber: Int(person.birthDay)),
        known: person.birthDatePrecision
      )
      file.text.append(.semicolon)
      file.text.append(person.sex.registerLetter)
      file.text.append(.semicolon)
      household.postcode.append(to: &file.text)
      file.text.append(.semicolon)
      file.text.append(number: Int(household.houseNumber))
      file.text.append(.semicolon)
      if let letter = household.houseLetter { file.text.append(letter) }
      file.text.append(.semicolon)
      file.text.append(text: neighbourhood.code)
      file.text.append(.semicolon)
      file.text.append(text: neighbourhood.district)
      file.text.append(.semicolon)
      file.text.append(text: neighbourhood.municipality)
      file.text.append(.semicolon)
      if let partner = person.partnerSurname {
        file.text.append(text: names.surnames[Int(partner)].word)
      }
      file.text.append(.semicolon)
      file.text.append(text: remark(on: number))
      let residence = Residence(of: person, seed: population.seed, number: number)
      file.text.append(.semicolon)
      if let day = residence.movedIn { file.text.append(day: day) }
      file.text.append(.semicolon)
      if let day = residence.movedOut { file.text.append(day: day) }
      file.text.append(.newline)
      try file.flush()
    }
    try file.finish()
  }

  /// Free text for one resident in a hundred, with all that a CSV field must be quoted for.
  private func remark(on person: Int) -> String {
    var random = RandomStream(population.seed, .register, person, 2)
    return random.chance(0.01) ? "\"adres geheim; zie \"\"dossier\"\"\"" : ""
  }

  /// A made-up A-number: a column that no pipeline of ours names, so it is dropped.
  private func administrationNumber(of person: Int) -> Int {
    var random = RandomStream(population.seed, .register, person, 1)
    return random.within(1_000_000_000...9_999_999_999)
  }
}

extension Person.Sex {
  /// As the register writes it.
  var registerLetter: UInt8 {
    switch self {
    case .male: UInt8(ascii: "M")
    case .female: UInt8(ascii: "V")
    case .unknown: UInt8(ascii: "O")
    }
  }
}
