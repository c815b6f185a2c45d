import PipelineFile
import Tabular

/// What single providers bring to sums over rows.
extension Aggregation {
  /// Tables that nobody prints and that tell of providers; none where nobody asks.
  static func providerTables(
    of stage: AggregateStage,
    sources: [LinkedSource],
    asksWho: Bool
  ) -> [(table: String, own: ProviderTable)] {
    guard asksWho, stage.protect.asksForProviders else { return [] }
    return stage.tables.flatMap { table in
      ProviderTable.tables(of: table, in: stage) { name in
        sources.contains { source in
          guard source.name == name else { return false }
          return switch source.column(named: providerColumn) {
          case .codes, .integers: true
          case .tokens, nil: false
          }
        }
      }.map { (table.name, $0) }
    }
  }
}
