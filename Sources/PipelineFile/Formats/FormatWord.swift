/// A word that may stand after `read:`, and what it means.
package struct FormatWord: Sendable, Hashable {
  package let name: String
  /// Other words for the same.
  package let aliases: [String]
  /// In a few words, for people.
  package let meaning: String

  /// The format, if it knows its columns.
  package var known: KnownFormat? { KnownFormat(rawValue: name) }

  private init(_ name: String, _ aliases: [String], _ meaning: String) {
    self.name = name
    self.aliases = aliases
    self.meaning = meaning
  }

  /// Every format, the general ones first.
  package static let all = [
    FormatWord("csv", [], "delimited text, plain or gzip"),
    FormatWord("fixed", ["fixed-width"], "lines of fixed width"),
    FormatWord("ndjson", [], "a JSON value a line"),
    FormatWord("xml", [], "elements at a path from the root"),
    FormatWord("statline", [], "tables of CBS: csv in its dialect"),
    FormatWord("vektis", [], "claims in the EI standards AW319, ZH308, MZ301 and AP304"),
    FormatWord("iwmo", ["ijw"], "iWmo and iJw messages, as XML and as EI"),
    FormatWord("stuf-bg", [], "StUF-BG 0310 answers"),
    FormatWord("lo3", ["gba-v"], "persons of the GBA-V, of Lg01 messages and of LO3 extracts"),
    FormatWord("brp", ["brp-json"], "Haal Centraal BRP JSON"),
    FormatWord("fhir", [], "FHIR R4 resources as NDJSON"),
  ]

  /// The format that this word means; nil for none.
  package static func meant(by word: String) -> FormatWord? {
    all.first { $0.name == word || $0.aliases.contains(word) }
  }
}
