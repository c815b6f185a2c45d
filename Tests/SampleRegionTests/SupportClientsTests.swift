import Testing

@testable import SampleRegion

@Suite("Support clients")
struct SupportClientsTests {
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
}
