// Finds out which records are about one person.
//
// Input is pseudonymised. This module never opens a file, holds a key or sees a name. It links
// identities, never event rows: work grows with persons. A result follows from what the records
// hold, never from the order in which they stand.

package import PipelineFile
package import Tabular

/// Links the identities of a source to residents.
///
/// Passes run first, in order; an identity linked once is out. A key that meets exactly one resident
/// links; one that meets several does not, and the identity goes on. A pass on a column that spine
/// or source lacks is skipped. Missing never equals missing. What no pass links is then weighed by how
/// much agrees, if the stage says so (Fellegi and Sunter, 1969).
///
/// - Parameters:
///   - spine: one row a resident; columns by their staged names.
///   - source: one row an identity.
///   - rowCounts: how many rows each identity has.
///   - stage: passes, model and assignment.
///   - name: of the source.
///   - known: what an earlier night learnt of it; nil for the first.
///   - workers: how many threads may compare; the result does not depend on it.
///   - asked: pairs to be explained.
///   - judged: what people said of pairs; at most once of each.
/// - Returns: one link an identity, and the counts that the run reports.
/// - Throws: `LinkageError`.
/// - Precondition: `rowCounts` has one number for each identity.
/// - Complexity: O(*residents* + *identities*) for each pass and rule, and O(*pairs*) of the rules.
package func link(
  spine: ComparedSide,
  source: ComparedSide,
  rowCounts: [Int32],
  by stage: LinkStage,
  source name: String,
  known: LearntModel? = nil,
  workers: Int,
  explaining asked: [AskedPair] = [],
  judged: [JudgedPair] = []
) throws(LinkageError) -> (links: Links, report: LinkReport) {
  precondition(rowCounts.count == source.table.rowCount, "a row count for each identity")
  let assignment = stage.assignment(of: name)
  var clients = clients(of: source.table)
  var deduplicated: DeduplicationReport?
  if stage.deduplicated.contains(name) {
    let found = try deduplicate([source], rowCounts: [rowCounts], by: stage, workers: workers)
    clients = firstIdentities(of: found.links[0].persons)
    deduplicated = found.report
  }
  var linker = ExactLinker(
    spine: spine.table,
    source: source.table,
    clients: clients,
    sharesResidents: deduplicated != nil,
    assignment: assignment
  )
  let reviewed = linker.take(judged, rowCounts: rowCounts)
  var passes = stage.exact.enumerated().map { number, pass in
    linker.run(pass, number: number, rowCounts: rowCounts)
  }
  var links = linker.links
  let rehearsed = RehearsedPasses(
    stage.exact,
    HiddenClients(
      links,
      spine: spine.table,
      source: source.table,
      rowCounts: rowCounts,
      clients: clients
    ),
    spine: spine.table,
    source: source.table,
    persons: links.persons,
    assignment: assignment
  )
  var weighed: ProbabilisticReport?
  if let probabilistic = stage.probabilistic {
    (links, weighed) = try ProbabilisticLinker(
      spine: spine,
      source: source,
      rowCounts: rowCounts,
      clients: clients,
      exact: links,
      passes: rehearsed,
      barred: linker.barredPairs,
      refused: linker.refusedPairs,
      stage: probabilistic,
      assignment: assignment,
      known: known,
      isTurned: ProbabilisticLinker.isTurned(
        spine: spine.table,
        source: source.table,
        clients: clients,
        probabilistic.comparisons,
        assignment
      ),
      workers: workers,
      asked: asked
    ).run()
  }
  for number in passes.indices {
    passes[number].falseShare = rehearsed.falseShare(
      ofPass: number,
      residentShare: residentShare(stage.exact, passes, links, weighed)
    )
  }
  links = links.measured(by: passes)
  var report = LinkReport(
    links: links,
    rowCounts: rowCounts,
    passes: passes,
    weighed: weighed,
    deduplicated: deduplicated
  )
  report.reviewed = reviewed
  report.reviews = weighed?.reviews ?? ReviewQueue()
  if weighed?.learnt == nil {
    report.reviews.add(linker.refusedPairs.filter { links.persons[Int($0.identity)] < 0 })
  }
  report.reviews.add(stage.exact.flatMap(\.columns), spine: spine.table, source: source.table)
  return (links, report)
}

/// How many of those whom no pass on the BSN links are residents, as far as anything tells.
private func residentShare(
  _ passes: [ExactPass],
  _ reports: [LinkReport.Pass],
  _ links: Links,
  _ weighed: ProbabilisticReport?
) -> Double {
  let linked = zip(passes, reports).reduce(0.0) { sum, pass in
    pass.0.on.contains("bsn") ? sum : sum + Double(pass.1.linked.identities)
  }
  let open = Double(weighed?.clientCount ?? links.persons.count { $0 < 0 })
  // Where nothing is weighed, most are taken to be residents.
  return (linked + (weighed?.expectedMatches ?? 0.9 * open)) / max(1, linked + open)
}

/// Joins the identities of all sources to persons: everybody is in exactly one.
///
/// Equal keys of a pass join, unless its veto or two unlike BSNs bar the pair; what is left is weighed
/// as one set, in which each pair is judged by itself. Clusters join when all their records fit
/// together, so that nobody is joined through a third.
///
/// - Parameters:
///   - sources: one row an identity; at least one.
///   - rowCounts: by source, how many rows each identity has.
///   - stage: passes and model.
///   - workers: how many threads may compare; the result does not depend on it, nor on the order of
///     sources and identities.
///   - asked: pairs to be explained, by the numbers of their identities, source after source.
///   - judged: what people said of pairs, by the same numbers; at most once of each.
/// - Returns: the persons, and the links of each source; those have a reason where somebody should
///   look at a pair that was not joined.
/// - Throws: `LinkageError`.
/// - Precondition: `rowCounts` has one number for each identity.
/// - Complexity: O(*identities* · log *identities*), and O(*pairs*) of the rules; memory grows with
///   identities and with pairs that are not hopeless.
package func deduplicate(
  _ sources: [ComparedSide],
  rowCounts: [[Int32]],
  by stage: LinkStage,
  workers: Int,
  explaining asked: [AskedPair] = [],
  judged: [JudgedPair] = []
) throws(LinkageError) -> (personCount: Int, links: [Links], report: DeduplicationReport) {
  precondition(
    sources.map(\.table.rowCount) == rowCounts.map(\.count),
    "a row count for each identity"
  )
  let records = JoinedRecords(sources, rowCounts: rowCounts)
  // Where each identity first stands in the set, source after source.
  let firsts = records.firsts
  var places = [Int32](repeating: 0, count: rowCounts.reduce(0) { $0 + $1.count })
  for record in firsts { places[records.origins[Int(record)]] = record }
  func placed(_ pair: AskedPair) -> AskedPair {
    AskedPair(resident: places[Int(pair.resident)], identity: places[Int(pair.identity)])
  }
  var found = try Deduplicator(
    records: records,
    stage: stage,
    workers: workers,
    asked: asked.map(placed),
    judged: judged.map { JudgedPair(pair: placed($0.pair), isSame: $0.isSame) },
    firsts: firsts
  ).run()
  for (number, pair) in asked.enumerated() where found.report.weighed?.columns.isEmpty == false {
    found.report.weighed?.explanations[number].pair = pair
  }
  found.report.reviews.pairs = found.report.reviews.pairs.map { pair in
    let ends = [pair.resident, pair.identity].map { Int32(records.origins[Int($0)]) }
    return AskedPair(resident: min(ends[0], ends[1]), identity: max(ends[0], ends[1]))
  }
  let links = DeduplicatedLinks(found, records, counts: rowCounts.map(\.count))
  return (links.personCount, links.bySource, found.report)
}

/// Flags the residents who share their values of these columns with another resident.
///
/// They are never merged: who they are is the register's to say. A resident without a value of any
/// of the columns shares nothing.
///
/// - Parameters:
///   - spine: one row a resident.
///   - columns: staged names, as `bsn`.
/// - Returns: one flag a resident; all false when the spine lacks a column.
package func spineDuplicates(_ spine: PseudonymisedTable, on columns: [String]) -> [Bool] {
  let table = spine.table
  var flags = [Bool](repeating: false, count: table.rowCount)
  let compared = columns.compactMap { table[$0].map(KeyColumn.init) }
  guard compared.count == columns.count, !columns.isEmpty else { return flags }
  let keys = RecordKeys(compared, rowCount: table.rowCount)
  var index = KeyIndex(expected: table.rowCount, keys: keys)
  for resident in 0..<table.rowCount where !keys.values[resident].isMissing {
    let entry = index.insert(resident)
    let first = index.firstRecord(ofEntry: entry)
    guard first != resident else { continue }
    flags[first] = true
    flags[resident] = true
  }
  return flags
}
