import PipelineFile

/// A column that the residents get: computed from their others, or their segment.
enum PersonDerivation: Sendable {
  case column(DerivedColumn)
  case segments([Segment])
  case strata(Stratification)

  /// In the order of their use: each may use those before it.
  static func all(of stage: AggregateStage) -> [PersonDerivation] {
    stage.persons.map { .column($0) } + (stage.segments.isEmpty ? [] : [.segments(stage.segments)])
      + stage.strata.map { .strata($0) }
  }

  /// What the column is called.
  var name: String {
    switch self {
    case .column(let column): column.name
    case .segments: Segment.column
    case .strata(let strata): strata.name
    }
  }

  /// What it is computed of.
  var expressions: [Expression] {
    switch self {
    case .column(let column): [column.expression.expression]
    case .segments(let segments): segments.compactMap(\.rule?.expression)
    case .strata(let strata):
      strata.conditions + (strata.isWithinSegments ? [.column(Segment.column)] : [])
    }
  }
}
