import Diagnostics
import Linkage
import PipelineFile
import Tabular

extension Night {
  /// Links a source to the residents.
  ///
  /// - Throws: `RunError.gates`: a blocking rule makes too many pairs.
  static func link(
    _ source: StagedSource,
    to residents: ComparedSide,
    by stage: LinkStage,
    known: LearntModel?,
    workers: Int,
    explaining asked: [AskedPair],
    judged: [JudgedPair]
  ) throws(RunError) -> (links: Links, report: LinkReport) {
    do throws(LinkageError) {
      return try Linkage.link(
        spine: residents,
        source: ComparedSide(source.identities, filters: filters(of: source, stage)),
        rowCounts: source.rowCounts,
        by: stage,
        source: source.name,
        known: known,
        workers: workers,
        explaining: asked,
        judged: judged
      )
    } catch {
      throw .gates([diagnostic(of: error, source: source.name, stage)])
    }
  }

  static func diagnostic(
    of error: LinkageError,
    source: String,
    _ stage: LinkStage
  ) -> Diagnostic {
    switch error {
    case .blockTooLarge(let rule, let pairs, let limit, let left, let right):
      let block = stage.probabilistic?.blocks[rule]
      return Diagnostic(
        at: block?.place,
        "source '\(source)': block [\((block?.columns ?? []).joined(separator: ", "))] makes "
          + "\(grouped(pairs)) pairs, the limit is \(grouped(limit)); its largest block holds "
          + "\(grouped(left)) × \(grouped(right)) records",
        hint: "add a column to the rule, or raise 'limit'"
      )
    }
  }

  /// The Bloom filters that the stage's `dice` levels look at, by column.
  static func filters(of source: StagedSource, _ stage: LinkStage) -> [String: FieldFilters] {
    var filters: [String: FieldFilters] = [:]
    for comparison in stage.probabilistic?.comparisons ?? [] where comparison.asksForDice {
      filters[comparison.column] = source.filters(of: comparison.column)
    }
    return filters
  }

  /// Warns of passes whose links are false more often than links may be.
  mutating func tell(_ passes: [LinkReport.Pass], of source: StagedSource) {
    let limit = 1 - (pipeline.link.probabilistic?.accept ?? 0.995)
    for (pass, report) in zip(pipeline.link.exact, passes) {
      guard let share = report.falseShare, share > limit, report.linked.identities > 0 else {
        continue
      }
      warn(
        Diagnostic(
          .warning,
          at: pass.place,
          "source '\(source.name)': of the links of the pass on "
            + "\(pass.on.joined(separator: ", ")), \(percent(share)) are false by rehearsal on "
            + "clients whose BSN is known; at most \(percent(limit)) may be",
          hint: "add a column to the pass, or leave it out: what it links can be weighed"
        )
      )
    }
  }

  /// Says what weighing a source came to, and what of it is doubtful.
  mutating func tell(_ report: ProbabilisticReport, of source: StagedSource) {
    tellDoubts(report, of: "source '\(source.name)'")
    guard report.idle == nil else { return }
    let moved = Set(report.drift.map(\.column)).sorted()
    if !moved.isEmpty {
      warn(
        Diagnostic(
          .warning,
          "source '\(source.name)': what agreement is worth has moved by a bit or more since the "
            + "model was learnt: \(moved.joined(separator: ", "))",
          hint: "--fresh adopts what was learnt tonight; the manifest of the run tells the levels"
        )
      )
    }
    let worse = report.subgroups.filter(\.isWorse)
    if !worse.isEmpty {
      let columns = Set(worse.map(\.column)).sorted().joined(separator: ", ")
      warn(
        Diagnostic(
          .warning,
          "source '\(source.name)': \(counted(worse.count, "group")) by \(columns) "
            + "\(worse.count == 1 ? "is" : "are") linked worse than all",
          hint: "the manifest of the run tells which, and by how much"
        )
      )
    }
    observer.note(
      "\(source.name): weighed \(counted(report.clientCount, "client")) by "
        + "\(grouped(report.rules.reduce(0) { $0 + $1.pairCount })) pairs; "
        + "\(grouped(report.linked.identities)) linked at a probability of "
        + "\(fixed(report.accept, places: 2)) or more"
    )
    guard let quality = report.quality else { return }
    observer.note(
      "\(source.name): expected precision \(Self.told(quality.precision)), expected recall "
        + "\(Self.told(quality.recall)), by "
        + (quality.basis == .rehearsal
          ? "rehearsal on \(grouped(report.rehearsedCount)) clients whose BSN was hidden"
          : "the model; the interval is the range over EM runs")
    )
  }

  /// A share with its interval: `0.9985 (0.9969–0.9995)`.
  private static func told(_ estimate: ExpectedQuality.Estimate) -> String {
    fixed(estimate.value, places: 4)
      + (estimate.interval.map {
        " (\(fixed($0.lowerBound, places: 4))–\(fixed($0.upperBound, places: 4)))"
      } ?? "")
  }

  /// Warns of what was not compared or not learnt.
  mutating func tellDoubts(_ report: ProbabilisticReport, of source: String) {
    let isByDefault = pipeline.link.probabilistic?.comparesAll ?? false
    for columns in report.skipped where !isByDefault {
      warn(
        Diagnostic(
          .warning,
          "\(source): nothing is compared on \(columns.joined(separator: ", ")), "
            + (pipeline.link.spine == nil ? "which no source has" : "which it or the spine lacks")
        )
      )
    }
    switch report.idle {
    case .nobodyLeft: return
    case .nothingToCompare:
      warn(
        Diagnostic(
          .warning,
          "\(source): nobody is weighed, for it has the columns of no rule"
        )
      )
      return
    case .tooFewPairs(let count):
      warn(
        Diagnostic(
          .warning,
          "\(source): nobody is weighed, for \(counted(count, "pair")) are too few to "
            + "learn from"
        )
      )
      return
    case nil: break
    }
    for (rules, fault) in [
      // Of rules that were chosen there are more than enough.
      (isByDefault ? [] : report.droppedRules, "mistook something else for truth and is not used"),
      (report.unsettledRules, "did not settle"),
    ] {
      for columns in rules {
        warn(
          Diagnostic(
            .warning,
            "\(source): what was learnt on the block "
              + "[\(columns.joined(separator: ", "))] \(fault)"
          )
        )
      }
    }
  }
}

extension Comparison {
  /// Whether a level looks at Bloom filters.
  fileprivate var asksForDice: Bool {
    levels.contains { if case .dice = $0 { true } else { false } }
  }
}
