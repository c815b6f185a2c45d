import FoundationEssentials
import Tabular

/// What `releases.ledger` says of a night beside its tables.
struct ReleaseFacts: Sendable, Equatable {
  let run: String
  /// UTC, since 1970.
  let day: Int32
  /// The label of the period; empty for none.
  let period: String
  /// The release of pseudonyms, and the fingerprint of the key with which it began: sets of persons have
  /// the same keys where both are the same.
  let release: String
  let root: String
  /// The last run that had told `persons.ledger` anything: while that stands there, persons have the ids
  /// that they had.
  let persons: String
  /// Of the pipeline's files, and of the policy in words.
  let pipeline: String
  let policy: String
  let minimum: Int64
  var dominance: String
  /// All days that the tables look at are among these.
  var first = Int32.max
  var last = Int32.min
  var tables: [String] = []

  var json: JSONValue {
    [
      "run": .string(run), "day": .integer(Int64(day)), "period": .string(period),
      "release": .string(release), "root": .string(root), "persons": .string(persons),
      "pipeline": .string(pipeline), "policy": .string(policy), "minimum": .integer(minimum),
      "dominance": .string(dominance), "first": .integer(Int64(first)),
      "last": .integer(Int64(last)), "tables": .array(tables.map { .string($0) }),
    ]
  }

  /// The same of a night of these tables, under that rule.
  func of(_ tables: [RememberedTable], dominance: String) -> ReleaseFacts {
    var facts = self
    facts.dominance = dominance
    facts.first = tables.map(\.counted.days.lowerBound).min() ?? .max
    facts.last = tables.map(\.counted.days.upperBound).max() ?? .min
    facts.tables = tables.filter { $0.published != nil }.map(\.counted.name)
    return facts
  }
}

extension ReleaseFacts {
  /// Reads what `json` wrote; nil when it is something else.
  init?(_ bytes: [UInt8]) {
    guard let json = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)) else {
      return nil
    }
    func text(_ name: String) -> String? { json[name]?.stringValue }
    func day(_ name: String) -> Int32? {
      json[name]?.integerValue.flatMap { Int32(exactly: $0) }
    }
    guard let run = text("run"), let made = day("day"), let period = text("period"),
      let release = text("release"), let root = text("root"), let persons = text("persons"),
      let pipeline = text("pipeline"), let policy = text("policy"),
      let minimum = json["minimum"]?.integerValue, let dominance = text("dominance"),
      let first = day("first"), let last = day("last"), let tables = json["tables"]?.arrayValue
    else { return nil }
    self.init(
      run: run,
      day: made,
      period: period,
      release: release,
      root: root,
      persons: persons,
      pipeline: pipeline,
      policy: policy,
      minimum: minimum,
      dominance: dominance,
      first: first,
      last: last,
      tables: tables.compactMap(\.stringValue)
    )
  }
}
