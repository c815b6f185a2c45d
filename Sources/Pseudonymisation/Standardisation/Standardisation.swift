import Cryptography
import Tabular

// Two ways to write one value become the same bytes, before a token is made of them.
//
// All tables are in `NL1Table`; nothing here asks the toolchain or a locale what a letter is.

/// Standardisation NL-1: what two records may write differently and still mean alike.
///
/// - Note: Clear identifiers pass through here.
package struct Standardisation: Sendable {
  package static let name = "NL-1"

  /// `NL-1:` and 16 hexadecimal digits of the SHA-256 digest of all rules; enters every derivation.
  package let identifier: String

  let characters: CharacterTable
  let prefixes: PrefixTable

  /// Reads the compiled-in tables.
  package init() throws(StandardisationError) { try self.init(table: NL1Table.text) }

  init(table: String) throws(StandardisationError) {
    var characters = CharacterTable()
    var prefixes = PrefixTable()
    let lines = table.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.isEmpty && line.first != "#" {
      let isUnderstood: Bool
      if let rest = line.after("fold ") {
        isUnderstood = characters.add(rest)
      } else if let rest = line.after("prefix ") {
        isUnderstood = prefixes.addForms(rest)
      } else if let rest = line.after("prefixes: ") {
        prefixes.addPlain(rest)
        isUnderstood = true
      } else if let rest = line.after("elided: ") {
        prefixes.addElided(rest)
        isUnderstood = true
      } else if let rest = line.after("joined: ") {
        prefixes.addJoined(rest)
        isUnderstood = true
      } else {
        isUnderstood = index == 0 && line == Self.name
      }
      guard isUnderstood else { throw .table(line: index + 1) }
    }
    self.characters = characters
    self.prefixes = prefixes
    do {
      let digest = try sha256(of: Array(table.utf8))
      identifier = "\(Self.name):\(lowerHex(digest.prefix(8)))"
    } catch { throw .cryptography(error) }
  }

  /// A BSN as nine digits.
  ///
  /// - Parameter number: as `ClearBatch` holds it.
  /// - Returns: missing for 999999999, which means that there is none; `bsn-check` for 0 and for
  ///   what fails the eleven-test.
  package func bsn(_ number: Int64) -> StandardisedValue {
    guard number != missingInteger && number != 999_999_999 else { return .missing }
    guard passesElevenTest(number) else { return .fault(.bsnCheck) }
    // Once a person: a night's dearest value, so no text is made on the way.
    var digits = [UInt8](repeating: UInt8(ascii: "0"), count: 9)
    var rest = UInt32(truncatingIfNeeded: number)
    for place in stride(from: 8, through: 0, by: -1) {
      digits[place] += UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    return .value(digits)
  }

  /// A date as `YYYY-MM-DD`.
  ///
  /// - Parameter dayNumber: days since 1970-01-01; outside the years 1 to 9999 it is `date`.
  /// - Returns: ten bytes.
  package func date(_ dayNumber: Int64) -> StandardisedValue {
    guard dayNumber != missingInteger else { return .missing }
    guard (-719_162...2_932_896).contains(dayNumber) else { return .fault(.date) }
    return .value(Array(CivilDate(dayNumber: Int(dayNumber)).description.utf8))
  }

  /// A date of which parts may be unknown, as `YYYY-MM-DD`.
  ///
  /// Unknown birthdays must not agree, so a date without day or month is missing; that is no fault,
  /// and its year may still be kept.
  ///
  /// - Parameter number: year · 10,000 + month · 100 + day, unknown parts 0.
  /// - Returns: ten bytes; missing when a part is unknown; `date` when the calendar has no such day,
  ///   `date-partial` when the day is known and the month is not.
  package func partialDate(_ number: Int64) -> StandardisedValue {
    guard number != missingInteger && number != 0 else { return .missing }
    guard (1...9999_99_99).contains(number) else { return .fault(.date) }
    let year = Int(number / 10_000)
    let month = Int(number / 100 % 100)
    let day = Int(number % 100)
    guard month <= 12 && day <= 31 else { return .fault(.date) }
    if month == 0 && day > 0 { return .fault(.datePartial) }
    if year == 0 || month == 0 || day == 0 { return .missing }
    guard let date = CivilDate(year: year, month: month, day: day) else { return .fault(.date) }
    return .value(Array(date.description.utf8))
  }

  /// A postcode as `1234AB`.
  ///
  /// - Parameter utf8: as written, with spaces or small letters.
  /// - Returns: six bytes; `postcode` when it is none.
  package func postcode(_ utf8: Span<UInt8>) -> StandardisedValue {
    var code: [UInt8] = []
    for index in utf8.indices {
      let byte = utf8[index]
      if byte == space || byte == UInt8(ascii: "\t") { continue }
      // A long value is no postcode; it need not be read to its end.
      guard code.count < 6 else { return .fault(.postcode) }
      code.append((0x61...0x7A).contains(byte) ? byte - 0x20 : byte)
    }
    if code.isEmpty { return .missing }
    let isPostcode =
      code.count == 6 && (0x31...0x39).contains(code[0])
      && code[1...3].allSatisfy { (0x30...0x39).contains($0) }
      && code[4...5].allSatisfy { (0x41...0x5A).contains($0) }
    return isPostcode ? .value(code) : .fault(.postcode)
  }

  /// A text or code as it is, without white space around it.
  package func text(_ utf8: Span<UInt8>) -> StandardisedValue {
    let trimmed = (0..<utf8.count).filter { utf8[$0] != space && !(0x09...0x0D).contains(utf8[$0]) }
    guard let first = trimmed.first, let last = trimmed.last else { return .missing }
    return .value((first...last).map { utf8[$0] })
  }

  /// A number in decimal digits.
  ///
  /// - Parameter number: in its stored unit.
  /// - Returns: digits, perhaps after `-`.
  package func integer(_ number: Int64) -> StandardisedValue {
    number == missingInteger ? .missing : .value(Array(String(number).utf8))
  }
}

extension Substring {
  /// What follows these letters at the front; nil when other letters stand there.
  fileprivate func after(_ start: String) -> Substring? {
    hasPrefix(start) ? dropFirst(start.count) : nil
  }
}
