import Tabular
import Testing

@testable import Pseudonymisation

@Suite("Standardised numbers, dates and codes")
struct StandardisedNumberTests {
  private let rules: Standardisation

  init() throws { rules = try Standardisation() }

  private func value(_ text: String) -> StandardisedValue { .value(Array(text.utf8)) }

  @Test("a BSN has nine digits, 999999999 is none, and the eleven-test holds")
  func standardisesBSN() {
    #expect(rules.bsn(999_990_019) == value("999990019"))
    #expect(rules.bsn(12_345_672) == value("012345672"))
    #expect(rules.bsn(999_999_999) == .missing)
    #expect(rules.bsn(missingInteger) == .missing)
    for number in [0, 999_990_018, 123_456_789, -1, 1_000_000_000, .max] as [Int64] {
      #expect(rules.bsn(number) == .fault(.bsnCheck))
    }
  }

  @Test("the eleven-test is that of its weights 9 8 7 6 5 4 3 2 and -1")
  func agreesWithWeights() {
    for number in stride(from: 1 as Int64, to: 999_999_999, by: 99_991) {
      let digits = String(1_000_000_000 + number).dropFirst()
      let sum = zip(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]).reduce(0) { sum, next in
        sum + (next.0.wholeNumberValue ?? 0) * next.1
      }
      let expected = sum % 11 == 0 ? value(String(digits)) : .fault(.bsnCheck)
      #expect(rules.bsn(number) == expected)
    }
  }

  @Test("one in eleven of a run of numbers passes the eleven-test")
  func passesOneInEleven() {
    let passing = (100_000_000..<100_099_999).count { number in
      rules.bsn(Int64(number)) != .fault(.bsnCheck)
    }
    #expect((9_000...9_182).contains(passing))
  }

  @Test("a date is written as YYYY-MM-DD over the whole calendar and refused beyond it")
  func standardisesDates() {
    #expect(rules.date(0) == value("1970-01-01"))
    #expect(rules.date(-719_162) == value("0001-01-01"))
    #expect(rules.date(2_932_896) == value("9999-12-31"))
    #expect(rules.date(missingInteger) == .missing)
    for number in [-719_163, 2_932_897, .max, .min + 1] as [Int64] {
      #expect(rules.date(number) == .fault(.date))
    }
  }

  @Test("a partial date gives bytes only when it is whole")
  func standardisesPartialDates() {
    #expect(rules.partialDate(1968_02_29) == value("1968-02-29"))
    #expect(rules.partialDate(1968_02_00) == .missing)
    #expect(rules.partialDate(1968_00_00) == .missing)
    #expect(rules.partialDate(0) == .missing)
    #expect(rules.partialDate(missingInteger) == .missing)
    #expect(rules.partialDate(1967_02_29) == .fault(.date))
    #expect(rules.partialDate(1968_13_01) == .fault(.date))
    #expect(rules.partialDate(1968_00_12) == .fault(.datePartial))
    for number in [-1, .max, .min + 1, 1_0000_00_00] as [Int64] {
      #expect(rules.partialDate(number) == .fault(.date))
    }
  }

  @Test("whole dates and partial dates that are whole give one value")
  func datesAgree() {
    for dayNumber in stride(from: -40_000 as Int64, to: 30_000, by: 17) {
      let date = CivilDate(dayNumber: Int(dayNumber))
      let number = Int64(date.year * 10_000 + date.month * 100 + date.day)
      #expect(rules.partialDate(number) == rules.date(dayNumber))
    }
  }

  @Test(
    "a postcode loses its spaces and small letters",
    arguments: [
      ("7001AB", "7001AB"), ("7001 ab", "7001AB"), (" 7001\tAb ", "7001AB"),
    ]
  )
  func standardisesPostcodes(written: String, standard: String) {
    #expect(rules.postcode(Array(written.utf8).span) == value(standard))
  }

  @Test(
    "what is no postcode is refused",
    arguments: ["0001AB", "7001A", "7001ABC", "700AAB", "70011B", "7001A1", "7001É", "B-1000"]
  )
  func refusesPostcodes(written: String) {
    #expect(rules.postcode(Array(written.utf8).span) == .fault(.postcode))
  }

  @Test("a text keeps its bytes but those around it, and an empty one is missing")
  func standardisesTexts() {
    #expect(rules.text(Array(" \tA  b\r\n".utf8).span) == value("A  b"))
    #expect(rules.text(Array(" \t".utf8).span) == .missing)
    #expect(rules.text([UInt8]().span) == .missing)
    #expect(rules.postcode([UInt8]().span) == .missing)
    #expect(rules.integer(-12) == value("-12"))
    #expect(rules.integer(missingInteger) == .missing)
  }
}
