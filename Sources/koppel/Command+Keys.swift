import Diagnostics
import NightlyRun
import PrivacyLog
import Tabular

/// The commands about the keys of a pipeline: key list, key rotate, key destroy.
extension Command {
  /// What every change of a key takes.
  static let keyOptions = [
    Option(name: "--reason", value: "TEXT", meaning: "why; it goes into the log and the record"),
    Option(name: "--approver", value: "NAME", meaning: "who agreed; may be repeated"),
    Option(name: "--set", value: "NAME=VALUE", meaning: "give a variable of the file a value"),
    Option(name: "--work", value: "DIR", meaning: "the work folder, where the log is"),
  ]

  private static let alsoOption = Option(
    name: "--also",
    value: "PIPELINE",
    meaning: "another pipeline that has the key, and is done with it; may be repeated"
  )

  static let listKeys = Command(
    name: "key list",
    operands: ["PIPELINE"],
    options: [
      Option(name: "--set", value: "NAME=VALUE", meaning: "give a variable of the file a value"),
      Option(name: "--work", value: "DIR", meaning: "the work folder, where the log is"),
    ],
    meaning: "the keys of a pipeline, each generation with its state; no key is opened"
  ) { arguments, console in
    try KeyKeeping.destroyExpiredTables(
      path: arguments.operands[0],
      options: arguments.runOptions,
      clock: { currentMilliseconds() },
      observer: console
    )
    for line in aligned(try keyRows(try load(arguments))) { console.print(line) }
    return .success
  }

  static let rotateKey = Command(
    name: "key rotate",
    operands: ["PIPELINE", "NAME"],
    options: [
      Option(
        name: "--to",
        value: "FILE",
        meaning: "where the new key is made; twice for two halves that their holders have made"
      ),
      Option(name: "--finish", value: nil, meaning: "destroy what a rollback would need"),
      Option(name: "--rollback", value: nil, meaning: "take the last rotation back"),
      alsoOption,
    ] + keyOptions,
    meaning: "let a new key take over the tokens of the old one; no link is lost"
  ) { arguments, console in
    let files = arguments.values("--to")
    let ways = [!files.isEmpty, arguments.has("--finish"), arguments.has("--rollback")]
    guard ways.count(where: { $0 }) == 1 else {
      throw UsageError(
        "'koppel key rotate' needs one of --to FILE, --finish and --rollback",
        hint: "koppel key rotate PIPELINE NAME --to FILE"
      )
    }
    let (path, name) = (arguments.operands[0], arguments.operands[1])
    var grounds = try grounds(arguments)
    grounds.also = arguments.values("--also")
    let keeping = try keyKeeping(name, path, arguments, console)
    if arguments.has("--finish") {
      try keeping.finish(grounds)
    } else if arguments.has("--rollback") {
      try keeping.rollBack(grounds)
    } else {
      try keeping.rotate(to: files, grounds)
    }
    return .success
  }

  static let destroyKey = Command(
    name: "key destroy",
    operands: ["PIPELINE", "NAME"],
    options: [
      Option(name: "--generation", value: "N", meaning: "which; else the one in use"),
      Option(name: "--file", value: "FILE", meaning: "where it lies, when it is a credential"),
      alsoOption,
      Option(name: "--yes", value: nil, meaning: "it is meant: nothing brings the key back"),
    ] + keyOptions,
    meaning: "destroy a key: overwrite its file, remove it, and never take it again"
  ) { arguments, console in
    guard arguments.has("--yes") else {
      throw UsageError(
        "'koppel key destroy' needs --yes: nothing brings the key back, and its pseudonyms cannot be "
          + "made again"
      )
    }
    let (path, name) = (arguments.operands[0], arguments.operands[1])
    var grounds = try grounds(arguments)
    grounds.also = arguments.values("--also")
    let number = try arguments.number("--generation", in: 1...999_999)
    let keeping = try keyKeeping(name, path, arguments, console)
    try keeping.destroy(
      generation: number.map { Int($0) },
      file: arguments.value("--file"),
      grounds
    )
    return .success
  }

  static func keyKeeping(
    _ name: String,
    _ path: String,
    _ arguments: Arguments,
    _ console: Console
  ) throws -> KeyKeeping {
    try KeyKeeping(
      name,
      path: path,
      options: arguments.runOptions,
      clock: { currentMilliseconds() },
      observer: console
    )
  }

  static func grounds(_ arguments: Arguments) throws(UsageError) -> KeyKeeping.Grounds {
    var grounds = KeyKeeping.Grounds()
    grounds.reason = arguments.value("--reason") ?? ""
    grounds.approvers = arguments.values("--approver")
    for text in grounds.approvers + [grounds.reason] where text.utf8.count > 500 {
      throw UsageError("a reason and the name of an approver have at most 500 bytes")
    }
    return grounds
  }
}
