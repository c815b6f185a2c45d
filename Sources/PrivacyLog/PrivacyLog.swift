// The privacy log: what was done to whose data, provable afterwards.
//
// Owns the file `privacy.log`: one canonical JSON object a line, each holding the hash of the line
// before it; and the folder `checkpoints`: signed roots of the tree over all lines, and proofs that
// it only grew. It writes what it is given and knows no row and no key but the one that signs:
// labels, counts and digests. Lines are added, never changed; a line that was not finished is set
// apart, and that is logged.

package import Diagnostics
package import Tabular
import Cryptography
import Files
import Glibc

/// A log that is open to be added to, by one process at a time.
package final class PrivacyLog {
  /// The `run` of lines that no run writes.
  package static let noRun = String(repeating: "0", count: 32)

  let path: String
  let checkpoints: CheckpointFolder
  /// Where lines go.
  var file: LogFile
  private let clock: () -> Int64
  private var hash: TreeHash
  /// The tree of all lines.
  private(set) var frontier: TreeFrontier
  private var firstLeaf: TreeDigest
  /// The last checkpoint on the disk, and the last proof.
  var lastCheckpoint: Checkpoint?
  var lastProof: NightProof?
  /// The pipeline that the log is of, as its first lines name it.
  package private(set) var pipeline: String?
  /// The public key that signs the log, as its lines name it; nil when none does yet.
  package let signer: [UInt8]?
  /// Whether lines stood there, when it was opened, that no checkpoint covered.
  ///
  /// They are to be signed before this run tells of itself: no two runs stand unsigned behind each other.
  package let openedUnsealed: Bool
  /// What its lines said of keys when it was opened.
  package let keyLives: KeyLives
  /// The policy of the last run, 64 hexadecimal digits.
  package let lastPolicy: String?

  /// How many lines there are, and the hash of the last.
  package private(set) var head: LogHead
  /// The same as far as it is known to be on the disk: what a manifest may say of the log.
  package private(set) var safeHead: LogHead
  /// The time of the last line.
  private var lastMilliseconds: Int64
  /// Tells that a line was set apart that an interrupted run had not finished.
  package private(set) var recovered: Diagnostic?

  private init(
    path: String,
    file: consuming OpenFile,
    clock: @escaping () -> Int64,
    examination: consuming LogExamination,
    pipeline: String?
  ) throws {
    self.path = path
    self.file = LogFile(file, byteCount: examination.byteCount)
    self.clock = clock
    checkpoints = .beside(log: path)
    head = examination.verifier.head
    safeHead = head
    lastMilliseconds = examination.verifier.lastRead?.milliseconds ?? .min
    hash = try TreeHash()
    frontier = try examination.frontier()
    firstLeaf = examination.verifier.first
    lastCheckpoint = examination.lastCheckpoint
    lastProof =
      examination.lastProofSize > 0
      ? try checkpoints.proof(examination.lastProofSize) : nil
    signer = examination.rules.signer?.publicKey
    openedUnsealed = examination.isUnsealed
    keyLives = examination.rules.keyLives
    lastPolicy = examination.rules.policy?.hex
    self.pipeline = examination.rules.pipeline ?? pipeline
  }

  /// How many lines the last checkpoint covers.
  package var sealedSize: Int { lastCheckpoint?.size ?? 0 }

  /// What the log is called by its checkpoints; nil for one that names no pipeline.
  package var origin: String? {
    pipeline.map { Checkpoint.origin(pipeline: $0, first: firstLeaf) }
  }

  /// Opens a log to add to it; a new one begins with `log.created`.
  ///
  /// Bytes after the last line end are what an interrupted run left. They move to a file beside
  /// the log, with `.torn` after its name, and the log tells so with `log.recovered`; so it does when
  /// the last run was not signed to its end. All that stands there must be sound: nothing is added to
  /// a log that was changed, is shorter than a checkpoint of it, or has more than one unsigned run.
  ///
  /// A log begins once. Where there is none, or one that no key signs yet, nothing may tell of runs that
  /// it should hold.
  ///
  /// - Parameters:
  ///   - path: the log; its folder exists.
  ///   - run: sixteen bytes in hexadecimal, for lines that opening writes.
  ///   - pipeline: whose log it is, for a new one.
  ///   - expectedHead: what a manifest proves of it.
  ///   - clock: milliseconds since 1970 in UTC.
  ///   - remnants: finds what earlier runs left elsewhere, by path; asked for a log that has no line
  ///     (true) or no signer.
  /// - Returns: the log, locked until it is let go.
  /// - Throws: `held` at once if another process writes to it; `tampered`, `file`, `cryptography`.
  package static func open(
    path: String,
    run: String = noRun,
    pipeline: String? = nil,
    expectedHead: LogHead? = nil,
    clock: @escaping () -> Int64 = currentMilliseconds,
    remnants: (_ isEmpty: Bool) throws -> [String] = { _ in [] }
  ) throws(PrivacyLogError) -> PrivacyLog {
    do {
      if let kind = fileKind(of: path), kind != .regular {
        throw FilesError.notRegularFile(path: path, found: kind)
      }
      if !somethingStands(at: path) {
        // Never a second beginning.
        let signed = try CheckpointFolder.beside(log: path).sizes().checkpoints.last ?? 0
        let expected = max(signed, expectedHead?.size ?? 0)
        guard expected == 0 else {
          throw LogFault(line: 1, cause: .cut(found: 0, expected: expected))
        }
        try checkBeginning(try remnants(true))
      }
      let file = try OpenFile(appendingTo: path)
      guard try file.takeLock() else { throw PrivacyLogError.held(path: path) }
      try file.setMode(0o600)
      var examination = try LogExamination(
        LogExamination.Evidence(expectedHead: expectedHead, checkpoints: .beside(log: path))
      )
      let fault = try examination.run(LogScanner(OpenFile(reading: path, followingLinks: false)))
      // A key that was used out of its time is for the officer; it is no reason to log nothing.
      if let fault, fault.exitStatus == .tampered { throw fault }
      if let pipeline, let owner = examination.rules.pipeline, owner != pipeline {
        throw LogFault(line: 1, cause: .otherPipeline)
      }
      if examination.rules.signer == nil {
        try checkBeginning(try remnants(examination.verifier.count == 0))
      }
      let (whole, torn) = (examination.byteCount, examination.tornByteCount)
      let endsUnsealed = examination.rules.signer != nil && examination.isUnsealed
      if torn > 0 {
        try setApart(try file.bytes(at: whole, count: torn), of: path)
        try file.setSize(whole)
      }
      // A process that was killed may not have waited for the disk.
      try file.synchroniseData()
      let log = try PrivacyLog(
        path: path,
        file: file,
        clock: clock,
        examination: examination,
        pipeline: pipeline
      )
      if log.head.size == 0 {
        let fields = pipeline.map { ["pipeline": JSONValue.string($0)] } ?? [:]
        try log.append(.logCreated, run: run, outcome: "created", fields: fields)
        try synchroniseFolder(parentFolder(of: path))
      }
      if torn > 0 || endsUnsealed {
        try log.recover(tornByteCount: torn, endsUnsealed: endsUnsealed, run: run)
      }
      return log
    } catch {
      throw told(error, path)
    }
  }

  private func recover(
    tornByteCount: Int,
    endsUnsealed: Bool,
    run: String
  ) throws(PrivacyLogError) {
    var counts: [String: JSONValue] = ["torn_bytes": .integer(Int64(tornByteCount))]
    if endsUnsealed { counts["unsealed_lines"] = .integer(Int64(head.size - sealedSize)) }
    try append(
      .logRecovered,
      run: run,
      outcome: "recovered",
      fields: ["counts": .object(counts)]
    )
    let place = Place(file: path, line: head.size)
    recovered =
      tornByteCount > 0
      ? Diagnostic(
        .warning,
        at: place,
        "an interrupted run left \(tornByteCount) bytes of an unfinished line; they stand in "
          + "\(lastPart(of: path)).torn now"
      )
      : Diagnostic(
        .warning,
        at: place,
        "the last run was interrupted before all that it did was signed; this run signs it"
      )
  }

  /// Refuses to begin a log where one has been.
  private static func checkBeginning(_ remnants: [String]) throws(LogFault) {
    guard remnants.isEmpty else { throw LogFault(line: 1, cause: .begunAgain(remnants)) }
  }

  /// Adds one line and waits until it is on the disk, unless a later one will.
  ///
  /// When that fails the log is cut back and closed: nothing follows what may be half of a line, and
  /// nothing a line that may not be on the disk.
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
    guard !file.isClosed else { throw .closed(path: path) }
    let milliseconds = time()
    let line = try line(event, run: run, outcome: outcome, fields: fields, at: milliseconds)
    let leaf: TreeDigest
    var grown = frontier
    do {
      leaf = try hash.leaf(line.span)
      try grown.append(leaf, &hash)
    } catch {
      throw .cryptography(error)
    }
    let before = file.byteCount
    do {
      try file.append(line + [0x0A], waiting: waiting)
    } catch {
      // What a manifest says of the log must stand on the disk.
      if file.byteCount == before { safeHead = head } else { head = safeHead }
      throw .file(error)
    }
    frontier = grown
    lastMilliseconds = milliseconds
    if head.size == 0 { firstLeaf = leaf }
    head = LogHead(size: head.size + 1, hash: leaf.hex)
    if waiting { safeHead = head }
  }

  /// Waits until all lines are on the disk.
  ///
  /// - Throws: `file`; `closed`.
  func synchronise() throws(PrivacyLogError) {
    guard !file.isClosed else { throw .closed(path: path) }
    do {
      try file.synchronise()
    } catch {
      head = safeHead
      throw .file(error)
    }
    safeHead = head
  }

  /// The time for a line: that of the clock, or of the line before where a clock that is kept right over
  /// the network was set back a little.
  ///
  /// One that went back by more is written as it is, and verification tells of it.
  private func time() -> Int64 {
    let now = clock()
    let earlier = now.addingReportingOverflow(Self.toleratedMilliseconds)
    return now < lastMilliseconds && !earlier.overflow && earlier.partialValue >= lastMilliseconds
      ? lastMilliseconds : now
  }

  private static let toleratedMilliseconds: Int64 = 60_000

  private func line(
    _ event: LogEvent,
    run: String,
    outcome: String,
    fields: [String: JSONValue],
    at milliseconds: Int64
  ) throws(PrivacyLogError) -> [UInt8] {
    let own: [String: JSONValue] = [
      "v": .integer(LogLineReader.version), "seq": .integer(Int64(head.size + 1)),
      "ts": .integer(milliseconds), "run": .string(run), "event": .string(event.rawValue),
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

  static func told(_ error: any Error, _ path: String) -> PrivacyLogError {
    switch error {
    case let error as PrivacyLogError: error
    case let error as FilesError: .file(error)
    case let error as KeyError: .key(error)
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
    case .string(let text): .string(text.composed)
    case .array(let elements): .array(elements.map(\.normalised))
    case .object(let members): .object(members.mapValues(\.normalised))
    default: self
    }
  }
}
