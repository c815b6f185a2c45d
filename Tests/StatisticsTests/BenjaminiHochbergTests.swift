import TestSupport
import Testing

@testable import Statistics

@Suite("q-values of Benjamini and Hochberg")
struct BenjaminiHochbergTests {
  @Test("five p-values get the page's q")
  func knownAnswer() {
    let found = benjaminiHochberg([0.001, 0.012, 0.014, 0.04, 0.3])
    for (found, known) in zip(found, [0.005, 0.023333, 0.023333, 0.05, 0.3]) {
      #expect(isPrinted(found, known))
    }
  }

  @Test("q is the least rate at which the step-up rule rejects, in any order", arguments: 0..<100)
  func agreesWithTheRule(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let p: [Double?] = (0..<Int.random(in: 0...30, using: &random)).map { _ in
      // Few different values, so that many are tied.
      Int.random(in: 0...9, using: &random) == 0
        ? nil : Double(Int.random(in: 0...20, using: &random)) / 20
    }
    let q = benjaminiHochberg(p)
    let tested = p.compactMap { $0 }
    for (p, q) in zip(p, q) {
      guard let p else {
        #expect(q == nil)
        continue
      }
      // m·p′/#{p ≤ p′} of each p′ from p on.
      let rates = tested.filter { $0 >= p }.map { other in
        Double(tested.count) * other / Double(tested.count { $0 <= other })
      }
      #expect(abs((q ?? .nan) - (rates.min() ?? .nan)) < 1e-12, "seed \(seed)")
    }
    let order = p.indices.shuffled(using: &random)
    #expect(benjaminiHochberg(order.map { p[$0] }) == order.map { q[$0] }, "seed \(seed)")
  }
}
