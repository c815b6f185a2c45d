import Diagnostics
import Linkage
import PipelineFile
import Tabular

/// What `koppel evaluate` prints: how right a pipeline's links are, held against known truth.
package struct EvaluationReport {
  /// Tables of cells, each with its title; the first row of a table may be a header.
  package let tables: [(title: String, rows: [[String]])]

  /// Links as a night does, in a folder that vanishes, and compares with the truth.
  ///
  /// - Parameters:
  ///   - path: of the pipeline file.
  ///   - truth: path of the file of truth.
  ///   - options: what the user asked.
  ///   - clock: milliseconds since 1970 in UTC.
  ///   - observer: whom to tell.
  /// - Throws: an error of the module that refused; each is a `KoppelError`.
  package init(
    path: String,
    truth: String,
    options: RunOptions,
    clock: @escaping @Sendable () -> Int64,
    observer: any RunObserver
  ) throws {
    let evaluations = try Night.tried(
      path: path,
      options: options,
      clock: clock,
      observer: observer
    ) { trial in
      let truth = try Truth(path: truth, of: trial)
      guard let spine = trial.pipeline.link.spine else {
        return [Self.evaluation(ofPersons: trial, truth)]
      }
      return try Self.evaluations(of: trial, to: spine, truth)
    }
    tables = evaluations.flatMap { Self.tables(of: $0) }
  }

  /// Of each source to the spine.
  private static func evaluations(
    of trial: Trial,
    to name: String,
    _ truth: Truth
  ) throws -> [Evaluation] {
    let sources = trial.pipeline.sources
    guard let number = sources.firstIndex(where: { $0.name == name }),
      let linked = trial.linked.sources.first(where: { $0.source.name == name }),
      let records = trial.records[name]
    else { throw RunError.notStaged(stage: "link", source: name) }
    let spine = SpineRecords(records, rowCounts: linked.source.rowCounts)
    let groups = RecordGroups.all(
      of: [(trial.linked.residents.table, spine.residentOfRecord)]
    )
    return trial.linked.sources.filter { $0.source.name != name }.compactMap { linked in
      guard let other = sources.firstIndex(where: { $0.name == linked.source.name }),
        let records = trial.records[linked.source.name]
      else { return nil }
      let pairs = SpinePairs(
        truth.content,
        spine: (number, spine.residentOfRecord.count),
        source: (other, records.count)
      )
      return Evaluation(
        linked,
        records,
        spine,
        groups,
        pairs,
        title: "\(linked.source.name) to \(name)"
      )
    }
  }

  /// Of persons that are made of the records of all sources.
  private static func evaluation(ofPersons trial: Trial, _ truth: Truth) -> Evaluation {
    var records: [ClusterEvaluation.Record] = []
    var firsts: [Int] = []
    var tables: [(table: Table, rows: [Int])] = []
    for (number, source) in trial.pipeline.sources.enumerated() {
      firsts.append(records.count)
      guard let linked = trial.linked.sources.first(where: { $0.source.name == source.name }),
        let traced = trial.records[source.name]
      else { continue }
      records += traced.identities.map {
        ClusterEvaluation.Record(source: number, person: linked.links.persons[Int($0)])
      }
      tables.append((linked.source.identities.table, traced.identities.map { Int($0) }))
    }
    let found = ClusterEvaluation(
      records,
      firsts: firsts,
      groups: RecordGroups.all(of: tables),
      truth.content
    )
    let weighed = trial.linked.deduplication?.weighed
    return Evaluation(
      title: trial.pipeline.sources.map(\.name).joined(separator: ", "),
      counts: found.counts,
      lostCount: found.lostCount,
      expected: (weighed?.quality?.precision.value, weighed?.quality?.recall.value),
      best: nil,
      subgroups: found.subgroups
    )
  }

  private static func tables(of evaluation: Evaluation) -> [(title: String, rows: [[String]])] {
    let counts = evaluation.counts
    func share(_ share: Double?) -> String { share.map { fixed($0, places: 4) } ?? "" }
    func told(_ expected: Double?) -> String {
      expected.map { "the run expected \(fixed($0, places: 4))" } ?? ""
    }
    var rows = [
      [
        "true pairs", String(counts.truth),
        evaluation.lostCount == 0
          ? "" : "of \(evaluation.lostCount) a row was rejected or skipped",
      ],
      ["found", String(counts.found), ""],
      ["right", String(counts.right), ""],
      ["precision", share(counts.precision), told(evaluation.expected.precision)],
      ["recall", share(counts.recall), told(evaluation.expected.recall)],
      ["F1", share(counts.f1), ""],
    ]
    if let best = evaluation.best {
      rows.append(["best F1", share(best.f1), "with accept: \(fixed(best.accept, places: 4))"])
    }
    var tables = [(title: evaluation.title, rows: rows)]
    guard !evaluation.subgroups.isEmpty else { return tables }
    var groups = [
      ["subgroup", "", "true", "found", "right", "precision", "95 %", "recall", "95 %"]
    ]
    for subgroups in evaluation.subgroups {
      for (place, group) in subgroups.groups.enumerated() {
        groups.append(
          [
            place == 0 ? subgroups.column : "", escapedForTerminal(group.name),
          ] + cells(of: group.counts)
        )
      }
    }
    tables.append((title: "", rows: groups))
    return tables
  }

  private static func cells(of counts: PairCounts) -> [String] {
    func share(_ share: Double?) -> String { share.map { fixed($0, places: 4) } ?? "" }
    func interval(_ range: ClosedRange<Double>?) -> String {
      range.map { "\(fixed($0.lowerBound, places: 4))-\(fixed($0.upperBound, places: 4))" } ?? ""
    }
    return [
      String(counts.truth), String(counts.found), String(counts.right), share(counts.precision),
      interval(PairCounts.interval(counts.right, of: counts.found)), share(counts.recall),
      interval(PairCounts.interval(counts.right, of: counts.truth)),
    ]
  }
}
