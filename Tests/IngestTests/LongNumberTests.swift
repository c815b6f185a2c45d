import Tabular
import TestSupport
import Testing

@testable import Ingest

@Suite("Long numbers")
struct LongNumberTests {
  @Test("whole numbers of any length are what they say", arguments: 0..<20 as Range<UInt64>)
  func digits(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var expected: [String] = []
    var text = "n;x\n"
    for _ in 0..<300 {
      let count = Int.random(in: 1...19, using: &random)
      var digits = (0..<count).map { _ in Character("\(Int.random(in: 0...9, using: &random))") }
      let isFaulty = Int.random(in: 0..<5, using: &random) == 0
      if isFaulty {
        digits[Int.random(in: 0..<count, using: &random)] =
          "/:x,".randomElement(using: &random) ?? "x"
      }
      let written = String(digits)
      text += written + ";1\n"
      let significant = written.drop { $0 == "0" }
      expected.append(
        isFaulty || significant.count > 17 ? "-|1" : "\(Int64(written) ?? -1)|1"
      )
    }
    let outcome = try Extract.csv([column("n", .integer), column("x", .integer)]).read(text)
    #expect(outcome.rows == expected, "seed \(seed)")
  }
}
