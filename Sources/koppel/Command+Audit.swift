import Diagnostics
import DisclosureControl
import Files
import NightlyRun
import PrivacyLog
import Tabular

/// What can be worked out of the tables of a pipeline, or of tables that are published.
extension Command {
  static let audit = Command(
    name: "audit",
    operands: ["PIPELINE|FILES..."],
    options: [
      setOption, workersOption, workOption,
      Option(
        name: "--minimum",
        value: "N",
        meaning: "with FILES: of persons in a cell that may be shown, where no manifest tells"
      ),
      Option(name: "--cells", value: nil, meaning: "list each hidden number with its interval"),
      Option(name: "--format", value: "json|text", meaning: "how the verdict is written"),
    ],
    meaning:
      "attack the tables of a run instead of publishing them; or published folders or .csv files, "
      + "as an outsider"
  ) { arguments, console in
    let format = arguments.value("--format") ?? "text"
    guard ["json", "text"].contains(format) else {
      throw UsageError("found '--format \(format)', expected json or text")
    }
    let report = AuditReport(isJSON: format == "json", hasCells: arguments.has("--cells"))
    switch try auditedKind(arguments.operands) {
    case .pipeline:
      guard arguments.value("--minimum") == nil else {
        throw UsageError("'--minimum' goes with published files: a pipeline has its own")
      }
      return try auditPipeline(arguments, report, console)
    case .folders:
      return try auditReleases(arguments, report, console) { minimum in
        try PublishedRelease.releases(in: arguments.operands, minimum: minimum)
      }
    case .files:
      return try auditReleases(arguments, report, console) { minimum in
        [try PublishedRelease(files: arguments.operands, minimum: minimum)]
      }
    }
  }

  /// What the operands of an audit are.
  private enum Audited {
    case pipeline
    case folders
    case files
  }

  private static func auditedKind(_ operands: [String]) throws(UsageError) -> Audited {
    let kinds = Set(
      operands.map { path -> Audited in
        if isFolder(path) { return .folders }
        return path.hasSuffix(".csv") ? .files : .pipeline
      }
    )
    guard kinds.count == 1, let kind = kinds.first, kind != .pipeline || operands.count == 1 else {
      throw UsageError(
        "found operands of several kinds, expected one pipeline file, or published folders, or "
          + "tables of one release (.csv)"
      )
    }
    return kind
  }

  /// Links are followed: what is published often stands behind one.
  private static func isFolder(_ path: String) -> Bool {
    fileKind(of: path) == .folder || fileKind(of: "\(path)/.") == .folder
  }

  private static func auditPipeline(
    _ arguments: Arguments,
    _ report: AuditReport,
    _ console: Console
  ) throws -> ExitStatus {
    var options = arguments.runOptions
    options.workers = try workerCount(arguments)
    options.isAuditing = true
    let outcome = try Night.run(
      path: arguments.operands[0],
      options: options,
      clock: { currentMilliseconds() },
      observer: console
    )
    guard let audit = outcome.audit else { return outcome.exitStatus }
    report.tell(audit, console)
    return audit.atRisk == 0 ? outcome.exitStatus : .privacyRefused
  }

  private static func auditReleases(
    _ arguments: Arguments,
    _ report: AuditReport,
    _ console: Console,
    _ read: (_ minimum: Int64?) throws -> [PublishedRelease]
  ) throws -> ExitStatus {
    for option in ["--workers", "--work"] where arguments.value(option) != nil {
      throw UsageError("'\(option)' goes with a pipeline: published files need none")
    }
    guard arguments.settings.isEmpty else {
      throw UsageError("'--set' goes with a pipeline: published files have no variables")
    }
    let minimum = try arguments.number("--minimum", in: 1...1_000_000).map { Int64($0) }
    let releases = try read(minimum)
    for release in releases where !release.leftOut.isEmpty {
      console.note(
        "\(escapedForTerminal(release.path)): nothing adds up in "
          + release.leftOut.map { "'\(escapedForTerminal($0))'" }.joined(separator: ", ")
          + ": not judged"
      )
    }
    report.tell(releases, console)
    return releases.allSatisfy { $0.audit.atRisk == 0 } ? .success : .privacyRefused
  }
}
