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
  /// Tables that nobody publishes, of what joins the others.
  var pieces: [CellTable] = []

  /// Adds tables of one stage.
  ///
  /// - Returns: their places.
  mutating func add(_ tables: [CellTable], of stage: AggregateStage) -> Range<Int> {
    let start = cells.count
    cells += tables
    stages += tables.map { _ in stage }
    return start..<cells.count
  }
}
