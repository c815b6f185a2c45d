import Testing

@testable import SampleRegion

@Suite("BSN series")
struct BsnSeriesTests {
  @Test("Numbers are distinct, pass the eleven-test and use up the test range first")
  func numbers() {
    var series = BsnSeries(seed: 3)
    let numbers = (0..<30_000).map { _ in series.next() }
    #expect(Set(numbers).count == numbers.count)
    #expect(numbers.allSatisfy { passesBySum($0) })
    let inRange = (999_900_006...999_999_990).filter { passesBySum($0) }
    #expect(Set(numbers[..<inRange.count]) == Set(inRange))
    #expect(numbers[inRange.count...].allSatisfy { $0 < 999_900_000 && $0 >= 100_000_000 })
    #expect(!numbers.contains(999_999_999))
  }

  @Test("The eleven-test agrees with its definition")
  func elevenTest() {
    var stream = RandomStream(5, .bsn)
    for number in [0, 999_999_999, 123_456_782, 999_990_019] {
      #expect(BsnSeries.passesElevenTest(number) == (number > 0 && passesBySum(number)))
    }
    for _ in 0..<20_000 {
      let number = 1 + stream.below(999_999_999)
      #expect(BsnSeries.passesElevenTest(number) == passesBySum(number))
    }
  }

  @Test("A number with one digit changed fails the eleven-test")
  func changedDigit() {
    var series = BsnSeries(seed: 4)
    for draw in 0..<2_000 {
      let wrong = TypingError.mistyped(series.next(), draw)
      #expect(!passesBySum(wrong))
      #expect((100_000_000...999_999_999).contains(wrong))
    }
  }
}

/// Nine times the first digit, eight times the second … minus the last: a multiple of eleven.
func passesBySum(_ number: Int) -> Bool {
  let text = String(number)
  let digits = Array(String(repeating: "0", count: 9 - text.count) + text)
    .compactMap(\.wholeNumberValue)
  var sum = -digits[8]
  for place in 0..<8 { sum += digits[place] * (9 - place) }
  return sum % 11 == 0
}
