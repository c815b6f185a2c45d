import Tabular

/// What changed from one run to the next: policy, tool, rules, keys, what people judged.
struct ChangeFacts: Hashable {
  /// What a change is of.
  enum Kind: String, CaseIterable {
    case policy
    case tool
    case standardisation
    case keyMade = "key.new"
    case keyRotated = "key.rotated"
    case rotationTakenBack
    case keyRetired
    case keyDestroyed = "key.destroyed"
    case tableDestroyed = "table.destroyed"
    case signer
    /// Links were judged by people, and follow them from here on.
    case judged
  }

  /// One change.
  struct Change: Hashable {
    let time: DutchTime
    let line: Int
    let kind: Kind
    let from: String
    let to: String
    let reason: String
    let approvers: String
  }

  /// The last ones.
  private(set) var changes: [Change] = []
  private(set) var count = 0
  /// The policy of the last run.
  private(set) var policy = ""
  private var tool = ""
  private var standardisation = ""
  private var signer = ""

  private static let mostChanges = 12

  /// What was before the period.
  mutating func remember(_ record: LogRecord) { _ = follow(record) }

  mutating func take(_ record: LogRecord, at time: DutchTime) {
    for (kind, from, to) in follow(record) { add(kind, from, to, record, time) }
    let key = record["key"] ?? .null
    let id = key.text("id")
    switch record.event {
    case .keyNew: add(.keyMade, "", id, record, time)
    case .keyRotated:
      let kind: Kind =
        switch record.outcome {
        case "retired": .keyRetired
        case "rolled-back": .rotationTakenBack
        default: .keyRotated
        }
      add(kind, key.text("from"), id, record, time)
    case .keyDestroyed: add(.keyDestroyed, "", id, record, time)
    case .tableDestroyed: add(.tableDestroyed, "", id, record, time)
    case .stageEnded where record.outcome == "judged":
      add(.judged, "", BoundedCounts.shortened(record["sheet"]?.stringValue ?? ""), record, time)
    default: break
    }
  }

  /// What of a line differs from what the lines before it say.
  private mutating func follow(_ record: LogRecord) -> [(Kind, String, String)] {
    var found: [(Kind, String, String)] = []
    func told(_ kind: Kind, _ before: inout String, _ now: String) {
      guard !now.isEmpty, now != before else { return }
      if !before.isEmpty { found.append((kind, before, now)) }
      before = now
    }
    switch record.event {
    case .runStarted:
      told(.policy, &policy, BoundedCounts.shortened(record["policy"]?.stringValue ?? ""))
      let version = record["tool"]?.text("version") ?? ""
      let digest = record["tool"]?.text("sha256") ?? ""
      told(.tool, &tool, digest.isEmpty ? version : "\(version) (\(digest.prefix(12)))")
    case .stageEnded:
      let rules = record["standardisation"]?.stringValue ?? ""
      told(.standardisation, &standardisation, BoundedCounts.shortened(rules))
    case .keyLoaded, .keyNew:
      guard let key = record["key"], key["public"] != nil else { break }
      told(.signer, &signer, key.text("public"))
    default: break
    }
    return found
  }

  private mutating func add(
    _ kind: Kind,
    _ from: String,
    _ to: String,
    _ record: LogRecord,
    _ time: DutchTime
  ) {
    count += 1
    if changes.count == Self.mostChanges { changes.removeFirst() }
    let approvers = (record["approvers"]?.arrayValue ?? []).prefix(4).compactMap(\.stringValue)
    changes.append(
      Change(
        time: time,
        line: record.number,
        kind: kind,
        from: from,
        to: to,
        reason: BoundedCounts.shortened(record["reason"]?.stringValue ?? ""),
        approvers: BoundedCounts.shortened(approvers.joined(separator: ", "))
      )
    )
  }
}
