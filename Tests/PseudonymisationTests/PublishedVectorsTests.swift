import Foundation
import Tabular
import Testing

@testable import Pseudonymisation

@Suite("Published vectors of NL-1")
struct PublishedVectorsTests {
  private let rules: Standardisation

  init() throws { rules = try Standardisation() }

  @Test("every value of the vectors becomes what the second implementation says")
  func agrees() throws {
    let path = #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
    let text = try String(contentsOfFile: path + "/Vectors/NL-1.tsv", encoding: .utf8)
    let lines = text.split(separator: "\n")
    #expect(lines.first == "label\traw\tstandardised\treason")
    #expect(lines.count == 644)
    for (number, line) in lines.enumerated().dropFirst() {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 4, let raw = Self.unescaped(cells[1]) else {
        Issue.record("line \(number + 1) cannot be read")
        continue
      }
      let expected: StandardisedValue? =
        switch cells[3] {
        case "": .value(Array(cells[2].utf8))
        case "missing": .missing
        default: RejectReason(rawValue: cells[3]).map { .fault($0) }
        }
      #expect(standardised(raw, label: cells[0]) == expected, "line \(number + 1): \(cells[1])")
    }
  }

  private func standardised(_ raw: String, label: String) -> StandardisedValue? {
    let bytes = Array(raw.utf8)
    switch label {
    case "person": return Int64(raw).map { rules.bsn($0) }
    case "birth-date": return Int64(raw.replacing("-", with: "")).map { rules.partialDate($0) }
    case "postcode": return rules.postcode(bytes.span)
    default: break
    }
    // `house-suffix of house-number`: a part that is taken out of another column's values.
    let words = label.components(separatedBy: " of ")
    if let part = Standardisation.HousePart(label: words[0], isSplit: words.count > 1) {
      return rules.house(bytes.span, part)
    }
    let kind = Standardisation.Kind(label: words[0], isSplit: words.count > 1)
    return rules.name(bytes.span, kind: kind)
  }

  /// `\u{HEX}` as its code point, `\\` as a backslash; nil for any other escape.
  private static func unescaped(_ text: String) -> String? {
    var result = ""
    var rest = text[...]
    while let escape = rest.firstIndex(of: "\\") {
      result += rest[..<escape]
      rest = rest[rest.index(after: escape)...]
      if rest.hasPrefix("\\") {
        result += "\\"
        rest = rest.dropFirst()
        continue
      }
      guard rest.hasPrefix("u{"), let end = rest.firstIndex(of: "}"),
        let scalar = UInt32(rest.dropFirst(2).prefix(upTo: end), radix: 16)
          .flatMap(Unicode.Scalar.init)
      else { return nil }
      result.unicodeScalars.append(scalar)
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  @Test("90,909,091 of a thousand million numbers pass the eleven-test")
  func countsPassing() {
    // How many strings of the last digits leave each remainder; a digit is added in front.
    func remainders(_ weights: [Int]) -> [Int] {
      weights.reduce([1] + Array(repeating: 0, count: 10)) { counts, weight in
        (0..<11).map { remainder in
          (0...9).reduce(0) { $0 + counts[((remainder - weight * $1) % 11 + 11) % 11] }
        }
      }
    }
    #expect(remainders([-1, 2, 3, 4, 5, 6, 7, 8, 9])[0] == 90_909_091)
    // The rules agree with that count on the 100,000 numbers that begin with 2718.
    let front = 9 * 2 + 8 * 7 + 7 * 1 + 6 * 8
    let expected = remainders([-1, 2, 3, 4, 5])[(11 - front % 11) % 11]
    let passing = (271_800_000..<271_900_000 as Range<Int64>).count {
      rules.bsn($0) != .fault(.bsnCheck)
    }
    #expect(passing == expected)
  }
}
