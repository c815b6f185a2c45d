import Files
import Linkage

/// The ledger of persons as people read it: ids and what happened to them, and no token.
package enum PersonLedgerListing {
  /// The events of `persons.ledger` as rows of text, the header first and the last night before others.
  ///
  /// Who has no key reads it so: nothing proves what it says.
  ///
  /// - Parameters:
  ///   - path: of the ledger.
  ///   - limit: how many events at most.
  /// - Returns: rows of equal length.
  /// - Throws: `FilesError`.
  package static func rows(path: String, limit: Int) throws -> [[String]] {
    var rows = [["night", "period", "event", "person", "other"]]
    for night in try Journal.nights(of: path).reversed() where rows.count <= limit {
      let facts = NightFacts(night.facts)
      try Journal.read(night, of: path) { part in
        guard rows.count <= limit else { return }
        guard let events = PersonEvent.events(of: part) else {
          throw FilesError.journal(path: path, fault: "a part of it is none of events")
        }
        for event in events.prefix(limit - (rows.count - 1)) {
          rows.append([
            facts?.started ?? "", facts?.period ?? "", PersonEvent.word(ofKey: event.key),
            "\(event.person)", event.other == 0 ? "" : "\(event.other)",
          ])
        }
      }
    }
    return rows
  }
}
