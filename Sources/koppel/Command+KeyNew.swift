import Diagnostics
import Files
import NightlyRun
import Tabular

/// The command that makes keys.
extension Command {
  private static let dayForm = "a day, as 2026-12-31"

  static let makeKey = Command(
    name: "key new",
    operands: ["NAME"],
    options: [
      Option(name: "--to", value: "FILE", meaning: "where the key file is made"),
      Option(
        name: "--part",
        value: "1/2|2/2",
        meaning: "one half of a key in two hands; its holder makes it"
      ),
      Option(name: "--generation", value: "N", meaning: "which generation of the key; else 1"),
      Option(
        name: "--for",
        value: "PIPELINE",
        meaning: "enter it in the key record beside that file; NAME is one of its keys"
      ),
      Option(name: "--not-before", value: "DAY", meaning: "its first day, with --for"),
      Option(name: "--not-after", value: "DAY", meaning: "its last day, with --for"),
    ] + keyOptions + [
      Option(name: "--signing", value: nil, meaning: "a key that signs the privacy log"),
      Option(name: "--partner", value: nil, meaning: "a secret for a partner's filters"),
      Option(
        name: "--secret",
        value: "-",
        meaning: "with --partner: read the secret that the partner has from standard input"
      ),
    ],
    meaning: "make a key of 32 random bytes, in a file that only its owner reads"
  ) { arguments, console in
    guard let path = arguments.value("--to") else {
      throw UsageError("'koppel key new' needs --to FILE", hint: "koppel key new NAME --to FILE")
    }
    let name = arguments.operands[0]
    guard name != KeyFile.demoName else {
      throw UsageError(
        "the name 'demo' is that of keys that protect nobody",
        hint: "give the key the name that the pipeline file gives it"
      )
    }
    let last = UInt64(KeyName.lastGeneration)
    let generation = Int(try arguments.number("--generation", in: 1...last) ?? 1)
    let part = try arguments.value(
      "--part",
      expected: "1/2 or 2/2",
      hint: "without --part the key has one part"
    ) { ["1/2": 1, "2/2": 2][$0] }
    let days = (
      first: try arguments.value("--not-before", expected: dayForm) { CivilDate($0) },
      last: try arguments.value("--not-after", expected: dayForm) { CivilDate($0) }
    )
    guard arguments.value("--for") != nil || (days.first == nil && days.last == nil) else {
      throw UsageError("'--not-before' and '--not-after' need --for PIPELINE")
    }
    let keeping = try arguments.value("--for").map { try keyKeeping(name, $0, arguments, console) }
    let what: String
    let hint: String
    guard arguments.value("--secret") == nil || arguments.has("--partner") else {
      throw UsageError("'--secret' needs '--partner'")
    }
    if arguments.has("--partner") {
      guard part == nil, !arguments.has("--signing"), keeping == nil else {
        throw UsageError("'--partner' excludes '--part', '--signing' and '--for'")
      }
      try KeyFile.createPartner(
        name: name,
        generation: generation,
        secret: try PartnerSecret.given(arguments.value("--secret")),
        at: path
      )
      what = "partner's secret"
      hint =
        "the third word of its line is the secret: give it to the partner by another way than the "
        + "filters"
    } else if arguments.has("--signing") {
      guard part == nil else { throw UsageError("'--signing' and '--part' exclude each other") }
      try KeyFile.createSigning(name: name, generation: generation, at: path)
      what = "signing key"
      hint = "whoever has it can write another log: keep it from those who can write to this one"
    } else if let part {
      try KeyFile.createHalf(name: name, generation: generation, part: part, at: path)
      what = "half \(part) of 2 of key"
      hint =
        "never bring it to the folder of the other half; a run needs both, and destroying one "
        + "destroys the key"
    } else {
      try KeyFile.create(name: name, generation: generation, at: path)
      what = "key"
      hint = "keep it out of backups of the data; who has both can undo the pseudonyms"
    }
    try keeping?.announce(id: "\(name).\(generation)", days: days, try grounds(arguments))
    let id = escapedForTerminal("\(name).\(generation)")
    console.note("made the \(what) '\(id)' in \(escapedForTerminal(path))")
    console.note("hint: \(hint)")
    return .success
  }
}
