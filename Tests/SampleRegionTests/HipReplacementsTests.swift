import Testing

@Suite("Replaced hips")
struct HipReplacementsTests {
  @Test("A hip is replaced once, from 55 on, and the care after it is another than before")
  func course() throws {
    let region = try WrittenRegion(residents: 4_000, seed: 63)
    var births: [String: String] = [:]
    for row in try region.rows("truth/persons.csv") { births[row["bsn"] ?? ""] = row["birth_date"] }
    let claims = try region.claims()
    var starts: [String: String] = [:]
    for claim in claims where claim["product"] == "ZH400" {
      #expect(claim["care_type"] == "hospital")
      guard let bsn = claim["bsn"], let birth = births[bsn] else { continue }
      #expect(birth < "1971-02-01")
      #expect(starts.updateValue(claim["date"] ?? "", forKey: bsn) == nil)
    }
    #expect((80...300).contains(starts.count))
    var before = (all: 0, following: 0)
    var after = (all: 0, following: 0)
    for claim in claims where claim["care_type"] != "hospital" {
      guard let start = starts[claim["bsn"] ?? ""], let date = claim["date"] else { continue }
      let follows = ["fysiotherapie", "wijkverpleging"].contains(claim["care_type"])
      // The course ends within three months; those of the same month tell enough.
      if date < start {
        before.all += 1
        before.following += follows ? 1 : 0
      } else if date > start, date.prefix(7) == start.prefix(7) {
        after.all += 1
        after.following += follows ? 1 : 0
      }
    }
    #expect(after.following * before.all * 10 > before.following * after.all * 15)
  }
}
