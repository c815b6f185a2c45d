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

  /// Says what weighing a source came to, and what of it is doubtful.
  mutating func tell(_ report: ProbabilisticReport, of source: StagedSource) {
    tellDoubts(report, of: "source '\(source.name)'")
    guard report.idle == nil else { return }
    observer.note(
      "\(source.name): weighed \(counted(report.clientCount, "client")) by "
        + "\(grouped(report.rules.reduce(0) { $0 + $1.pairCount })) pairs; "
        + "\(grouped(report.linked.identities)) linked at a probability of "
        + "\(fixed(report.accept, places: 2)) or more, expected precision "
        + "\(fixed(report.quality?.precision.value ?? 1, places: 4)), expected recall "
        + "\(fixed(report.quality?.recall.value ?? 0, places: 4))"
    )
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
