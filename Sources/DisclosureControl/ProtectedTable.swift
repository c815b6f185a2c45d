// Decides what of a table may be seen.
//
// Input is tables of cells, output is protected tables; nothing else can make one, and `Publication`
// takes nothing else. This module opens no file, holds no key and knows no person.

package import Tabular

/// A table whose cells passed the rules of the release.
///
/// Cells stand in the order of the `CellTable` it was made from.
package struct ProtectedTable: Sendable {
  /// One figure, for every cell.
  package struct Figure: Sendable {
    package let name: String
    package let unit: FigureUnit
    /// One a cell; `missingInteger` where it is hidden.
    package let values: [Int64]
    /// One a cell.
    package let marks: [CellMark]
    /// One a cell: of a held value the day of its release, UTC, since 1970; empty where none is held.
    package let days: [Int32]
    /// For `text`: what the values are row numbers of.
    package let texts: [String]
    /// What stands beside it; `missingInteger` where the figure is hidden.
    package let companions: [CellTable.Companion]

    init(
      name: String,
      unit: FigureUnit,
      values: [Int64],
      marks: [CellMark],
      days: [Int32] = [],
      texts: [String] = [],
      companions: [CellTable.Companion] = []
    ) {
      self.name = name
      self.unit = unit
      self.values = values
      self.marks = marks
      self.days = days
      self.texts = texts
      self.companions = companions
    }

    /// The same with more beside it.
    func adding(_ companions: [CellTable.Companion]) -> Figure {
      Figure(
        name: name,
        unit: unit,
        values: values,
        marks: marks,
        days: days,
        texts: texts,
        companions: self.companions + companions
      )
    }

    /// In how many cells this mark stands beside the figure.
    ///
    /// - Complexity: O(*cells*).
    package func count(of mark: CellMark) -> Int { marks.count { $0 == mark } }
  }

  package let name: String
  /// In output order; each has one code a cell.
  package let dimensions: [CellTable.Dimension]
  /// In output order; each has one value and one mark a cell.
  package let figures: [Figure]
  package let cellCount: Int
  /// Cells of which at least one figure is hidden.
  package let hiddenCellCount: Int

  /// Internal: no other module can call it.
  init(name: String, dimensions: [CellTable.Dimension], figures: [Figure], cellCount: Int) {
    self.name = name
    self.dimensions = dimensions
    self.figures = figures
    self.cellCount = cellCount
    var isHidden = [Bool](repeating: false, count: cellCount)
    for figure in figures {
      for cell in 0..<min(cellCount, figure.marks.count) where figure.marks[cell] == .hidden {
        isHidden[cell] = true
      }
    }
    hiddenCellCount = isHidden.count { $0 }
  }

  /// Cells of which every figure is shown.
  package var shownCellCount: Int { cellCount - hiddenCellCount }
}
