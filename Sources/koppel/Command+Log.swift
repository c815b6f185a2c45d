import Diagnostics
import Files
import NightlyRun
import PrivacyLog

/// The commands of the privacy officer: log verify, log checkpoint, log show.
extension Command {
  static let logOptions = [
    Option(
      name: "--set",
      value: "NAME=VALUE",
      meaning: "give a variable of the file a value; may be repeated"
    )
  ]

  static let verifyLog = Command(
    name: "log verify",
    operands: ["[LOG]"],
    options: logOptions + [
      Option(
        name: "--witness",
        value: "DIR",
        meaning: "hold it against what this witness has seen"
      ),
      Option(
        name: "--proof",
        value: "FILE",
        meaning: "instead of a log: check a night proof, and sign its checkpoint as the witness"
      ),
      Option(
        name: "--signer",
        value: "LINE",
        meaning: "with --proof: the key that signs the log, as checkpoints/signer has it"
      ),
      Option(
        name: "--output",
        value: "DIR",
        meaning: "published tables to hold against it, or the folder of such folders"
      ),
      Option(
        name: "--head",
        value: "SIZE:HASH",
        meaning: "a head that was kept elsewhere; else that of the last run's manifest"
      ),
      Option(name: "--strict", value: nil, meaning: "warnings end with status 3"),
    ],
    meaning: "prove that no line of a privacy log was changed; LOG may be its pipeline or folder"
  ) { arguments, console in
    if let proof = arguments.value("--proof") {
      return try witness(proof, arguments, console)
    }
    guard !arguments.operands.isEmpty else {
      throw UsageError(
        "'koppel log verify' needs LOG, or --proof FILE with --witness DIR",
        hint: named("log verify")?.usage ?? ""
      )
    }
    guard arguments.value("--signer") == nil else {
      throw UsageError("'--signer' goes with '--proof': a log names its signer itself")
    }
    return try verify(arguments, console)
  }

  private static func verify(_ arguments: Arguments, _ console: Console) throws -> ExitStatus {
    let place = try LogPlace(arguments)
    var evidence = try place.evidence(arguments)
    let kept = try arguments.value(
      "--head",
      expected: "SIZE:HASH",
      hint: "both stand in a manifest under run.privacy_log",
      head
    )
    if let kept {
      evidence.head = kept
      evidence.headIsWitness = true
    }
    evidence.published = try place.published(arguments.value("--output"))
    let verdict = try PrivacyLog.verify(path: place.log, against: evidence)
    for diagnostic in verdict.diagnostics { console.tell(diagnostic) }
    guard verdict.exitStatus == .success else { return verdict.exitStatus }
    var parts = [counted(verdict.head.size, "line")]
    if verdict.checkpointCount > 0 { parts.append(counted(verdict.checkpointCount, "checkpoint")) }
    if verdict.publishedCount > 0 {
      parts.append(counted(verdict.publishedCount, "published folder"))
    }
    console.print(
      "\(escapedForTerminal(place.log)): good; \(parts.joined(separator: ", ")), "
        + "head \(verdict.head.hash)"
    )
    let warned = verdict.diagnostics.contains { $0.severity == .warning }
    return arguments.has("--strict") && warned ? .warnings : .success
  }

  /// What an officer does with the proof of a night, on a machine of her own.
  private static func witness(
    _ path: String,
    _ arguments: Arguments,
    _ console: Console
  ) throws -> ExitStatus {
    guard let folder = arguments.value("--witness") else {
      throw UsageError("'--proof' needs '--witness DIR': what was seen before is kept there")
    }
    guard arguments.operands.isEmpty else {
      throw UsageError(
        "'--proof' takes no log: it proves the night without it",
        hint: "koppel log verify LOG --witness DIR holds a log against what the witness has seen"
      )
    }
    let file = try OpenFile(reading: path)
    let beside = "\(parentFolder(of: path))/signer"
    let judgement = try Witness.open(path: folder).take(
      file.bytes(at: 0, count: min(file.size(), 1 << 16)),
      path: path,
      named: arguments.value("--signer"),
      beside: somethingStands(at: beside) ? text(of: beside) : nil,
      at: currentMilliseconds() / 1000
    )
    let checkpoint = judgement.checkpoint
    if let pinned = judgement.pinned {
      console.note(
        "from here on this witness takes the log only as signed by this key; compare it with what "
          + "the region tells you:"
      )
      console.note("  \(try pinned.text())")
    }
    console.note(
      "good: \(escapedForTerminal(checkpoint.origin)) grew to \(counted(checkpoint.size, "line")); "
        + "seen, kept and signed"
    )
    console.print(judgement.signature)
    return .success
  }

  static let proveLog = Command(
    name: "log checkpoint",
    operands: ["LOG"],
    options: logOptions + [
      Option(
        name: "--old",
        value: "N",
        meaning: "how many lines the witness has seen; 0 for one that has seen none"
      )
    ],
    meaning: "print the last checkpoint with the proof that the log only grew since N lines"
  ) { arguments, console in
    let place = try LogPlace(arguments)
    guard let old = try arguments.number("--old", in: 0...UInt64(Int32.max)) else {
      throw UsageError(
        "'koppel log checkpoint' needs --old N",
        hint: named("log checkpoint")?.usage ?? ""
      )
    }
    let proof = try PrivacyLog.proof(
      path: place.log,
      from: Int(old),
      checkpoints: .beside(log: place.log)
    )
    guard let proof else {
      throw UsageError(
        "no checkpoint of \(old) lines or more stands beside the log",
        hint: "a run signs one when it ends"
      )
    }
    console.printText(String(decoding: proof.bytes, as: UTF8.self))
    return .success
  }

  static let showLog = Command(
    name: "log show",
    operands: ["LOG"],
    options: logOptions + [
      Option(
        name: "--subject",
        value: "-",
        meaning: "read a BSN from standard input and tell, of each source, whether it is held"
      ),
      Option(name: "--work", value: "DIR", meaning: "with --subject: the work folder of the runs"),
    ],
    meaning: "print a privacy log; LOG may be its pipeline or folder"
  ) { arguments, console in
    if let subject = arguments.value("--subject") {
      return try askSubject(subject, arguments, console)
    }
    try PrivacyLog.show(path: LogPlace(arguments).log) { console.print($0) }
    return .success
  }

  private static func text(of path: String) throws -> String {
    let file = try OpenFile(reading: path)
    return String(decoding: try file.bytes(at: 0, count: min(file.size(), 4096)), as: UTF8.self)
  }

  private static func head(_ text: String) -> LogHead? {
    let parts = text.split(separator: ":")
    guard parts.count == 2, let size = Int(parts[0]), size > 0, parts[1].utf8.count == 64 else {
      return nil
    }
    return LogHead(size: size, hash: String(parts[1]))
  }
}
