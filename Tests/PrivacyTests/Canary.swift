import TestSupport

/// A person who exists in the tests alone, with all that would give them away.
struct Canary {
  let bsn: String
  let surname: String
  let firstName: String
  let birthDate: String
  let postcode: String
  let houseNumber: Int
  let client: String
  let assignment: String
  let invoice: String
  let iban: String
  let mail: String
  let phone: String

  /// Each value that must never be found, with the word for its kind.
  var identifiers: [(kind: String, value: String)] {
    [
      ("BSN", bsn), ("surname", surname), ("first name", firstName), ("birth date", birthDate),
      ("birth date with surname", "\(birthDate);\(surname)"), ("postcode", postcode),
      ("postcode", "\(postcode.prefix(4)) \(postcode.suffix(2))"),
      ("postcode with number", "\(postcode);\(houseNumber)"), ("client", client),
      ("assignment", assignment), ("invoice", invoice), ("IBAN", iban), ("mail", mail),
      ("phone", phone),
    ]
  }

  /// Makes so many people up; no two share a value.
  static func flock(_ count: Int, seed: UInt64) -> [Canary] {
    var random = SeededGenerator(seed: seed)
    var numbers: Set<Int> = []
    return (0..<count).map { place in
      var number = 0
      repeat {
        number = Int.random(in: 100_000_00...899_999_99, using: &random)
      } while checkDigit(number) == nil || !numbers.insert(number).inserted
      let surname = word("Zwq", place, &random)
      let phone = String(Int.random(in: 10_000_000...99_999_999, using: &random))
      let account = String(Int.random(in: 1_000_000_000...9_999_999_999, using: &random))
      return Canary(
        bsn: "\(number)\(checkDigit(number) ?? 0)",
        surname: surname,
        firstName: word("Xjk", place, &random),
        birthDate:
          "19\(10 + place % 80)-0\(1 + place / 80 % 9)-\(10 + Int.random(in: 0..<18, using: &random))",
        // No hexadecimal digits: a digest would hold them by chance.
        postcode:
          "\(1_000 + place * 7 % 8_999)\(letter(6 + place / 20 % 20))\(letter(6 + place % 20))",
        houseNumber: 1 + place % 90,
        client: "CL\(Int.random(in: 10_000_000...99_999_999, using: &random))",
        assignment: "\(Int.random(in: 7_000_000_000...7_999_999_999, using: &random))",
        invoice: "F-2026-\(Int.random(in: 100_000...999_999, using: &random))-\(place)",
        iban: iban(account),
        mail: "\(surname.lowercased())@canary.example",
        phone: "06\(phone)"
      )
    }
  }

  /// The ninth digit of a BSN; nil when none would pass.
  private static func checkDigit(_ number: Int) -> Int? {
    var (rest, sum) = (number, 0)
    for weight in 2...9 {
      sum += weight * (rest % 10)
      rest /= 10
    }
    return sum % 11 == 10 ? nil : sum % 11
  }

  private static func iban(_ account: String) -> String {
    // INGB is 18 23 16 11, NL 23 21; the check is 98 less the rest by 97.
    var rest = 0
    for digit in "18231611\(account)232100" {
      rest = (rest * 10 + (digit.wholeNumberValue ?? 0)) % 97
    }
    let check = 98 - rest
    return "NL\(check < 10 ? "0" : "")\(check)INGB\(account)"
  }

  private static func letter(_ number: Int) -> Character {
    Character(Unicode.Scalar(UInt8(0x41 + number % 26)))
  }

  private static func word(_ start: String, _ place: Int, _ random: inout SeededGenerator) -> String
  {
    var word = start
    for _ in 0..<6 {
      word.append(Character(Unicode.Scalar(UInt8.random(in: 0x61...0x7A, using: &random))))
    }
    return word
  }
}
