import Testing

@testable import SampleRegion

@Suite("Postcodes")
struct PostcodeTests {
  @Test("A postcode belongs to one neighbourhood and is well formed")
  func postcodes() {
    var owner: [String: Int] = [:]
    for place in 0..<40 {
      for street in 0..<Postcode.streetsPerNeighbourhood {
        let postcode = Postcode(neighbourhood: place, street: street).description
        #expect(owner.updateValue(place, forKey: postcode) == nil)
        #expect(postcode.utf8.count == 6)
        #expect(!["SA", "SD", "SS"].contains(String(postcode.suffix(2))))
      }
    }
  }
}
