import Diagnostics

/// What is wrong with the record of a key.
package enum KeyRecordFault: Error, Hashable, Sendable {
  case notJSON
  case size
  /// Others can write to it.
  case mode(UInt32)
  /// A link, folder or device stands there.
  case notRegular(FileKind)
  /// It belongs to neither the user nor root.
  case owner(UInt32)
  /// Others can put another record in its place.
  case folderMode(folder: String, mode: UInt32)
  /// Its folder belongs to neither the user nor root.
  case folderOwner(folder: String, user: UInt32)
  /// None stands there, though the log knows a generation.
  case lost(id: String, line: Int)
  /// It says less of a generation than the log does; `found` is nil when it knows nothing of it.
  case behindLog(id: String, found: String?, expected: String, line: Int)
  /// It has another fingerprint of a generation than the log has.
  case otherThanLog(id: String, line: Int)
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
    case .notRegular(let kind): "found \(kind.rawValue), expected the key record itself"
    case .owner(let user):
      "found a key record of user \(user), expected one of the user who runs koppel, or of root"
    case .folderMode(let folder, let mode):
      "found a key record in folder '\(escapedForTerminal(folder))' with mode "
        + "0\(String(mode, radix: 8)), expected a folder that others cannot write to"
    case .folderOwner(let folder, let user):
      "found a key record in folder '\(escapedForTerminal(folder))' of user \(user), expected a "
        + "folder of the user who runs koppel, or of root"
    case .lost(let id, let line):
      "found no key record, expected one that knows \(id), as line \(line) of the privacy log does"
    case .behindLog(let id, let found?, let expected, let line):
      "the key record says that \(id) is \(found), line \(line) of the privacy log that it is "
        + expected
    case .behindLog(let id, nil, _, let line):
      "the key record knows nothing of \(id), which line \(line) of the privacy log knows"
    case .otherThanLog(let id, let line):
      "the key record has another fingerprint of \(id) than line \(line) of the privacy log"
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
    case .notRegular: "put the record itself there"
    case .owner, .folderOwner:
      "see what it says, then chown it to the user who runs koppel: its writer could bring keys back"
    case .folderMode(let folder, _): "chmod go-w '\(escapedForTerminal(folder))'"
    case .lost, .behindLog, .otherThanLog:
      "bring the record back from its backup: by it alone a key that ended stays ended"
    default:
      "put it back as it was: the log holds its digest at each use; by hand change not_before, "
        + "not_after, daily_runs, reason and approvers alone"
    }
  }
}
