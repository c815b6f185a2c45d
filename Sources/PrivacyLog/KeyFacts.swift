import Tabular

/// Which keys were used, and in what state they were.
struct KeyFacts: Hashable {
  /// One generation of a key.
  struct Key: Hashable {
    var id = ""
    var name = ""
    var level = ""
    var fingerprint = ""
    var scope = ""
    var isDemo = false
    var signs = false
    /// As its record said at the last use, or as a later line of the log says.
    var state = ""
    /// Runs that loaded it in the period.
    var useCount = 0
    var firstDay: Int?
    var lastDay: Int?

    /// What tells it apart in a report: a fingerprint, or the beginning of a public key.
    var shownFingerprint: String { signs ? "\(fingerprint.prefix(16))…" : fingerprint }
  }

  /// In the order of their first line.
  private(set) var keys: [Key] = []
  private(set) var hasMore = false

  private static let mostKeys = 32

  /// What was before the period: the state that a key was in.
  mutating func remember(_ record: LogRecord) { take(record, at: nil) }

  mutating func take(_ record: LogRecord, at time: DutchTime?) {
    guard let value = record["key"] else { return }
    switch record.event {
    case .keyLoaded,
      .keyNew where value["public"] != nil:
      change(value) { key in
        // What ended stays ended, also when it was used after that.
        if !["retired", "destroyed"].contains(key.state) {
          key.state = value["state"]?.stringValue ?? (key.state.isEmpty ? "active" : key.state)
        }
        guard let time else { return }
        key.useCount = key.useCount.plus(1)
        key.firstDay = key.firstDay ?? time.dayNumber
        key.lastDay = time.dayNumber
      }
    case .keyNew: change(value) { if $0.state.isEmpty { $0.state = "made" } }
    case .keyRotated: rotated(record, value)
    case .keyDestroyed: change(value) { $0.state = "destroyed" }
    default: break
    }
  }

  private mutating func rotated(_ record: LogRecord, _ value: JSONValue) {
    let isBack = record.outcome == "rolled-back"
    if record.outcome == "finished" || record.outcome == "retired" {
      return change(value) { $0.state = "retired" }
    }
    change(value) { $0.state = "active" }
    guard let other = value["from"]?.stringValue else { return }
    change(["id": .string(other), "name": value["name"] ?? ""]) {
      $0.state = isBack ? "retired" : "wrapped"
    }
  }

  private mutating func change(_ value: JSONValue, _ body: (inout Key) -> Void) {
    let id = value.text("id")
    let fingerprint = value.text("fingerprint")
    let publicKey = value.text("public")
    let found = keys.firstIndex {
      $0.id == id
        && (fingerprint.isEmpty || $0.fingerprint.isEmpty || $0.fingerprint == fingerprint)
        && (publicKey.isEmpty || $0.fingerprint == publicKey)
    }
    guard found != nil || keys.count < Self.mostKeys else { return hasMore = true }
    let place = found ?? keys.count
    if found == nil { keys.append(Key()) }
    keys[place].id = id
    keys[place].name = value.text("name")
    if !fingerprint.isEmpty { keys[place].fingerprint = fingerprint }
    if !publicKey.isEmpty {
      keys[place].fingerprint = publicKey
      keys[place].signs = true
    }
    if value["scope"] != nil { keys[place].scope = value.text("scope") }
    if value["level"] != nil { keys[place].level = value.text("level") }
    keys[place].isDemo = value["demo"]?.isTrue ?? keys[place].isDemo
    body(&keys[place])
  }
}
