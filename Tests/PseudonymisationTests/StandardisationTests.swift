import Foundation
import Tabular
import TestSupport
import Testing

@testable import Pseudonymisation

@Suite("Standardisation NL-1")
struct StandardisationTests {
  private let rules: Standardisation

  init() throws { rules = try Standardisation() }

  private func name(_ text: String, _ kind: Standardisation.Kind) -> StandardisedValue {
    rules.name(Array(text.utf8).span, kind: kind)
  }

  private func value(_ text: String?) -> StandardisedValue {
    text.map { .value(Array($0.utf8)) } ?? .missing
  }

  @Test("the rules have the digest that every token of today was made under")
  func hasItsDigest() {
    // A new digest means new tokens everywhere: on purpose only.
    #expect(rules.identifier == "NL-1:38f49852f00c47cc")
  }

  @Test("every surname of the vectors becomes what is published")
  func followsSurnameVectors() {
    for vector in StandardisationVectors.surnames {
      #expect(
        name(vector.written, .surname) == value(vector.standard),
        "\(vector.written) gives \(text(name(vector.written, .surname)))"
      )
    }
  }

  @Test("every first name and every prefix of the vectors becomes what is published")
  func followsOtherVectors() {
    for vector in StandardisationVectors.firstNames {
      #expect(name(vector.written, .firstNames) == value(vector.standard), "\(vector.written)")
      #expect(name(vector.written, .name) == value(vector.standard), "\(vector.written)")
    }
    for vector in StandardisationVectors.prefixes {
      #expect(name(vector.written, .prefix) == value(vector.standard), "\(vector.written)")
    }
  }

  @Test(
    "a token's label tells what of a person its names are",
    arguments: [
      ("surname", Standardisation.Kind.surname), ("partner-surname", .surname),
      ("first-name", .firstNames), ("first_names", .firstNames), ("prefix", .prefix),
      ("surname_part_1", .surnamePart1), ("partner-surname-part-2", .surnamePart2),
      ("first_names_1", .firstName), ("first-names-1", .firstName),
      ("mother", .name), ("", .name),
    ]
  )
  func readsLabels(label: String, kind: Standardisation.Kind) {
    #expect(Standardisation.Kind(label: label) == kind)
  }

  @Test("a name in another script is told apart from a missing one")
  func refusesOtherScripts() {
    for text in StandardisationVectors.otherScripts {
      for kind in Standardisation.Kind.allCases {
        #expect(name(text, kind) == .fault(.nameScript))
      }
    }
    #expect(rules.name([0x4A, 0xFF].span, kind: .surname) == .fault(.encoding))
  }

  @Test("128 bytes are a name and 129 are not, whatever stood around them")
  func limitsLength() {
    let longest = String(repeating: "a", count: 128)
    #expect(name("van den  \(longest)", .surname) == value(longest))
    #expect(name("\(longest)e\u{301}", .surname) == .fault(.nameLength))
  }

  @Test("precomposed and decomposed characters agree, for every character there is")
  func agreesOnEveryCharacter() {
    var disagreeing: [String] = []
    for number in (0x1...0x2FFFF as ClosedRange<UInt32>) {
      guard let scalar = Unicode.Scalar(number) else { continue }
      let written = "x\(Character(scalar))y"
      let forms = [
        written, written.decomposedStringWithCanonicalMapping,
        written.precomposedStringWithCanonicalMapping,
      ]
      if Set(forms.map { name($0, .name) }).count > 1 {
        disagreeing.append(String(number, radix: 16))
      }
    }
    #expect(disagreeing == [])
  }

  @Test("capitals and small letters agree, for every Latin letter with a mark")
  func agreesOnCase() {
    for number in (0x41...0x24F as ClosedRange<UInt32>) {
      guard let scalar = Unicode.Scalar(number) else { continue }
      let small = name(scalar.properties.lowercaseMapping, .name)
      #expect(name(String(Character(scalar)), .name) == small, "U+\(String(number, radix: 16))")
    }
  }

  @Test(
    "standardising again changes nothing, and neither does the form of the letters",
    arguments: 0..<300 as Range<UInt64>
  )
  func isIdempotent(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "van", "den", "der", "de", "v.", "d.", "v/d", "'t", "'s", "'", "\u{2019}", "-", " ", " ", ",",
      "el", "Al", "IJ", "i", "j", "ÿ", "é", "ß", "Berg", "Boer", "Jansen", "d'", "l'", "in", "in't",
      "van't", "s", "t", "a", "--", "Ærø", "\u{301}", "ait", "o'", ".", "dell'",
    ]
    for _ in 0..<40 {
      let count = Int.random(in: 1...9, using: &random)
      let written = (0..<count).map { _ in
        (pieces.randomElement(using: &random) ?? "")
          + (Bool.random(using: &random) ? " " : "")
      }.joined()
      for kind in Standardisation.Kind.allCases {
        let once = name(written, kind)
        if case .value(let bytes) = once {
          // Of a surname's part or prefix what is left is a surname or a prefix by itself.
          let again: Standardisation.Kind =
            switch kind {
            case .surnamePart1, .surnamePart2: .surname
            case .prefixOfSurname: .prefix
            default: kind
            }
          #expect(rules.name(bytes.span, kind: again) == once, "seed \(seed): '\(written)'")
          #expect(bytes.allSatisfy { $0 < 0x80 }, "seed \(seed)")
        }
        for form in [
          written.decomposedStringWithCanonicalMapping,
          written.precomposedStringWithCanonicalMapping,
        ] {
          #expect(name(form, kind) == once, "seed \(seed): '\(written)'")
        }
      }
    }
  }

  @Test(
    "a surname is its sorted parts, whatever stands in front of them",
    arguments: 0..<100 as Range<UInt64>
  )
  func partsMakeSurname(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let words = ["Jansen", "Boer", "Ven", "Berg", "Dijk", "Hof", "Smit", "Özer"]
    let prefixes = ["", "van den ", "V.D. ", "de ", "van 't ", "el ", "d'"]
    let parts = (0..<Int.random(in: 1...2, using: &random)).map { _ in
      (prefixes.randomElement(using: &random) ?? "") + (words.randomElement(using: &random) ?? "")
    }
    let both = name(parts.joined(separator: "-"), .surname)
    #expect(name(parts.reversed().joined(separator: "-"), .surname) == both, "\(parts)")
    let found =
      [name(parts.joined(separator: " - "), .surnamePart1)]
      + (parts.count > 1 ? [name(parts.joined(separator: "-"), .surnamePart2)] : [])
    #expect(found.map(text).joined(separator: "-") == text(both), "\(parts)")
    // What is split off is what a register writes in a column of its own.
    let split = name(parts.joined(separator: "-"), .prefixOfSurname)
    let own = prefixes.first { !$0.isEmpty && parts[0].hasPrefix($0) } ?? ""
    #expect(split == name(own, .prefix), "\(parts)")
  }

  @Test(
    "a house number and its suffix are the same in one column and in two",
    arguments: 0..<100 as Range<UInt64>
  )
  func splitsHouseNumbers(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let number = Int.random(in: 0...99_999, using: &random)
    let suffix = ["", "A", "a", "bis", "2", "A3", "hs"].randomElement(using: &random) ?? ""
    let between = ["-", " ", "/", " - ", "\u{2013}", ". "].randomElement(using: &random) ?? ""
    let zeros = String(repeating: "0", count: Int.random(in: 0...4, using: &random))
    let written = Array("\(zeros)\(number)\(between)\(suffix)".utf8)
    #expect(rules.house(written.span, .number) == rules.integer(Int64(number)), "seed \(seed)")
    #expect(
      rules.house(written.span, .suffixOfNumber) == rules.house(Array(suffix.utf8).span, .suffix),
      "seed \(seed)"
    )
    for part in [Standardisation.HousePart.number, .suffix] {
      guard case .value(let bytes) = rules.house(written.span, part) else {
        Issue.record("seed \(seed)")
        continue
      }
      #expect(rules.house(bytes.span, part) == .value(bytes), "seed \(seed)")
    }
  }

  @Test("a name of 64 KiB takes its time once, not once for each of its words")
  func survivesHostileNames() {
    for piece in ["van ", "x-", "d'", "'", "\u{301}", ",", "ij", "van de l' "] {
      let written = String(repeating: piece, count: 65_536 / piece.utf8.count)
      for kind in Standardisation.Kind.allCases {
        if case .value(let bytes) = name(written, kind) { #expect(bytes.count <= 128) }
      }
    }
  }

  @Test("a line of the table that cannot be read is told by its number")
  func tellsFaultyTable() {
    for line in ["fold", "fold a 0041", "fold a: 00G1", "fold a: 0042-0041", "prefix x", "other"] {
      #expect(throws: StandardisationError.table(line: 3)) {
        try Standardisation(table: "NL-1\n\n\(line)\n")
      }
    }
    #expect(throws: StandardisationError.table(line: 2)) {
      try Standardisation(table: "fold a: 0041\nfold b: 0041")
    }
  }

  private func text(_ value: StandardisedValue) -> String {
    if case .value(let bytes) = value { String(decoding: bytes, as: UTF8.self) } else { "\(value)" }
  }
}
