import SampleRegion
import Testing

@Suite("Care extract")
struct CareExtractTests {
  @Test("Residents have about 20 claims, a tenth of them has most of the care")
  func skew() throws {
    let region = try WrittenRegion(residents: 2_000, seed: 41)
    let claims = try region.claims()
    #expect(claims.count == region.summary.careClaims)
    #expect((32_000...48_000).contains(claims.count))
    let perPerson = Dictionary(grouping: claims) { $0["bsn"] ?? "" }.values.map(\.count)
    let heavy = perPerson.sorted(by: >).prefix(200).reduce(0, +)
    #expect(heavy * 10 > claims.count * 3)
    #expect(perPerson.count < 2_000)
    let faulty = claims.filter {
      Int($0["amount"] ?? "") == nil || $0["date"]?.hasSuffix("32") == true
    }
    #expect((1...30).contains(faulty.count))
    let missing = claims.filter { $0["bsn"]?.isEmpty == true }
    #expect((60...200).contains(missing.count))
  }

  @Test("A file holds its month, ordered by day, and each claim has its own number")
  func months() throws {
    let region = try WrittenRegion(residents: 500, seed: 42)
    let paths = try region.paths(in: "care/")
    #expect(paths.count == 8)
    var numbers: Set<String> = []
    for path in paths {
      let rows = try region.rows(path)
      let dates = rows.compactMap { $0["date"] }.filter { !$0.hasSuffix("-32") }
      #expect(dates == dates.sorted())
      #expect(dates.allSatisfy { path.contains($0.prefix(7)) })
      for row in rows { #expect(numbers.insert(row["claim_id"] ?? "").inserted) }
    }
  }

  @Test("Hospital care is used far more in the hot spots, and the old use more care")
  func hotSpots() throws {
    let region = try WrittenRegion(residents: 4_000, seed: 43)
    var places: [String: String] = [:]
    var old: Set<String> = []
    for row in try region.rows("register/register.csv.gz") {
      places[row["bsn"] ?? ""] = row["neighbourhood"]
      if (row["birth_date"] ?? "9") < "1950" { old.insert(row["bsn"] ?? "") }
    }
    let hot = Set(region.summary.hotSpots)
    #expect(hot.count == 2)
    var hotClaims = 0
    var otherClaims = 0
    var oldClaims = 0
    var linkedClaims = 0
    for claim in try region.claims() {
      guard let bsn = claim["bsn"], let place = places[bsn] else { continue }
      linkedClaims += 1
      if old.contains(bsn) { oldClaims += 1 }
      guard claim["care_type"] == "hospital" else { continue }
      if hot.contains(place) { hotClaims += 1 } else { otherClaims += 1 }
    }
    let hotResidents = places.values.count { hot.contains($0) }
    let hotRate = Double(hotClaims) / Double(hotResidents)
    let otherRate = Double(otherClaims) / Double(places.count - hotResidents)
    #expect(hotRate > 1.8 * otherRate)
    let oldRate = Double(oldClaims) / Double(old.count)
    #expect(oldRate > 1.4 * Double(linkedClaims) / Double(places.count))
  }

  @Test("Claims without a resident's number are in the truth")
  func truth() throws {
    let region = try WrittenRegion(residents: 1_000, seed: 44)
    let residents = Set(try region.rows("register/register.csv.gz").compactMap { $0["bsn"] })
    let told = Set(try region.rows("truth/truth.csv").compactMap { $0["record"] })
    let persons = try region.rows("truth/persons.csv")
    #expect(Set(persons.filter { $0["resident"] == "yes" }.compactMap { $0["bsn"] }) == residents)
    for claim in try region.claims() where !residents.contains(claim["bsn"] ?? "") {
      #expect(told.contains(claim["claim_id"] ?? ""))
    }
  }
}
