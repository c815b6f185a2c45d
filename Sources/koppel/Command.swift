import Diagnostics
import NightlyRun

/// One thing that koppel does: its name, what it takes, and what it is for.
struct Command: Sendable {
  /// `--name VALUE`, or a flag.
  struct Option: Sendable {
    let name: String
    /// What stands for the value in the help; nil for a flag.
    let value: String?
    let meaning: String
  }

  let name: String
  /// What stands for the operands, in order; those in brackets may be left out.
  let operands: [String]
  let options: [Option]
  let meaning: String
  let run: @Sendable (Arguments, Console) throws -> ExitStatus

  var neededOperandCount: Int { operands.count { !$0.hasPrefix("[") } }

  /// The first word of a name of two.
  var group: String? {
    let words = name.split(separator: " ")
    return words.count == 2 ? String(words[0]) : nil
  }

  /// One line: how it is called.
  var usage: String {
    let options = options.map { option in
      "[\(option.name)\(option.value.map { " \($0)" } ?? "")]"
    }
    return (["koppel \(name)"] + operands + options).joined(separator: " ")
  }

  static func named(_ name: String) -> Command? { all.first { $0.name == name } }

  static let all: [Command] = [
    runPipeline, check, plan, test, audit, evaluate, explain, reviewExport, reviewImport, columns,
    contract,
    show, makeKey, listKeys,
    rotateKey,
    destroyKey,
    verifyLog, proveLog, showLog, reportLog, synth, schema,
    help,
    version,
  ]

  /// Commands of the design that this version does not have.
  static let laterNames = [
    "new", "report",
    "completion",
  ]
}

extension Command {
  static let help = Command(
    name: "help",
    operands: [],
    options: [],
    meaning: "this text"
  ) { _, console in
    console.print("koppel couples records of care, social domain and municipality, without names")
    console.print("")
    for command in all {
      console.print("  \(([command.name] + command.operands).joined(separator: " "))")
      console.print("      \(command.meaning)")
      for option in command.options {
        let form = option.name + (option.value.map { " \($0)" } ?? "")
        let gap = String(repeating: " ", count: max(1, 22 - form.count))
        console.print("      \(form)\(gap)\(option.meaning)")
      }
    }
    console.print("")
    console.print("exit status:")
    for (status, meaning) in statusMeanings {
      console.print("  \(status.rawValue)\(status.rawValue < 10 ? " " : "")  \(meaning)")
    }
    return .success
  }

  private static let statusMeanings: [(ExitStatus, String)] = [
    (.success, "published, or nothing to do"),
    (.warnings, "published with warnings, only under --strict"),
    (.usage, "the command line is wrong"),
    (.dataGate, "a data gate failed: too many rejects, a check, reconciliation"),
    (.deliveryMissing, "a delivery is missing or late"),
    (.internalFault, "a bug of ours"),
    (.cannotCreate, "output cannot be made"),
    (.inputOutput, "input or output error"),
    (.lockHeld, "another run holds the lock"),
    (.tampered, "the log or a file was tampered with"),
    (.privacyRefused, "a key or privacy rule refused"),
    (.pipelineFault, "the pipeline file is wrong"),
  ]

  static let version = Command(
    name: "--version",
    operands: [],
    options: [],
    meaning: "the version of this binary"
  ) { _, console in
    console.print("koppel \(Version.number)")
    return .success
  }
}
