import Testing

@testable import DisclosureControl

@Suite("Minimum rule")
struct MinimumRuleTests {
  @Test("no number, however wrong, traps the rule")
  func survivesExtremes() {
    let rule = MinimumRule(minimum: 10)
    let numbers: [Int64] = [.min, -1, 0, 1, 9, 10, .max]
    for persons in numbers {
      for value in numbers {
        if rule.isSensitive(count: value, persons: persons) {
          #expect((1..<10).contains(persons) || (1..<10).contains(value))
        }
        if (1..<10).contains(value) {
          #expect(rule.isSensitive(part: value, persons: persons))
          #expect(rule.isSensitive(contributors: value, persons: persons))
        }
      }
    }
  }

  @Test("a minimum of 1 or less hides nobody", arguments: [1, 0, -3] as [Int64])
  func allowsEverything(minimum: Int64) {
    let rule = MinimumRule(minimum: minimum)
    #expect(!rule.isSensitive(count: 1, persons: 1))
    #expect(!rule.isSensitive(part: 1, persons: 2))
  }
}
