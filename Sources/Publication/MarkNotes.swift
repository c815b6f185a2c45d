import DisclosureControl
import Tabular

extension CellMark {
  /// What stands under a table in which the mark does; nil where it says nothing of protection.
  ///
  /// English and Dutch, as the manifest has them.
  package var note: (english: String, dutch: String)? {
    switch self {
    case .hidden:
      ("not shown, to protect people", "niet getoond, om mensen te beschermen")
    case .held:
      ("not renewed, to protect people", "niet vernieuwd, om mensen te beschermen")
    case .changed:
      (
        "perturbed or rounded; totals may not add up",
        "verstoord of afgerond; totalen hoeven niet te kloppen"
      )
    case .none, .missing, .few, .pooled, .snapshot, .stale: nil
    }
  }

  /// The notes of marks, by symbol and language.
  static func notes(of symbols: Set<String>) -> JSONValue {
    var notes: [String: JSONValue] = [:]
    for mark in allCases where symbols.contains(mark.symbol) {
      guard let note = mark.note else { continue }
      notes[mark.symbol] = ["en": .string(note.english), "nl": .string(note.dutch)]
    }
    return .object(notes)
  }
}
