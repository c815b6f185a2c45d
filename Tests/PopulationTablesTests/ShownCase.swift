import Diagnostics
import PopulationTables
import Statistics
import TestSupport

@testable import DisclosureControl
@testable import PipelineFile
@testable import Tabular

/// A random region and stage, and how few persons are hidden.
struct ShownCase {
  let region: SmallRegion
  var stage: AggregateStage
  let minimum: Int64
  let levels = [0.95, 0.998]
  var random: SeededGenerator

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    region = SmallRegion(random: &random)
    stage = smallStage(random: &random)
    stage.levels = levels
    minimum = Int64.random(in: 1...4, using: &random)
  }

  init(
    region: SmallRegion,
    _ stage: AggregateStage,
    _ minimum: Int64,
    _ random: SeededGenerator
  ) {
    self.region = region
    self.stage = stage
    self.minimum = minimum
    self.random = random
  }

  var confidences: [Confidence] { levels.map(Confidence.init(level:)) }
  var policy: Protection { Protection(minimum: minimum, method: .hide) }

  /// The region as the slow version sees it.
  var plain: PlainTables { PlainTables(stage, persons: region.persons, rows: region.rows) }

  func measures(_ plain: PlainTables, _ measures: [Measure]) -> PlainMeasures {
    PlainMeasures(plain, measures, minimum: minimum, levels: levels)
  }

  /// The tables of the stage as they are shown, by one worker, two or eight.
  func tables() throws -> [ProtectedTable] {
    try zip(
      stage.tables,
      aggregate(
        stage,
        residents: region.residents,
        sources: region.sources,
        workers: [1, 2, 8][Int(minimum) % 3]
      )
    ).map { definition, cells in
      laidOut(
        try protect(cells, policy, levels: confidences),
        of: cells,
        as: definition.content
      )
    }
  }

  /// The first table of persons of the stage with another content, and totals of everything.
  mutating func keepTable(by: [String]? = nil, _ content: (TableDefinition) -> TableContent) {
    let table = stage.tables[0]
    stage.tables = [
      TableDefinition(
        name: table.name,
        rows: [],
        by: by ?? table.by,
        totals: by ?? table.by,
        content: content(table),
        place: table.place
      )
    ]
  }
}
