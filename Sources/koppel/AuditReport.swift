import Diagnostics
import DisclosureControl
import NightlyRun
import Tabular

/// The verdict of an audit, for people or for programs.
struct AuditReport {
  let isJSON: Bool
  /// Whether each hidden number is listed.
  let hasCells: Bool

  // MARK: A pipeline

  func tell(_ audit: ReleaseAudit, _ console: Console) {
    if isJSON {
      console.print(json(audit).pretty)
      return
    }
    let header = ["measure", "shown", "x", "h", "narrowest", "outsider", "insider", "nights"]
    let rows = audit.measures.map { measure in
      [
        escapedForTerminal(measure.name), grouped(measure.shown), grouped(measure.hidden),
        grouped(measure.held), Self.interval(measure.narrowest), grouped(measure.outsider),
        grouped(measure.insider), grouped(measure.nights),
      ]
    }
    for line in aligned([header] + rows) { console.print(line) }
    if hasCells {
      let cells = audit.cells.map { cell in
        Self.row(cell.table, cell.labels, cell.measure, cell.interval)
          + [cell.who.map(\.rawValue).joined(separator: " ")]
      }
      for line in aligned([Self.cellHeader + ["at risk to"]] + cells) { console.print(line) }
    }
    console.print(Self.verdict(audit.atRisk))
    if audit.wholeCount < audit.earlierCount {
      console.print(
        "of \(counted(audit.earlierCount, "earlier release")) \(grouped(audit.wholeCount)) are looked at "
          + "whole, and of the others what they showed"
      )
    }
    if audit.isBlurred { console.print("differences between nights are blurred, not bounded") }
  }

  private func json(_ audit: ReleaseAudit) -> JSONValue {
    var members: [String: JSONValue] = [
      "format": "koppel-audit/1",
      "at_risk": .integer(Int64(audit.atRisk)),
      "measures": .array(
        audit.measures.map { measure in
          var members = Self.members(
            measure.name,
            measure.shown,
            measure.hidden,
            measure.held,
            measure.narrowest,
            measure.outsider
          )
          members["insider"] = .integer(Int64(measure.insider))
          members["nights"] = .integer(Int64(measure.nights))
          return .object(members)
        }
      ),
    ]
    if audit.isBlurred { members["nights"] = "blurred" }
    if hasCells {
      members["cells"] = .array(
        audit.cells.map { cell in
          var members = Self.members(cell.table, cell.labels, cell.measure, cell.interval)
          members["who"] = .array(cell.who.map { .string($0.rawValue) })
          return .object(members)
        }
      )
    }
    return .object(members)
  }

  // MARK: Published tables

  func tell(_ releases: [PublishedRelease], _ console: Console) {
    let atRisk = releases.reduce(0) { $0 + $1.audit.atRisk }
    if isJSON {
      let verdict: JSONValue = [
        "format": "koppel-audit/1", "at_risk": .integer(Int64(atRisk)),
        "releases": .array(releases.map { json($0) }),
        "not_judged": Self.unjudged(releases).map { .string($0) } ?? .null,
      ]
      console.print(verdict.pretty)
      return
    }
    for release in releases {
      if releases.count > 1 { console.print(escapedForTerminal(release.path)) }
      let header = ["measure", "shown", "x", "h", "narrowest", "outsider"]
      let rows = release.audit.measures.map { measure in
        [
          escapedForTerminal(measure.name), grouped(measure.shown), grouped(measure.hidden),
          grouped(measure.held), Self.interval(measure.narrowest), grouped(measure.outsider),
        ]
      }
      for line in aligned([header] + rows) { console.print(line) }
      if hasCells { tell(release.audit.cells, console) }
    }
    console.print(Self.verdict(atRisk))
    if let sentence = Self.unjudged(releases) { console.print(sentence) }
    if releases.count > 1 {
      console.print(
        "folders of other pipelines, periods or deliveries are looked at one by one; "
          + "'koppel audit PIPELINE' looks at the nights of one together"
      )
    }
  }

  /// What files cannot tell, though it may tell of persons; nil where there is none.
  private static func unjudged(_ releases: [PublishedRelease]) -> String? {
    let columns = releases.flatMap(\.audit.unjudged)
    guard !columns.isEmpty else { return nil }
    let names = columns.prefix(6).map {
      "'\(escapedForTerminal($0.column))' of '\(escapedForTerminal($0.table))'"
    }
    let rest = columns.count - names.count
    return "standardised rates, and other figures of which the files do not tell what they are "
      + "made of, are not judged from files alone: \(names.joined(separator: ", "))"
      + (rest > 0 ? " and \(grouped(rest)) more" : "")
      + "; 'koppel audit PIPELINE' judges them"
  }

  private func tell(_ cells: [OutsiderAudit.Cell], _ console: Console) {
    let rows = cells.map { cell in
      Self.row(cell.table, cell.labels, cell.measure, cell.interval)
        + [cell.isAtRisk ? "at risk" : ""]
    }
    for line in aligned([Self.cellHeader + [""]] + rows) {
      console.print(line)
    }
  }

  private func json(_ release: PublishedRelease) -> JSONValue {
    var members: [String: JSONValue] = [
      "path": .string(release.path),
      "at_risk": .integer(Int64(release.audit.atRisk)),
      "left_out": .array(release.leftOut.map { .string($0) }),
      "not_judged": .array(
        release.audit.unjudged.map {
          ["table": .string($0.table), "figure": .string($0.column)]
        }
      ),
      "measures": .array(
        release.audit.measures.map { measure in
          .object(
            Self.members(
              measure.name,
              measure.shown,
              measure.hidden,
              measure.held,
              measure.narrowest,
              measure.outsider
            )
          )
        }
      ),
    ]
    if hasCells {
      members["cells"] = .array(
        release.audit.cells.map { cell in
          var members = Self.members(cell.table, cell.labels, cell.measure, cell.interval)
          members["at_risk"] = .boolean(cell.isAtRisk)
          return .object(members)
        }
      )
    }
    return .object(members)
  }

  // MARK: Parts of both

  private static func verdict(_ atRisk: Int) -> String {
    atRisk == 0
      ? "nobody can work out a number that must not be known"
      : "\(counted(atRisk, "number")) that must not be known can be worked out"
  }

  private static func members(
    _ name: String,
    _ shown: Int,
    _ hidden: Int,
    _ held: Int,
    _ narrowest: AttackedInterval?,
    _ outsider: Int
  ) -> [String: JSONValue] {
    var members: [String: JSONValue] = [
      "measure": .string(name), "shown": .integer(Int64(shown)),
      "hidden": .integer(Int64(hidden)), "held": .integer(Int64(held)),
      "outsider": .integer(Int64(outsider)),
    ]
    members["narrowest"] = json(narrowest)
    return members
  }

  private static let cellHeader = ["table", "cell", "measure", "interval"]

  private static func row(
    _ table: String,
    _ labels: [String],
    _ measure: String,
    _ interval: AttackedInterval?
  ) -> [String] {
    [
      table.isEmpty ? "-" : escapedForTerminal(table),
      labels.isEmpty ? "-" : labels.map { escapedForTerminal($0) }.joined(separator: " "),
      escapedForTerminal(measure), Self.interval(interval),
    ]
  }

  private static func members(
    _ table: String,
    _ labels: [String],
    _ measure: String,
    _ interval: AttackedInterval?
  ) -> [String: JSONValue] {
    [
      "table": table.isEmpty ? .null : .string(table),
      "labels": .array(labels.map { .string($0) }),
      "measure": .string(measure),
      "interval": json(interval) ?? .null,
    ]
  }

  private static func json(_ interval: AttackedInterval?) -> JSONValue? {
    interval.map { interval in
      .array(
        [interval.lower, interval.upper].map { end in
          Int64(exactly: end.rounded()).map { .integer($0) } ?? .null
        }
      )
    }
  }

  private static func interval(_ interval: AttackedInterval?) -> String {
    interval.map { "[\(bound($0.lower)), \(bound($0.upper))]" } ?? ""
  }

  /// A number, or that there is no bound.
  private static func bound(_ value: Double) -> String {
    Int64(exactly: value.rounded()).map { String($0) } ?? (value < 0 ? "-inf" : "inf")
  }
}
