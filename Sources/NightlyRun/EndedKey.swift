import Files
import PrivacyLog
import Tabular

/// A generation that is retired or destroyed, as the log tells it: `log verify` finds any use after it.
struct EndedKey {
  let generation: KeyRecord.Generation

  var event: LogEvent { generation.state == .destroyed ? .keyDestroyed : .keyRotated }
  var outcome: String { generation.state.rawValue }

  func key(named name: String) -> [String: JSONValue] {
    var key: [String: JSONValue] = ["id": .string(generation.id), "name": .string(name)]
    key["fingerprint"] = generation.fingerprint.map { .string($0) }
    return key
  }
}

extension KeyRecord {
  /// The generations that ended, but not by a log.
  func endedUnknown(to lives: KeyLives) -> [EndedKey] {
    let known = lives.lives(of: name)
    return generations.filter { generation in
      let state = known.first { $0.id == generation.id }?.state
      return switch generation.state {
      case .destroyed: state != .destroyed
      case .retired: state != .retired && state != .destroyed
      default: false
      }
    }.map { EndedKey(generation: $0) }
  }
}
