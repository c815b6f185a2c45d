import Testing

@Suite("Declarations")
struct DeclarationMessagesTests {
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

  private func signed(_ amount: XMLNode?) -> Int {
    let cents = Int(amount?.texts("Bedrag").first ?? "") ?? 0
    return amount?.texts("DebetCredit") == ["C"] ? -cents : cents
  }
}
