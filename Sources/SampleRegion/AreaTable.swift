/// The areas of the region, as a table of codes: where they lie and which region they belong to.
struct AreaTable {
  let geography: Geography

  func write(to folder: inout SampleFolder) throws(SampleRegionError) {
    var file = try folder.textFile("areas/areas.csv")
    file.text.append(row: ["code", "name", "region", "x", "y"])
    var neighbourhoods = geography.neighbourhoods[...]
    while let number = neighbourhoods.first?.municipalityNumber {
      let municipality = neighbourhoods.prefix { $0.municipalityNumber == number }
      neighbourhoods = neighbourhoods.dropFirst(municipality.count)
      append(municipality, number: number, to: &file.text)
    }
    try file.finish()
  }

  /// A municipality, then each of its districts with its neighbourhoods.
  private func append(
    _ municipality: ArraySlice<Neighbourhood>,
    number: Int,
    to text: inout [UInt8]
  ) {
    let name = AreaNames.municipality(number)
    let region = AreaNames.region(municipality: number, of: geography.municipalityCount)
    func append(_ code: String, _ name: String, _ position: Position?) {
      guard let position else { return }
      text.append(row: [code, name, region, String(position.x), String(position.y)])
    }
    func middle(_ places: ArraySlice<Neighbourhood>) -> Position? {
      Position(middleOf: places.map(\.position))
    }
    append(municipality.first?.municipality ?? "", name, middle(municipality))
    var rest = municipality
    while let code = rest.first?.district {
      let district = rest.prefix { $0.district == code }
      rest = rest.dropFirst(district.count)
      append(code, "\(name) wijk \(Int(code.suffix(2)) ?? 0)", middle(district))
      for place in district { append(place.code, place.name, place.position) }
    }
  }
}
