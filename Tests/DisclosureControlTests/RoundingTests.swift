import TestSupport
import Testing

@testable import DisclosureControl

@Suite("Rounding")
struct RoundingTests {
  @Test("every small number goes to a multiple that no other multiple is nearer than")
  func isNearest() {
    for step in 2...12 as ClosedRange<Int64> {
      for value in -100...100 as ClosedRange<Int64> {
        let result = rounded(value, toMultipleOf: step)
        #expect(result % step == 0)
        #expect(abs(result - value) * 2 <= step)
        if abs(result - value) * 2 == step { #expect(abs(result) > abs(value)) }
      }
    }
  }

  @Test("a step below 2 leaves every number as it is", arguments: [1, 0, -5, Int64.min])
  func keepsWithoutStep(step: Int64) {
    #expect(rounded(1234, toMultipleOf: step) == 1234)
  }

  @Test("the outermost numbers round without overflow")
  func survivesExtremes() {
    for step in [2, 5, 1000, Int64.max] {
      for value in [Int64.max, Int64.max - 1, Int64.min, Int64.min + 1] {
        #expect(rounded(value, toMultipleOf: step) % step == 0)
      }
    }
  }
}
