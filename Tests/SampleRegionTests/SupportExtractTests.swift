import Testing

@testable import SampleRegion

@Suite("Support extract")
struct SupportExtractTests {
  @Test("Of the clients 8 % of residents, 15 % have no BSN and 2 % a wrong one")
  func rates() {
    let population = Population(residents: 20_000, seed: 51)
    var choice = SupportClients(population: population, seed: 51, providerCount: 3)
    let clients = choice.choose()
    let count = Double(clients.count)
    func share(_ plant: String) -> Double {
      Double(clients.count { $0.planted.contains(plant) }) / count
    }
    let residents = clients.filter { population.isResident($0.person) }
    #expect((1_450...1_750).contains(residents.count))
    #expect((0.01...0.05).contains(share("outside")))
    #expect((0.148...0.152).contains(share("bsn-missing")))
    #expect((0.008...0.012).contains(share("bsn-wrong-fails-test")))
    #expect((0.008...0.012).contains(share("bsn-wrong-passes-test")))
    #expect((0.04...0.08).contains(share("moved")))
    #expect((0.03...0.07).contains(share("surname-mistyped")))
    #expect((0.03...0.07).contains(share("first-names-mistyped")))
    #expect(share("surname-of-partner") > 0 && share("surname-joint") > 0)
    #expect(clients.contains { $0.partnerSurname != nil && $0.nameUse != 1 })
    #expect(clients.allSatisfy { ($0.bsn == nil) == $0.planted.contains("bsn-missing") })
  }

  @Test("A wrong BSN is nobody's")
  func wrongBsns() {
    let population = Population(residents: 20_000, seed: 52)
    let known = Set(population.persons.map { Int($0.bsn) })
    var choice = SupportClients(population: population, seed: 52, providerCount: 3)
    for client in choice.choose() {
      guard let bsn = client.bsn else { continue }
      let isWrong = client.planted.contains { $0.hasPrefix("bsn-wrong") }
      #expect(known.contains(bsn) == !isWrong)
      #expect(BsnSeries.passesElevenTest(bsn) == !client.planted.contains("bsn-wrong-fails-test"))
    }
  }

  @Test("Every message is well formed and bears the code of its kind")
  func wellFormed() throws {
    let region = try WrittenRegion(residents: 1_500, seed: 53)
    let codes = ["301": "414", "305": "418", "307": "420", "323": "484"]
    var kinds: Set<String> = []
    for path in try region.paths(in: "support/") {
      let root = try parsed(region.text(path) ?? "")
      #expect(root?.name == "Bericht", "\(path)")
      let kind = String(path.dropFirst("support/WMO".count).prefix(3))
      kinds.insert(kind)
      #expect(root?.texts("Header", "BerichtCode") == codes[kind].map { [$0] }, "\(path)")
      if kind != "323" { #expect(root?.children.count { $0.name == "Client" } == 1, "\(path)") }
    }
    #expect(kinds == Set(codes.keys))
    #expect(try region.paths(in: "support/").count == region.summary.supportMessages)
  }

  @Test("A declaration's rows add up to its total, and nobody without BSN is in it")
  func totals() throws {
    let region = try WrittenRegion(residents: 6_000, seed: 54)
    var creditCount = 0
    var references: Set<String> = []
    for path in try region.paths(in: "support/WMO323") {
      let root = try parsed(region.text(path) ?? "")
      let declaration = root?.children.first { $0.name == "Declaratie" }
      let clients = declaration?.all("Clienten", "Client") ?? []
      #expect(!clients.isEmpty)
      #expect(!clients.flatMap { $0.texts("Bsn") }.contains("999999999"))
      var sum = 0
      for row in clients.flatMap({ $0.all("Prestaties", "Prestatie") }) {
        let amount = signed(row.all("IngediendBedrag").first)
        let volume = Int(row.texts("GeleverdVolume").first ?? "") ?? 0
        let tariff = Int(row.texts("ProductTarief").first ?? "") ?? 0
        #expect(volume * tariff == abs(amount))
        if amount < 0 {
          creditCount += 1
          let previous = row.texts("ProductReferentie", "VorigReferentieNummer")
          #expect(previous.count == 1)
        }
        for number in row.texts("ProductReferentie", "ReferentieNummer") {
          #expect(references.insert(number).inserted)
        }
        sum += amount
      }
      #expect(signed(declaration?.all("TotaalIngediendBedrag").first) == sum, "\(path)")
    }
    #expect(creditCount > 0)
  }

  @Test("Every record of support is in the truth")
  func truth() throws {
    let region = try WrittenRegion(residents: 1_500, seed: 55)
    let told = Set(
      try region.rows("truth/truth.csv").filter { $0["source"] == "support" }
        .compactMap { $0["record"] }
    )
    var found: Set<String> = []
    for path in try region.paths(in: "support/") {
      guard let root = try parsed(region.text(path) ?? "") else { continue }
      let kind = String(path.dropFirst("support/WMO".count).prefix(3))
      for name in ["ReferentieNummer"] + (kind == "323" ? [] : ["ToewijzingNummer"]) {
        for text in root.deepTexts(name) { found.insert("\(kind)-\(text)") }
      }
    }
    #expect(found == told)
  }

  private func signed(_ amount: XMLNode?) -> Int {
    let cents = Int(amount?.texts("Bedrag").first ?? "") ?? 0
    return amount?.texts("DebetCredit") == ["C"] ? -cents : cents
  }
}
