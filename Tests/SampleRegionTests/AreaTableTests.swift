import Testing

@Suite("Table of areas")
struct AreaTableTests {
  @Test(
    "Every area of the register stands once, near those of its district",
    arguments: [2_000, 9_000]
  )
  func places(residents: Int) throws {
    let region = try WrittenRegion(residents: residents, seed: 61)
    let areas = try region.rows("areas/areas.csv")
    #expect(Set(areas.compactMap { $0["code"] }).count == areas.count)
    var places: [String: (x: Int, y: Int)] = [:]
    var regions: [String: Set<String>] = [:]
    for area in areas {
      let (code, x, y) = (area["code"] ?? "", Int(area["x"] ?? ""), Int(area["y"] ?? ""))
      let place = (x: try #require(x), y: try #require(y))
      #expect((13_000...278_000).contains(place.x) && (306_000...620_000).contains(place.y))
      #expect(area["name"]?.isEmpty == false)
      places[code] = place
      regions[String(code.dropFirst(2).prefix(4)), default: []].insert(area["region"] ?? "")
    }
    #expect(regions.values.allSatisfy { $0.count == 1 && !$0.contains("") })
    #expect(Set(regions.values).count == 2)
    for row in try region.rows("register/register.csv.gz") {
      let inner = try #require(places[row["neighbourhood"] ?? ""])
      let middle = try #require(places[row["district"] ?? ""])
      #expect(places[row["municipality"] ?? ""] != nil)
      #expect(abs(inner.x - middle.x) < 2_400 && abs(inner.y - middle.y) < 2_400)
    }
  }
}
