package import Tabular

/// What differs between two runs that publish the same: names, times, and the log they wrote.
///
/// All of it stands in one object of the manifest, `run`, so that the rest can be compared byte for
/// byte.
package struct ManifestRun: Sendable {
  package let id: String
  /// UTC, as the privacy log writes it.
  package let started: String
  /// UTC, as the privacy log writes it.
  package let ended: String
  /// Lines of the privacy log when the tables were made.
  package let logSize: Int
  /// The leaf hash of the log's last line, as 64 lower-case hexadecimal digits.
  package let logHead: String
  /// What happened to ids of persons: how many of each kind of event; none in a night that is run again.
  package let personEvents: [String: Int]
  /// How many releases the ledger holds, this one too; 0 where none is kept.
  package let releases: Int

  package init(
    id: String,
    started: String,
    ended: String,
    logSize: Int,
    logHead: String,
    personEvents: [String: Int] = [:],
    releases: Int = 0
  ) {
    self.id = id
    self.started = started
    self.ended = ended
    self.logSize = logSize
    self.logHead = logHead
    self.personEvents = personEvents
    self.releases = releases
  }

  package var json: JSONValue {
    var members: [String: JSONValue] = [
      "id": .string(id),
      "started": .string(started),
      "ended": .string(ended),
      "privacy_log": ["size": .count(logSize), "head": .string(logHead)],
      "person_events": .object(personEvents.mapValues { .count($0) }),
    ]
    members["releases"] = releases == 0 ? nil : .count(releases)
    return .object(members)
  }
}
