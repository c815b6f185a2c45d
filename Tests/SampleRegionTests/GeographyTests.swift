import Testing

@testable import SampleRegion

@Suite("Geography")
struct GeographyTests {
  @Test("Codes nest and are distinct", arguments: [100, 2_000, 30_000, 300_000, 20_000_000])
  func codesNest(residents: Int) {
    let places = Geography(residents: residents, seed: 11).neighbourhoods
    #expect(Set(places.map(\.code)).count == places.count)
    #expect(Set(places.map(\.municipality)).count >= 3)
    #expect(places.count >= 12 && places.count <= 2_900)
    for place in places {
      #expect(place.code.count == 10 && place.district.count == 8)
      #expect(place.code.dropFirst(2).hasPrefix(place.district.dropFirst(2)))
      #expect(place.district.dropFirst(2).hasPrefix(place.municipality.dropFirst(2)))
      #expect(place.municipality.hasPrefix("GM900"))
    }
  }

  @Test("Two hot spots lie in different municipalities", arguments: [2_000, 300_000])
  func hotSpots(residents: Int) {
    let spots = Geography(residents: residents, seed: 11).neighbourhoods.filter(\.isHotSpot)
    #expect(spots.count == 2)
    #expect(Set(spots.map(\.municipality)).count == 2)
  }
}
