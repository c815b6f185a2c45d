import PipelineFile
import Tabular

/// Clusters of records that are equal on what the passes ask for.
struct ExactJoins {
  private(set) var clusters: Clusters
  /// By record: the pass that first joined it with another, from 0, or -1.
  private(set) var passes: [Int8]
  /// By record: why a pass did not join it with one of equal key; nil without.
  private(set) var refusals: [UnlinkedReason?]
  private(set) var reports: [DeduplicationReport.Pass] = []
  /// Pairs because of which records of equal key were not joined; each once.
  private(set) var refusedPairs: [AskedPair] = []
  private let barred: BarredPairs
  private var refused: Set<AskedPair> = []

  /// - Parameters:
  ///   - passes: in file order.
  ///   - table: of the records.
  ///   - clusters: of records that are one anyhow.
  ///   - barred: what is never joined.
  ///   - judged: what people said of pairs of records.
  init(
    _ passes: [ExactPass],
    of table: Table,
    clusters: Clusters,
    barred: BarredPairs,
    judged: [JudgedPair]
  ) {
    self.clusters = clusters
    self.passes = Array(repeating: -1, count: table.rowCount)
    refusals = Array(repeating: nil, count: table.rowCount)
    self.barred = barred
    for same in judged where same.isSame { join(same.pair) }
    for (number, pass) in passes.enumerated() {
      let keys = pass.on.compactMap { CodedColumn($0, left: table, right: table) }
      if keys.count == pass.on.count, !keys.isEmpty {
        run(CodedColumn(joining: keys), pass: number)
      } else {
        reports.append(DeduplicationReport.Pass(isSkipped: true))
      }
    }
  }

  /// Joins what people judged to be one person, whatever speaks against it but another judgement.
  private mutating func join(_ pair: AskedPair) {
    let one = Int(clusters.numbers[Int(pair.resident)])
    let other = Int(clusters.numbers[Int(pair.identity)])
    if one == other { return }
    let others = clusters.members(ofCluster: other)
    let isRefused = clusters.members(ofCluster: one).contains { member in
      others.contains { barred.isJudgedDifferent(Int(member), Int($0)) }
    }
    if isRefused { return }
    for record in [pair.resident, pair.identity] { passes[Int(record)] = Links.reviewPass }
    clusters.join(one, other)
  }

  private mutating func run(_ keys: CodedColumn, pass: Int) {
    var report = DeduplicationReport.Pass()
    // Records by key, in their own order.
    var starts = [Int32](repeating: 0, count: keys.codeCount + 1)
    for code in keys.leftCounts.indices { starts[code + 1] = starts[code] + keys.leftCounts[code] }
    var places = starts
    var records = [Int32](repeating: 0, count: Int(starts[keys.codeCount]))
    for record in keys.left.indices where keys.left[record] >= 0 {
      let code = Int(keys.left[record])
      records[Int(places[code])] = Int32(record)
      places[code] += 1
    }
    for code in keys.leftCounts.indices where keys.leftCounts[code] > 1 {
      join(records[Int(starts[code])..<Int(starts[code + 1])], pass: pass, &report)
    }
    reports.append(report)
  }

  /// Joins records of equal key, each with the first cluster that nothing bars it from.
  private mutating func join(
    _ records: ArraySlice<Int32>,
    pass: Int,
    _ report: inout DeduplicationReport.Pass
  ) {
    // A member of each cluster that was met; a cluster may change its number.
    var met: [Int32] = []
    for record in records {
      let own = Int(clusters.numbers[Int(record)])
      if met.contains(where: { Int(clusters.numbers[Int($0)]) == own }) { continue }
      var refusal: UnlinkedReason?
      var isJoined = false
      for fellow in met {
        let other = Int(clusters.numbers[Int(fellow)])
        if let (pair, reason) = bar(between: own, other) {
          // What people decided is nothing to look at.
          if reason == .judgedDifferent { continue }
          refusal = refusal ?? reason
          if refused.insert(pair).inserted { refusedPairs.append(pair) }
          continue
        }
        if passes[Int(fellow)] < 0 { passes[Int(fellow)] = Int8(clamping: pass) }
        if passes[Int(record)] < 0 { passes[Int(record)] = Int8(clamping: pass) }
        clusters.join(other, own)
        report.joinCount += 1
        isJoined = true
        break
      }
      if isJoined { continue }
      if let refusal {
        report.refusalCount += 1
        refusals[Int(record)] = refusals[Int(record)] ?? refusal
      }
      met.append(record)
    }
  }

  /// The first pair of their records that bars two clusters from each other.
  private func bar(between one: Int, _ other: Int) -> (pair: AskedPair, reason: UnlinkedReason)? {
    let others = clusters.members(ofCluster: other)
    for member in clusters.members(ofCluster: one) {
      for fellow in others {
        if let reason = barred.reason(Int(member), Int(fellow)) {
          return (
            AskedPair(resident: min(member, fellow), identity: max(member, fellow)), reason
          )
        }
      }
    }
    return nil
  }
}
