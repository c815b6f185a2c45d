import Testing

@Suite("Register extract")
struct RegisterExtractTests {
  @Test("Rows have the columns of the pipeline, in forms that it reads")
  func forms() throws {
    let region = try WrittenRegion(residents: 2_000, seed: 31)
    let rows = try region.rows("register/register.csv.gz")
    #expect(rows.count == 2_000)
    var postcodeOwners: [String: String] = [:]
    for row in rows {
      let bsn = row["bsn"].flatMap { Int($0) } ?? 0
      #expect((999_900_006...999_999_990).contains(bsn) && passesBySum(bsn))
      #expect(["M", "V", "O"].contains(row["sex"]))
      #expect(row["surname"]?.isEmpty == false && row["first_names"]?.isEmpty == false)
      #expect(row["house_number"].flatMap { Int($0) }.map { (1...99_999).contains($0) } == true)
      let code = row["neighbourhood"] ?? ""
      #expect(code.dropFirst(2).prefix(6) == (row["district"] ?? "").dropFirst(2))
      #expect(code.dropFirst(2).prefix(4) == (row["municipality"] ?? "").dropFirst(2))
      let earlier = postcodeOwners.updateValue(code, forKey: row["postcode"] ?? "")
      #expect(earlier == nil || earlier == code)
      let parts = (row["birth_date"] ?? "").split(separator: "-")
      #expect(parts.map(\.count) == [4, 2, 2])
    }
    #expect(rows.contains { $0["birth_date"]?.hasSuffix("-00") == true })
    #expect(rows.contains { $0["prefix"]?.isEmpty == false })
  }

  @Test("A few per cent came or left in the year, and nobody leaves before coming or birth")
  func residence() throws {
    let region = try WrittenRegion(residents: 2_000, seed: 32)
    var births: [String: String] = [:]
    for row in try region.rows("truth/persons.csv") { births[row["bsn"] ?? ""] = row["birth_date"] }
    // A remark with a semicolon in it shifts what stands behind it for so plain a reader.
    let rows = try region.rows("register/register.csv.gz").filter {
      $0["remark"]?.isEmpty == true
    }
    #expect(rows.count > 1_900)
    for row in rows {
      let (movedIn, movedOut) = (row["moved_in"] ?? "", row["moved_out"] ?? "")
      let birth = try #require(births[row["bsn"] ?? ""])
      #expect(movedIn.isEmpty || movedIn >= birth && movedIn <= "2026-08-31")
      #expect(movedOut.isEmpty || ("2026-01-02"..."2026-08-31").contains(movedOut))
      #expect(movedOut.isEmpty || movedIn < movedOut)
    }
    #expect((20...120).contains(rows.count { ($0["moved_in"] ?? "") > "2026" }))
    #expect((20...120).contains(rows.count { $0["moved_out"]?.isEmpty == false }))
    #expect((300...700).contains(rows.count { $0["moved_in"]?.isEmpty == true }))
  }
}
