package import PipelineFile
package import Tabular

/// What a release lacks because deliveries have not come.
package struct LeftOut: Sendable, Equatable {
  /// Of which nothing has come, sorted.
  package let sources: [String]
  /// Tables that would have been published, in file order.
  package let tables: [String]
  /// The measures that other tables lack, by table; in file order.
  package let measures: [String: [String]]

  /// Finds what needs the rows of sources.
  ///
  /// - Parameters:
  ///   - sources: of which nothing has come.
  ///   - names: of the tables that are to be published.
  ///   - stage: which defines them.
  package init(_ sources: Set<String>, of names: [String], in stage: AggregateStage) {
    let needs = SourceNeeds(of: sources, in: stage)
    let definitions = names.compactMap { name in stage.tables.first { $0.name == name } }
    self.sources = sources.sorted()
    tables = definitions.filter { needs.hold(all: $0) }.map(\.name)
    var measures: [String: [String]] = [:]
    for table in definitions where !needs.hold(all: table) {
      let lacking = needs.measures(of: table)
      if lacking.isEmpty { continue }
      measures[table.name] = table.measures.map(\.name).filter(lacking.contains)
    }
    self.measures = measures
  }

  package var json: JSONValue {
    [
      "sources": .array(sources.map { .string($0) }),
      "tables": .array(tables.map { .string($0) }),
      "measures": .object(measures.mapValues { .array($0.map { .string($0) }) }),
    ]
  }

  /// What is left out, for people: `table 'use'; measures 'rate' of table 'costs'`.
  package var sentence: String {
    let whole = tables.map { "table '\($0)'" }
    let parts = measures.sorted { $0.key < $1.key }.map { table, names in
      "\(names.map { "'\($0)'" }.joined(separator: ", ")) of table '\(table)'"
    }
    return (whole + parts).joined(separator: "; ")
  }
}
