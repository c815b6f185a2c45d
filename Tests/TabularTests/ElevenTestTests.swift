import Tabular
import TestSupport
import Testing

@Suite("The eleven-test of a BSN")
struct ElevenTestTests {
  @Test("the eleven-test agrees with its definition", arguments: 0..<100 as Range<UInt64>)
  func elevenTest(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let number = Int64(random.next() % 1_000_000_000)
      var digits: [Int64] = []
      var rest = number
      for _ in 0..<9 {
        digits.insert(rest % 10, at: 0)
        rest /= 10
      }
      var sum = -digits[8]
      for place in 0..<8 { sum += Int64(9 - place) * digits[place] }
      #expect(passesElevenTest(number) == (number > 0 && sum % 11 == 0), "seed \(seed): \(number)")
    }
  }

  @Test("what has more than nine digits or is negative passes never")
  func otherNumbers() {
    for number in [-999_990_019, 1_000_000_000, 1_999_990_019, .max, .min] as [Int64] {
      #expect(!passesElevenTest(number))
    }
    #expect(passesElevenTest(999_990_019))
  }
}
