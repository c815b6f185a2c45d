import Diagnostics
import Files
import Linkage
import PipelineFile
import Pseudonymisation
import Tabular

/// Pairs that somebody should look at, and what was judged of them.
extension Night {
  /// What people judged of the pairs of each source with residents; the last judgement counts.
  func judgedPairs(
    _ staged: [StagedSource],
    spine: StagedSource,
    _ key: NightKey?
  ) throws -> [String: [JudgedPair]] {
    let decisions = try decisions(key)
    guard !decisions.isEmpty else { return [:] }
    let residents = Self.places(of: spine, among: Set(decisions.map(\.resident)))
    var firsts: [Int32] = []
    var count: Int32 = 0
    for rows in spine.rowCounts {
      firsts.append(count)
      count += rows
    }
    var judged: [String: [JudgedPair]] = [:]
    for source in staged where source.name != spine.name {
      let own = decisions.filter { $0.source == source.name }
      if own.isEmpty { continue }
      let identities = Self.places(of: source, among: Set(own.map(\.identity)))
      var last: [AskedPair: Bool] = [:]
      for decision in own {
        // Of residents who are equal in everything nobody can tell which was meant.
        guard let resident = residents[decision.resident], spine.rowCounts[resident] == 1,
          let identity = identities[decision.identity]
        else { continue }
        last[AskedPair(resident: firsts[resident], identity: Int32(identity))] = decision.isSame
      }
      judged[source.name] = last.map { JudgedPair(pair: $0.key, isSame: $0.value) }
        .sorted {
          ($0.pair.identity, $0.pair.resident) < ($1.pair.identity, $1.pair.resident)
        }
    }
    return judged
  }

  /// The same without a spine: of pairs of records, by their numbers, source after source.
  func judgedRecords(
    _ staged: [StagedSource],
    _ key: NightKey?
  ) throws -> [JudgedPair] {
    let decisions = try decisions(key)
    if decisions.isEmpty { return [] }
    let wanted = Set(decisions.flatMap { [$0.resident, $0.identity] })
    let numbers = RecordNumbers(staged)
    var records: [Token: Int32] = [:]
    for source in staged {
      for (token, place) in Self.places(of: source, among: wanted) {
        records[token] = numbers.number(Int32(place), of: source.name)
      }
    }
    var last: [AskedPair: Bool] = [:]
    for decision in decisions {
      guard let one = records[decision.resident], let other = records[decision.identity] else {
        continue
      }
      last[AskedPair(resident: min(one, other), identity: max(one, other))] = decision.isSame
    }
    return last.map { JudgedPair(pair: $0.key, isSame: $0.value) }
      .sorted { ($0.pair.resident, $0.pair.identity) < ($1.pair.resident, $1.pair.identity) }
  }

  /// What stands in the ledger of judgements; a trial has no key of the pipeline, and knows of none.
  private func decisions(_ key: NightKey?) throws -> [ReviewLedger.Decision] {
    guard let key else { return [] }
    let ledger = try ReviewLedger(
      path: folder.reviews,
      pipeline: pipeline.name,
      root: key.root
    )
    // No warning: it stays so night after night, until somebody judges again.
    if let warning = ledger.warning { observer.note(warning.sentence) }
    return ledger.decisions
  }

  /// Where the records of these tokens are.
  private static func places(
    of source: StagedSource,
    among wanted: Set<Token>
  ) -> [Token: Int] {
    let tokens = recordTokens(
      of: source.identities,
      source: source.name,
      (0..<Int32(source.rowCounts.count)).map { $0 }
    )
    var places: [Token: Int] = [:]
    for (place, token) in tokens.enumerated() where wanted.contains(token) { places[token] = place }
    return places
  }

  /// Keeps the pairs of a source that somebody should look at, for `koppel review export`.
  ///
  /// - Parameters:
  ///   - queue: the pairs.
  ///   - source: of their identities.
  ///   - residents: one row each, with the columns that the spine has of an identity.
  /// - Throws: `FilesError`.
  func write(
    _ queue: ReviewQueue,
    of source: StagedSource,
    _ residents: PseudonymisedTable
  ) throws {
    try write(
      queue,
      of: source,
      residents: recordTokens(
        of: residents,
        source: pipeline.link.spine ?? "",
        queue.pairs.map(\.resident)
      ),
      identities: recordTokens(
        of: source.identities,
        source: source.name,
        queue.pairs.map(\.identity)
      )
    )
  }

  /// The same without a spine: all pairs stand with the first source.
  func write(_ queue: ReviewQueue, ofAll staged: [StagedSource]) throws {
    let numbers = RecordNumbers(staged)
    func tokens(_ records: [Int32]) -> [Token] {
      var tokens = records.map { _ in Token.missing }
      let places = records.map(numbers.place)
      for (number, source) in staged.enumerated() {
        let own = places.indices.filter { places[$0].source == number }
        let found = recordTokens(
          of: source.identities,
          source: source.name,
          own.map { places[$0].identity }
        )
        for (place, token) in zip(own, found) { tokens[place] = token }
      }
      return tokens
    }
    for source in staged.dropFirst() {
      try write(ReviewQueue(), of: source, residents: [], identities: [])
    }
    guard let first = staged.first else { return }
    try write(
      queue,
      of: first,
      residents: tokens(queue.pairs.map(\.resident)),
      identities: tokens(queue.pairs.map(\.identity))
    )
  }

  private func write(
    _ queue: ReviewQueue,
    of source: StagedSource,
    residents: [Token],
    identities: [Token]
  ) throws {
    let path = "\(folder.staging)/\(source.name).\(ReviewSheet.kind).staged"
    // What an earlier night kept is of nobody any more.
    if queue.pairs.isEmpty { return try removeTree(path) }
    var figures: [(name: String, values: [Int64])] = [
      ("total", queue.totals), ("rivals", queue.rivals), ("margin", queue.margins),
    ]
    for column in queue.columns {
      figures += [
        ("\(column.name) level", column.numbers), ("\(column.name) weight", column.weights),
        ("\(column.name) band", column.bands),
      ]
    }
    let columns: [JSONValue] = queue.columns.map { column in
      [
        "name": .string(column.name),
        "levels": .array(column.states.map { .string($0.name(of: column.name)) }),
      ]
    }
    let sizes = queue.sizes.map { ($0.key.rawValue, JSONValue.integer(Int64($0.value))) }
    let writer = try StagedTableWriter(
      path: path,
      facts: [
        "source": .string(source.name), "made_from": .string(source.digest),
        "compared": .array(columns), "sizes": .object(Dictionary(uniqueKeysWithValues: sizes)),
      ],
      identities: .review(
        residents: residents,
        identities: identities,
        strata: queue.strata.map(\.rawValue),
        figures: figures
      ),
      rowColumns: nil
    )
    try writer.finish()
  }
}
