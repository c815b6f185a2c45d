/// What is odd about a file, though its rows are read.
package enum FileWarning: Sendable, Hashable {
  /// It is declared to be ISO-8859-1, and all its bytes beyond ASCII form UTF-8.
  case looksLikeUTF8
  /// It is declared to be ISO-8859-1, and has bytes that only windows-1252 gives letters.
  case looksLikeWindows1252
  /// In so many rows of a message, volume times tariff is not the amount.
  case amountMismatches(Int)

  /// What is to be said of a file; of all its chunks together.
  package static func all(of facts: FileFacts) -> [FileWarning] {
    var warnings: [FileWarning] = []
    if facts.highBytes.contains(.sequences) && !facts.highBytes.contains(.others) {
      warnings.append(.looksLikeUTF8)
    } else if facts.highBytes.contains(.controls) {
      warnings.append(.looksLikeWindows1252)
    }
    if facts.amountMismatches > 0 {
      warnings.append(.amountMismatches(facts.amountMismatches))
    }
    return warnings
  }

  /// What was found.
  package var sentence: String {
    switch self {
    case .looksLikeUTF8: "all bytes beyond ASCII form utf-8, though iso-8859-1 is declared"
    case .looksLikeWindows1252:
      "found bytes 80 to 9F, which iso-8859-1 gives no letters; their rows are rejected (encoding)"
    case .amountMismatches(let count):
      "GeleverdVolume times ProductTarief is not Bedrag in \(count) \(count == 1 ? "row" : "rows")"
    }
  }

  /// What to do about it.
  package var hint: String {
    switch self {
    case .looksLikeUTF8: "declare 'encoding: utf-8', else accented names match nobody"
    case .amountMismatches: "the amount counts; ask the sender which of the three is wrong"
    case .looksLikeWindows1252: "is it windows-1252? ask the sender for utf-8"
    }
  }
}
