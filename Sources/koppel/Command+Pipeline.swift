import Diagnostics
import Files
import FoundationEssentials
import Glibc
import NightlyRun
import PipelineFile
import PrivacyLog
import Tabular

/// The commands that read a pipeline file: run, check, plan, schema.
extension Command {
  static let setOption = Option(
    name: "--set",
    value: "NAME=VALUE",
    meaning: "give a variable of the file a value; may be repeated"
  )
  static let workOption = Option(
    name: "--work",
    value: "DIR",
    meaning: "the work folder; else .koppel/<pipeline> beside the file"
  )

  static let trialWorkOption = Option(
    name: "--work",
    value: "DIR",
    meaning: "the work folder, beside which it works; else as koppel run"
  )
  static let workersOption = Option(
    name: "--workers",
    value: "N",
    meaning: "threads; else as many as processors"
  )

  static let runPipeline = Command(
    name: "run",
    operands: ["PIPELINE"],
    options: [
      Option(
        name: setOption.name,
        value: setOption.value,
        meaning: setOption.meaning + "; period=2026-03..2026-08 runs period after period"
      ),
      Option(name: "--only", value: "STAGE", meaning: "do this stage alone"),
      Option(name: "--from", value: "STAGE", meaning: "take the stages before it as they are"),
      workersOption,
      Option(name: "--fresh", value: nil, meaning: "forget what earlier runs staged"),
      workOption,
      Option(name: "--strict", value: nil, meaning: "warnings end with status 3"),
      Option(name: "--log-format", value: "json|text", meaning: "how standard error is written"),
    ],
    meaning: "do a night: from extracts to published tables"
  ) { arguments, _ in
    let console = Console(isJSON: try logFormatIsJSON(arguments))
    var options = arguments.runOptions
    options.only = try stage(arguments, "--only")
    options.from = try stage(arguments, "--from")
    if options.only != nil && options.from != nil {
      throw UsageError("'--only' and '--from' exclude each other")
    }
    if arguments.has("--fresh"), let stage = options.only ?? options.from, stage > .pseudonymise {
      throw UsageError("'--fresh' forgets what a run from stage '\(stage.rawValue)' begins with")
    }
    options.workers = try workerCount(arguments)
    options.fresh = arguments.has("--fresh")
    options.strict = arguments.has("--strict")
    do {
      let backfill = try Backfill(
        path: arguments.operands[0],
        options: options,
        clock: { currentMilliseconds() }
      )
      if let backfill {
        return try backfill.run(clock: { currentMilliseconds() }, observer: console) { outcome in
          tell(outcome, console)
        }
      }
      let outcome = try Night.run(
        path: arguments.operands[0],
        options: options,
        clock: { currentMilliseconds() },
        observer: console
      )
      tell(outcome, console)
      return outcome.exitStatus
    } catch {
      console.tell(error)
      return error.exitStatus
    }
  }

  static func workerCount(_ arguments: Arguments) throws -> Int {
    try arguments.number("--workers", in: 1...1024).map { Int($0) } ?? processorCount()
  }

  private static func tell(_ outcome: RunOutcome, _ console: Console) {
    guard let folder = outcome.publishedFolder else { return }
    console.print("published to \(escapedForTerminal(folder))")
    let width = outcome.tables.map(\.file.count).max() ?? 0
    for table in outcome.tables {
      let gap = String(repeating: " ", count: width - table.file.count)
      console.print(
        "  \(table.file)\(gap)  \(grouped(table.cells)) cells, \(grouped(table.hidden)) with "
          + "hidden figures"
      )
    }
    console.print("  manifest.json, SHA256SUMS")
  }

  static let check = Command(
    name: "check",
    operands: ["PIPELINE"],
    options: [
      setOption,
      Option(
        name: "--data",
        value: nil,
        meaning: "look at what lies in the inbox too: headers and first rows"
      ),
    ],
    meaning: "tell every fault of a pipeline file; without --data nothing is read"
  ) { arguments, console in
    let pipeline = try load(arguments)
    try checkSchemas(of: pipeline)
    for warning in pipeline.warnings { console.tell(warning) }
    if arguments.has("--data") { return try checkData(of: pipeline, console) }
    console.print(
      "\(escapedForTerminal(pipeline.path)): good; \(counted(pipeline.sources.count, "source")), "
        + (pipeline.handsOver
          ? "handed over, " : "\(counted(pipeline.aggregate.tables.count, "table")), ")
        + "\(counted(pipeline.warnings.count { $0.severity == .warning }, "warning"))"
    )
    return .success
  }

  static let plan = Command(
    name: "plan",
    operands: ["PIPELINE"],
    options: [
      setOption,
      Option(name: "--columns", value: nil, meaning: "a line a column: what becomes of it"),
      workOption,
    ],
    meaning: "what would run, and why; nothing is read"
  ) { arguments, console in
    let pipeline = try load(arguments)
    for line in arguments.has("--columns")
      ? columnLines(pipeline)
      : aligned(try planRows(pipeline, workFolder: arguments.value("--work")))
    {
      console.print(line)
    }
    return .success
  }

  static let schema = Command(
    name: "schema",
    operands: ["[pipeline|contract]"],
    options: [],
    meaning: "the JSON Schema of pipeline or contract files, for editors"
  ) { arguments, console in
    switch arguments.operands.first {
    case nil, "pipeline": console.printText(pipelineSchema().pretty)
    case "contract": console.printText(contractSchema().pretty)
    case let other?:
      throw UsageError(
        "found '\(escapedForTerminal(other))', expected pipeline or contract",
        hint: "koppel schema contract"
      )
    }
    return .success
  }

  static func load(_ arguments: Arguments) throws -> Pipeline {
    try loadPipeline(
      path: arguments.operands[0],
      settings: arguments.settings,
      today: day(ofMilliseconds: currentMilliseconds())
    )
  }

  private static func columnLines(_ pipeline: Pipeline) -> [String] {
    let rows = pipeline.columnFates.map { fate in
      [
        "\(fate.source).\(fate.column)", fate.sourceName, fate.type.rawValue,
        fate.privacyClass.name, fate.fate,
      ]
    }
    return aligned([["column", "in the extract", "type", "class", "becomes"]] + rows)
  }

  private static func stage(_ arguments: Arguments, _ option: String) throws -> RunStage? {
    let known = RunStage.allCases.map(\.rawValue)
    let nearest = arguments.value(option).flatMap { nearestName(to: $0, among: known) }
    return try arguments.value(
      option,
      expected: "a stage",
      hint: nearest.map { "did you mean '\($0)'?" } ?? "one of \(known.joined(separator: ", "))",
      RunStage.init(rawValue:)
    )
  }

  private static func logFormatIsJSON(_ arguments: Arguments) throws -> Bool {
    try arguments.value("--log-format", expected: "json or text") {
      ["json": true, "text": false][$0]
    } ?? false
  }
}

/// How many processors this process may use.
func processorCount() -> Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }
