// The privacy log: what was done to whose data, provable afterwards.
//
// Owns the file `privacy.log`: one canonical JSON object a line, each holding the hash of the line
// before it. It writes what it is given and knows no row and no key: labels, counts and digests.
// Lines are added, never changed; a line that was not finished is set apart, and that is logged.

package import Diagnostics
package import Tabular
import Cryptography
import Files
import Foundation
import Glibc

/// A log that is open to be added to, by one process at a time.
package final class PrivacyLog {
  /// The `run` of lines that no run writes.
  package static let noRun = String(repeating: "0", count: 32)

  private let path: String
  private let file: OpenFile
  private let clock: () -> Int64
  private var byteCount: Int
  private var isClosed = false

  /// How many lines there are, and the hash of the last.
  package private(set) var head: LogHead
  /// Tells that a line was set apart that an interrupted run had not finished.
  package private(set) var recovered: Diagnostic?

  private init(
    path: String,
    file: consuming OpenFile,
    clock: @escaping () -> Int64,
    byteCount: Int,
    head: LogHead
  ) {
    self.path = path
    self.file = file
    self.clock = clock
    self.byteCount = byteCount
    self.head = head
  }

  /// Opens a log to add to it; a new one begins with `log.created`.
  ///
  /// Bytes after the last line end are what an interrupted run left. They move to a file beside
  /// the log, with `.torn` after its name, and the log tells so with `log.recovered`. The last whole
  /// line must be sound; the others are for `verify`.
  ///
  /// - Parameters:
  ///   - path: the log; its folder exists.
  ///   - run: sixteen bytes in hexadecimal, for lines that opening writes.
  ///   - clock: milliseconds since 1970 in UTC.
  /// - Returns: the log, locked until it is let go.
  /// - Throws: `held` at once if another process writes to it; `tampered` when the last line is not
  ///   one that could be added to; `file`, `cryptography`.
  package static func open(
    path: String,
    run: String = noRun,
    clock: @escaping () -> Int64 = currentMilliseconds
  ) throws(PrivacyLogError) -> PrivacyLog {
    do {
      if let kind = fileKind(of: path), kind != .regular {
        throw FilesError.notRegularFile(path: path, found: kind)
      }
      let file = try OpenFile(appendingTo: path)
      guard try file.takeLock() else { throw PrivacyLogError.held(path: path) }
      try file.setMode(0o600)
      let end = try LogEnd(file)
      if end.tornByteCount > 0 {
        try setApart(try file.bytes(at: end.byteCount, count: end.tornByteCount), of: path)
        try file.setSize(end.byteCount)
        try file.synchroniseData()
      }
      let log = PrivacyLog(
        path: path,
        file: file,
        clock: clock,
        byteCount: end.byteCount,
        head: end.head
      )
      if end.head.size == 0 {
        try log.append(.logCreated, run: run, outcome: "created", fields: [:])
        try synchroniseFolder(parentFolder(of: path))
      }
      if end.tornByteCount > 0 {
        try log.recover(tornByteCount: end.tornByteCount, run: run)
      }
      return log
    } catch {
      throw told(error, path)
    }
  }

  private func recover(tornByteCount: Int, run: String) throws(PrivacyLogError) {
    try append(
      .logRecovered,
      run: run,
      outcome: "recovered",
      fields: ["counts": ["torn_bytes": .integer(Int64(tornByteCount))]]
    )
    recovered = Diagnostic(
      .warning,
      at: Place(file: path, line: head.size),
      "an interrupted run left \(tornByteCount) bytes of an unfinished line; they stand in "
        + "\(lastPart(of: path)).torn now"
    )
  }

  /// Adds one line and waits until it is on the disk, unless a later one will.
  ///
  /// When that fails the line is cut back, so that a later one does not follow half of it.
  ///
  /// - Parameters:
  ///   - event: what happened.
  ///   - run: sixteen bytes in hexadecimal.
  ///   - outcome: one word.
  ///   - fields: names of ASCII characters; texts are written in their composed form (NFC).
  ///   - waiting: whether to wait for the disk. A line that only reports what happened may leave that
  ///     to the next one; what follows from a line must wait for it.
  /// - Throws: `unfitField` for a name or value that no line may hold; `file`; `closed`.
  package func append(
    _ event: LogEvent,
    run: String,
    outcome: String,
    fields: [String: JSONValue],
    waiting: Bool = true
  ) throws(PrivacyLogError) {
    guard !isClosed else { throw .closed(path: path) }
    let line = try line(event, run: run, outcome: outcome, fields: fields)
    let hash: String
    do {
      hash = try LeafHash.hash(line)
    } catch {
      throw .cryptography(error)
    }
    do {
      try file.write(line + [0x0A])
      if waiting { try file.synchroniseData() }
    } catch {
      do {
        try file.setSize(byteCount)
        try file.synchroniseData()
      } catch {
        isClosed = true
      }
      throw .file(error)
    }
    byteCount += line.count + 1
    head = LogHead(size: head.size + 1, hash: hash)
  }

  private func line(
    _ event: LogEvent,
    run: String,
    outcome: String,
    fields: [String: JSONValue]
  ) throws(PrivacyLogError) -> [UInt8] {
    let own: [String: JSONValue] = [
      "v": .integer(LogLineReader.version), "seq": .integer(Int64(head.size + 1)),
      "ts": .integer(clock()), "run": .string(run), "event": .string(event.rawValue),
      "outcome": .string(outcome), "prev": .string(head.hash),
    ]
    if let twice = own.keys.filter({ fields[$0] != nil }).min() { throw .unfitField(twice) }
    let members = own.merging(fields.mapValues(\.normalised)) { own, _ in own }
    let line = Array(JSONValue.object(members).canonical.utf8)
    // What is written is read back by the rules of verification: it must never fail by our doing.
    var reader = LogLineReader()
    switch reader.read(line.span) {
    case .success: break
    case .failure(.field(let name)): throw .unfitField(name)
    case .failure: throw .unfitField(fields.keys.sorted().joined(separator: " "))
    }
    guard line.count < LogScanner.longestLine else {
      throw .unfitField(fields.keys.sorted().joined(separator: " "))
    }
    return line
  }

  /// Adds the bytes of an unfinished line to the file beside the log, before they leave the log.
  private static func setApart(_ bytes: [UInt8], of path: String) throws(FilesError) {
    let torn = try OpenFile(appendingTo: path + ".torn")
    try torn.setMode(0o600)
    try torn.write(bytes + [0x0A])
    try torn.synchronise()
    try synchroniseFolder(parentFolder(of: path))
  }

  private static func told(_ error: any Error, _ path: String) -> PrivacyLogError {
    switch error {
    case let error as PrivacyLogError: error
    case let error as FilesError: .file(error)
    case let error as LogFault: .tampered(path: path, error)
    case let error as CryptographyError: .cryptography(error)
    default: .cryptography(.library(operation: "privacy log"))
    }
  }
}

/// Milliseconds since 1970 in UTC, by the clock of the machine.
package func currentMilliseconds() -> Int64 {
  var now = timespec()
  guard unsafe clock_gettime(CLOCK_REALTIME, &now) == 0 else { return 0 }
  return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
}

extension JSONValue {
  /// The same value with every text in its composed form (NFC).
  var normalised: JSONValue {
    switch self {
    case .string(let text): .string(text.precomposedStringWithCanonicalMapping)
    case .array(let elements): .array(elements.map(\.normalised))
    case .object(let members): .object(members.mapValues(\.normalised))
    default: self
    }
  }
}
