import DisclosureControl
import PipelineFile
import Tabular

/// The tables of a release before protection: those that are asked for, and what others are put
/// together of.
struct CountedRelease {
  /// In order of counting; a table of progress has one a period.
  private(set) var cells: [CellTable] = []
  /// One a table: the stage that counted it.
  private(set) var stages: [AggregateStage] = []
  /// Whether nobody may see which cells are empty.
  let hidesZeros: Bool
  /// Tables that nobody publishes, of what joins the others.
  private(set) var pieces: [CellTable] = []

  /// Why numbers of theirs are hidden; empty before they are protected.
  var reasons: [ProtectedNumber] = []

  init(hidesZeros: Bool) { self.hidesZeros = hidesZeros }

  /// With all combinations of labels, also those of nobody, a table has at most so many cells.
  private static let cellLimit = 1_000_000

  /// Adds tables of one stage.
  ///
  /// - Parameters:
  ///   - tables: as they were counted.
  ///   - stage: that counted them.
  /// - Returns: their places.
  /// - Throws: `tooManyCells` where zeros are hidden.
  mutating func add(
    _ tables: [CellTable],
    of stage: AggregateStage
  ) throws(DisclosureControlError) -> Range<Int> {
    let start = cells.count
    for table in tables {
      let table = table.of(stage.days(of: table.name))
      let definition = stage.tables.first { $0.name == table.name }
      cells.append(
        hidesZeros
          ? try table.withEmptyCells(
            limit: Self.cellLimit,
            together: definition.map(stage.dimensionsTogether) ?? []
          ) : table
      )
    }
    stages += tables.map { _ in stage }
    return start..<cells.count
  }

  /// Adds tables that nobody publishes.
  mutating func add(pieces tables: [CellTable], of stage: AggregateStage) {
    pieces += tables.map { $0.of(stage.days(of: $0.name)) }
  }
}

extension AggregateStage {
  /// The days that a table looks at, since 1970: all there are where there is no period.
  fileprivate func days(of table: String) -> ClosedRange<Int32> {
    guard let days = time(of: table) else { return .min ... .max }
    return Int32(days.lowerBound.dayNumber)...Int32(days.upperBound.dayNumber)
  }
}
