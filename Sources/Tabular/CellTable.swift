/// A population table before protection: one row a cell.
///
/// Cells are sorted by their labels, dimension by dimension, as UTF-8 bytes; a total comes after
/// the labels it adds up. A cell stands here when at least one person (or row) is in it.
package struct CellTable: Sendable {
  /// One cut of the table, as `neighbourhood`.
  package struct Dimension: Sendable {
    package let name: String
    /// Distinct, in byte order.
    package let labels: [String]
    /// One a cell: a row number of `labels`, or `CellTable.total`.
    package let codes: [Int32]

    package init(name: String, labels: [String], codes: [Int32]) {
      self.name = name
      self.labels = labels
      self.codes = codes
    }
  }

  /// One figure, for every cell.
  package struct Figure: Sendable {
    /// Whom a figure is about.
    package enum Kind: Sendable {
      /// All persons of the cell.
      case count
      /// Some persons of the cell: those who are not counted are a cell too.
      case part
      /// A sum of numbers.
      case sum
    }
    package let name: String
    package let kind: Kind
    package let unit: IntegerUnit
    /// One a cell.
    package let values: [Int64]
    /// One a cell: the distinct persons who contribute to the value; 0 when nobody does.
    package let contributors: [Int64]

    package init(
      name: String,
      kind: Kind,
      unit: IntegerUnit,
      values: [Int64],
      contributors: [Int64]
    ) {
      self.name = name
      self.kind = kind
      self.unit = unit
      self.values = values
      self.contributors = contributors
    }
  }

  /// The code of a cell that adds up all labels of a dimension.
  package static let total: Int32 = -1

  package let name: String
  package let dimensions: [Dimension]
  package let figures: [Figure]
  /// One a cell: distinct persons.
  package let persons: [Int64]

  package init(name: String, dimensions: [Dimension], figures: [Figure], persons: [Int64]) {
    self.name = name
    self.dimensions = dimensions
    self.figures = figures
    self.persons = persons
  }

  package var cellCount: Int { persons.count }
}
