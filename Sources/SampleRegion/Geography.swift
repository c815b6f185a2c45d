/// The municipalities, districts and neighbourhoods of the made-up region, and its postcodes.
struct Geography {
  /// Hospital use in a planted hot spot, beside the usual.
  static let hotSpotFactor = 3.0

  let neighbourhoods: [Neighbourhood]
  let municipalityCount: Int
  private let choice: WeightedChoice

  init(residents: Int, seed: UInt64) {
    let municipalityCount = 3 + min(5, residents / 50_000)
    var list: [Neighbourhood] = []
    let total = Self.neighbourhoodCount(residents: residents)
    for municipality in 0..<municipalityCount {
      let start = total * municipality / municipalityCount
      let end = total * (municipality + 1) / municipalityCount
      let perDistrict = min(10, max(2, (end - start) / 4))
      for number in start..<end {
        list.append(
          Self.neighbourhood(
            municipality: municipality,
            district: (number - start) / perDistrict,
            number: (number - start) % perDistrict,
            residents: residents / total,
            random: RandomStream(seed, .geography, number),
            place: RandomStream(seed, .place, number)
          )
        )
      }
    }
    for number in Self.hotSpots(among: list, seed: seed) {
      list[number].hospitalFactor = Self.hotSpotFactor
    }
    neighbourhoods = list
    self.municipalityCount = municipalityCount
    choice = WeightedChoice(list.map(\.weight))
  }

  /// About 160 residents each in a small region, 1,200 in a large one; postcodes set the limit.
  private static func neighbourhoodCount(residents: Int) -> Int {
    residents <= 4_000
      ? max(12, residents / 160) : min(2_900, 25 + (residents - 4_000) / 1_200)
  }

  private static func neighbourhood(
    municipality: Int,
    district: Int,
    number: Int,
    residents: Int,
    random: RandomStream,
    place: RandomStream
  ) -> Neighbourhood {
    var random = random
    var place = place
    let digits = "\(9_001 + municipality)"
    let districtDigits = digits + padded(district + 1, 2)
    // One in eight is a hamlet: small cells must occur, or nothing would need protection.
    let weight = random.chance(0.125) ? 0.2 : 0.7 + 0.6 * random.unit()
    return Neighbourhood(
      code: "BU" + districtDigits + padded(number + 1, 2),
      district: "WK" + districtDigits,
      municipality: "GM" + digits,
      name: "\(AreaNames.municipality(municipality)) wijk \(district + 1) buurt \(number + 1)",
      position: Position(
        municipality: municipality,
        district: district,
        number: number,
        &place
      ),
      municipalityNumber: municipality,
      weight: weight,
      greyness: 0.6 + 0.8 * random.unit(),
      foreignShare: 0.05 + 0.2 * random.unit() * random.unit(),
      costFactor: 0.9 + 0.2 * random.unit(),
      hospitalFactor: 1,
      streetCount: min(Postcode.streetsPerNeighbourhood, 3 + residents / 45)
    )
  }

  /// Two of the larger neighbourhoods, in different municipalities.
  private static func hotSpots(among list: [Neighbourhood], seed: UInt64) -> [Int] {
    var candidates = list.indices.filter { list[$0].weight >= 0.7 }
    var random = RandomStream(seed, .geography, -1)
    random.shuffle(&candidates)
    guard let first = candidates.first else { return [] }
    let second = candidates.first {
      list[$0].municipalityNumber != list[first].municipalityNumber
    }
    return [first] + (second.map { [$0] } ?? [])
  }

  /// A neighbourhood for a household to live in.
  func pick(_ random: inout RandomStream) -> Int {
    choice.pick(&random)
  }
}
