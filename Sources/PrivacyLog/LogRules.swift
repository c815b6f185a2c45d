import Diagnostics
import Tabular

/// What a log must say besides being whole: that runs were sealed, that keys were used within their
/// life, that a policy did not change unsaid.
///
/// It takes lines in order and keeps little of each.
struct LogRules {
  /// The key that signs checkpoints, as the log names it.
  struct Signer: Hashable {
    let publicKey: [UInt8]
    let line: Int
  }

  /// Up to which line a checkpoint or a head vouches for the log.
  let sealedSize: Int

  private(set) var signer: Signer?
  /// The name of the pipeline, by the first line that tells it.
  private(set) var pipeline: String?
  /// The policy of the last run, in hexadecimal.
  private(set) var policy: TreeDigest?
  private(set) var nights = NightCalendar()
  /// The first line that breaks a rule.
  private(set) var fault: LogFault?
  private(set) var warnings: [(line: Int, sentence: String)] = []
  private(set) var notes: [(line: Int, sentence: String)] = []
  /// How many warnings and notes beyond those that are kept.
  private(set) var untoldCount = 0
  /// Whether the last line ended a run and no checkpoint covers it.
  private(set) var endsUnsealed = false

  /// The run whose lines no checkpoint covers, and the first of them.
  private var unsigned: (run: String, line: Int)?
  /// What the lines say of the keys that made pseudonyms.
  private(set) var keyLives = KeyLives()
  private var deadKeys: [String: (state: String, line: Int)] = [:]
  private var unexplainedPolicy: Int?

  /// The time of the line before, in milliseconds, and the latest so far.
  private var lastMilliseconds = Int64.min
  private(set) var latestMilliseconds = Int64.min

  private static let mostFindings = 50

  /// What the key that signs is called among the keys of a pipeline.
  private static let signerName = "log"

  init(sealedSize: Int) { self.sealedSize = sealedSize }

  /// Takes a line that was read.
  mutating func take(_ line: Span<UInt8>, _ read: LogLine, _ reader: LogLineReader, at number: Int)
  {
    if endsUnsealed {
      // Whoever opens such a log says so first.
      if read.event != .logRecovered { note(LogFault(line: number - 1, cause: .unsealed)) }
      endsUnsealed = false
    }
    if number > sealedSize { takeUnsigned(line, read, reader, at: number) }
    if read.milliseconds < lastMilliseconds {
      warn(
        at: number,
        "the clock went back: this line is of \(timestamp(read.milliseconds)), the one before it of "
          + timestamp(lastMilliseconds)
      )
    }
    lastMilliseconds = read.milliseconds
    latestMilliseconds = max(latestMilliseconds, lastMilliseconds)
    if unexplainedPolicy != nil, read.event != .policyChanged { warnOfPolicy() }
    switch read.event {
    case .logCreated:
      pipeline = LogFields.text(line, reader.value(line, "pipeline"))
    case .runStarted:
      started(line, read, reader, at: number)
    case .policyChanged:
      unexplainedPolicy = nil
      tell(at: number, "the policy changed: the pipeline file is another from here on")
    case .runEnded:
      if signer != nil, number > sealedSize {
        if number - 1 > sealedSize { note(LogFault(line: number, cause: .unsealed)) }
        endsUnsealed = true
      }
      if LogFields.isQuoted(line, reader.value(line, "outcome"), "published") { nights.published() }
    case .keyNew, .keyLoaded, .keyRotated, .keyDestroyed:
      key(line, read, reader, at: number)
    default: break
    }
  }

  /// One unfinished run may stand at the end unsigned, for the next to sign; whoever lets two stand has
  /// the second signed for the asking.
  ///
  /// A run signs what it finds before it tells of itself. What it writes until then, and what becomes of
  /// keys between runs, is of no run.
  private mutating func takeUnsigned(
    _ line: Span<UInt8>,
    _ read: LogLine,
    _ reader: LogLineReader,
    at number: Int
  ) {
    switch read.event {
    case .logCreated, .logRecovered, .keyNew, .keyLoaded, .keyRefused, .keyRotated, .keyDestroyed,
      .tableDestroyed:
      return
    default: break
    }
    guard let run = LogFields.text(line, reader.value(line, "run")) else { return }
    guard let unsigned else { return self.unsigned = (run, number) }
    if unsigned.run != run {
      note(LogFault(line: number, cause: .unsignedRun(after: unsigned.line)))
    }
  }

  /// A witness signed the lines so far at some time, in seconds since 1970.
  mutating func witnessed(at number: Int, seconds: Int64) {
    let (milliseconds, overflows) = seconds.multipliedReportingOverflow(by: 1000)
    // Two machines never agree to the second.
    guard !overflows, milliseconds < latestMilliseconds - Self.toleratedMilliseconds else { return }
    warn(
      at: number,
      "the witness signed this line at \(timestamp(milliseconds)), but one up to here tells of "
        + timestamp(latestMilliseconds)
    )
  }

  private static let toleratedMilliseconds: Int64 = 60_000

  /// What stands when no line follows.
  mutating func finish() {
    if unexplainedPolicy != nil { warnOfPolicy() }
  }

  private mutating func started(
    _ line: Span<UInt8>,
    _ read: LogLine,
    _ reader: LogLineReader,
    at number: Int
  ) {
    if pipeline == nil { pipeline = LogFields.text(line, reader.value(line, "pipeline")) }
    nights.started(
      at: read.milliseconds,
      period: LogFields.text(line, reader.value(line, "period")) ?? ""
    )
    guard let value = reader.value(line, "policy"), value.count == 66,
      let found = TreeDigest(line, at: value.lowerBound + 1)
    else { return }
    if let policy, policy != found { unexplainedPolicy = number }
    policy = found
  }

  private mutating func warnOfPolicy() {
    guard let line = unexplainedPolicy else { return }
    unexplainedPolicy = nil
    warn(at: line, "the policy is another than that of the run before, and no line says so")
  }

  private mutating func key(
    _ line: Span<UInt8>,
    _ read: LogLine,
    _ reader: LogLineReader,
    at number: Int
  ) {
    guard let key = reader.value(line, "key") else { return }
    func text(_ name: StaticString) -> String? {
      LogFields.text(line, LogFields.member(line, of: key, name))
    }
    if text("name") == Self.signerName, let hex = text("public"),
      let publicKey = TreeDigest(hex: hex)?.bytes
    {
      if let signer, signer.publicKey != publicKey {
        warn(
          at: number,
          "another key signs from here on: \(shortened(publicKey)) instead of "
            + shortened(signer.publicKey)
        )
      }
      if signer?.publicKey != publicKey { signer = Signer(publicKey: publicKey, line: number) }
    }
    let outcome = LogFields.text(line, reader.value(line, "outcome")) ?? ""
    let words = KeyLives.Words(
      name: text("name") ?? "",
      id: text("id") ?? "",
      fingerprint: text("fingerprint"),
      from: text("from") ?? "",
      scope: text("scope") ?? ""
    )
    if let breach = keyLives.take(read.event, outcome: outcome, words, at: number) {
      note(LogFault(line: number, cause: .keyState(breach.state.rawValue, since: breach.line)))
    }
    guard let fingerprint = words.fingerprint ?? text("public") else { return }
    switch read.event {
    case .keyDestroyed:
      deadKeys[fingerprint] = ("destroyed", number)
    case .keyRotated:
      // The new generation is begun with; the old one ends when it is said to be retired.
      if outcome == "retired" { deadKeys[fingerprint] = ("retired", number) }
    default:
      if let dead = deadKeys[fingerprint] {
        note(LogFault(line: number, cause: .keyState(dead.state, since: dead.line)))
      }
    }
  }

  private mutating func note(_ found: LogFault) {
    // A changed log weighs more than a key out of its time, and then the first line counts.
    guard let fault else {
      fault = found
      return
    }
    if fault.exitStatus == .privacyRefused, found.exitStatus == .tampered { self.fault = found }
  }

  private mutating func warn(at line: Int, _ sentence: String) {
    guard warnings.count < Self.mostFindings else { return untoldCount += 1 }
    warnings.append((line, sentence))
  }

  private mutating func tell(at line: Int, _ sentence: String) {
    guard notes.count < Self.mostFindings else { return untoldCount += 1 }
    notes.append((line, sentence))
  }

  /// The first digits of a key, as a message shows it.
  private func shortened(_ publicKey: [UInt8]) -> String {
    "\(TreeDigest(publicKey).hex.prefix(16))…"
  }
}
