import Tabular

/// Everyone who was made up, and what was planted where: the rest of the truth.
struct TruthTables {
  let population: Population

  func write(to folder: inout SampleFolder) throws(SampleRegionError) {
    try writePersons(to: &folder)
    try writeNeighbourhoods(to: &folder)
  }

  private func writePersons(to folder: inout SampleFolder) throws(SampleRegionError) {
    var file = try folder.textFile("truth/persons.csv")
    file.text.append(row: [
      "person", "bsn", "resident", "household", "twin", "birth_date", "birth_date_known",
    ])
    for (number, person) in population.persons.enumerated() {
      file.text.append(text: TruthRecords.label(number))
      file.text.append(.semicolon)
      file.text.append(number: Int(person.bsn), width: 9)
      file.text.append(.semicolon)
      file.text.append(text: population.isResident(number) ? "yes" : "no")
      file.text.append(.semicolon)
      file.text.append(number: Int(person.household) + 1)
      file.text.append(.semicolon)
      if let twin = person.twin { file.text.append(text: TruthRecords.label(Int(twin))) }
      file.text.append(.semicolon)
      file.text.append(day: Int(person.birthDay))
      file.text.append(.semicolon)
      file.text.append(text: person.birthDatePrecision.word)
      file.text.append(.newline)
      try file.flush()
    }
    try file.finish()
  }

  private func writeNeighbourhoods(to folder: inout SampleFolder) throws(SampleRegionError) {
    var residents = [Int](repeating: 0, count: population.geography.neighbourhoods.count)
    for person in population.persons[..<population.residentCount] {
      if let place = population.households[Int(person.household)].neighbourhood {
        residents[Int(place)] += 1
      }
    }
    var file = try folder.textFile("truth/neighbourhoods.csv")
    file.text.append(row: [
      "neighbourhood", "district", "municipality", "residents", "hot_spot", "hospital_per_cent",
      "cost_per_cent",
    ])
    for (number, place) in population.geography.neighbourhoods.enumerated() {
      file.text.append(row: [
        place.code, place.district, place.municipality, String(residents[number]),
        place.isHotSpot ? "yes" : "no", String(Int(place.hospitalFactor * 100)),
        String(Int(place.costFactor * 100)),
      ])
    }
    try file.finish()
  }
}
