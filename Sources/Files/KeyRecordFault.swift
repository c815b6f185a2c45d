import Diagnostics

/// What is wrong with the record of a key.
package enum KeyRecordFault: Error, Hashable, Sendable {
  case notJSON
  case size
  /// Others can write to it.
  case mode(UInt32)
  case unknownField(String)
  /// A field lacks or holds what it cannot.
  case value(String)
  /// Generations of another name, or not in their order.
  case order(String)
  /// Two generations have one fingerprint.
  case repeated(String)
  /// A key in use without a fingerprint: it was taken out by hand.
  case unpinned(String)
  /// A wrapped generation that does not say by which.
  case unwrapped(String)
  case twoActive(String, String)

  /// Found this, expected that.
  var sentence: String {
    switch self {
    case .notJSON: "found no JSON object, expected the record of a key"
    case .size: "found more than 1 MiB, expected the record of a key"
    case .mode(let mode):
      "found a key record with mode 0\(String(mode, radix: 8)), expected one that others cannot "
        + "write to"
    case .unknownField(let name):
      "the key record has a field '\(maskedKeys(escapedForTerminal(name)))', which is none of a record"
    case .value(let name): "field '\(name)' of the key record lacks or holds what it cannot"
    case .order(let id): "generation '\(id)' of the key record is out of order or of another name"
    case .repeated(let id): "generation '\(id)' of the key record has the fingerprint of another"
    case .unpinned(let id): "generation '\(id)' of the key record is in use without a fingerprint"
    case .unwrapped(let id): "generation '\(id)' of the key record is wrapped by none that follows"
    case .twoActive(let one, let other):
      "generations '\(one)' and '\(other)' of the key record are both active, expected one"
    }
  }

  var hint: String {
    switch self {
    case .mode: "chmod go-w it"
    default:
      "put it back as it was: the log holds its digest at each use; by hand change not_before, "
        + "not_after, daily_runs, reason and approvers alone"
    }
  }
}
