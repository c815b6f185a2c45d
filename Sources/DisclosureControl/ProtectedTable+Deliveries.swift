package import PipelineFile
import Tabular

extension ProtectedTable {
  /// The same table, without values of figures that need rows which have not come, and with a mark on
  /// those made of an earlier delivery.
  ///
  /// Nothing is shown that was not. A number that means nothing keeps the mark that says so.
  ///
  /// - Parameters:
  ///   - definition: of the table.
  ///   - absent: what needs sources of which nothing has come.
  ///   - stale: what needs sources whose earlier delivery stands in.
  /// - Returns: the same cells and columns.
  package func marking(
    _ definition: TableDefinition,
    absent: SourceNeeds,
    stale: SourceNeeds
  ) -> ProtectedTable {
    let absentNames = absent.measures(of: definition)
    let staleNames = stale.measures(of: definition)
    let isStale = stale.hold(all: definition)
    return ProtectedTable(
      name: name,
      dimensions: dimensions,
      figures: figures.map { figure in
        if absentNames.contains(figure.name) { return figure.withoutValues }
        return isStale || staleNames.contains(figure.name) ? figure.markedStale : figure
      },
      cellCount: cellCount
    )
  }
}

extension ProtectedTable.Figure {
  fileprivate var withoutValues: ProtectedTable.Figure {
    let none = [Int64](repeating: missingInteger, count: values.count)
    return ProtectedTable.Figure(
      name: name,
      unit: unit,
      values: none,
      marks: marks.map { _ in .missing },
      companions: companions.map {
        CellTable.Companion(suffix: $0.suffix, unit: $0.unit, values: none)
      }
    )
  }

  fileprivate var markedStale: ProtectedTable.Figure {
    ProtectedTable.Figure(
      name: name,
      unit: unit,
      values: values,
      marks: marks.map { mark in
        switch mark {
        // That values are rounded, or of everyone in the extract, the manifest tells.
        case .none, .changed, .snapshot, .stale: .stale
        case .hidden, .missing, .few, .pooled, .held: mark
        }
      },
      days: days,
      texts: texts,
      companions: companions
    )
  }
}
