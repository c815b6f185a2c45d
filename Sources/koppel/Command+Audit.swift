import Diagnostics
import DisclosureControl
import Files
import NightlyRun
import PrivacyLog
import Tabular

/// What can be worked out of the tables of a pipeline.
extension Command {
  static let audit = Command(
    name: "audit",
    operands: ["PIPELINE"],
    options: [
      setOption, workersOption, workOption,
      Option(name: "--format", value: "json|text", meaning: "how the verdict is written"),
    ],
    meaning: "attack the tables of a run instead of publishing them: what can be worked out"
  ) { arguments, console in
    let format = arguments.value("--format") ?? "text"
    guard ["json", "text"].contains(format) else {
      throw UsageError("found '--format \(format)', expected json or text")
    }
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
    if format == "json" {
      console.print(json(audit).pretty)
    } else {
      for line in aligned(rows(audit)) { console.print(line) }
      console.print(
        audit.atRisk == 0
          ? "nobody can work out a number that must not be known"
          : "\(counted(audit.atRisk, "number")) that must not be known can be worked out"
      )
    }
    return audit.atRisk == 0 ? outcome.exitStatus : .privacyRefused
  }

  private static func rows(_ audit: ReleaseAudit) -> [[String]] {
    [["measure", "shown", "x", "narrowest", "outsider", "insider"]]
      + audit.measures.map { measure in
        [
          escapedForTerminal(measure.name), grouped(measure.shown), grouped(measure.hidden),
          measure.narrowest.map { "[\(bound($0.lower)), \(bound($0.upper))]" } ?? "",
          grouped(measure.outsider), grouped(measure.insider),
        ]
      }
  }

  /// A number, or that there is no bound.
  private static func bound(_ value: Double) -> String {
    Int64(exactly: value.rounded()).map { String($0) } ?? (value < 0 ? "-inf" : "inf")
  }

  private static func json(_ audit: ReleaseAudit) -> JSONValue {
    [
      "format": "koppel-audit/1",
      "at_risk": .integer(Int64(audit.atRisk)),
      "measures": .array(
        audit.measures.map { measure in
          var members: [String: JSONValue] = [
            "measure": .string(measure.name), "shown": .integer(Int64(measure.shown)),
            "hidden": .integer(Int64(measure.hidden)),
            "outsider": .integer(Int64(measure.outsider)),
            "insider": .integer(Int64(measure.insider)),
          ]
          if let narrowest = measure.narrowest {
            members["narrowest"] = .array(
              [narrowest.lower, narrowest.upper].map { end in
                Int64(exactly: end.rounded()).map { .integer($0) } ?? .null
              }
            )
          }
          return .object(members)
        }
      ),
    ]
  }
}
