import Glibc
import Tabular

/// Where the cells of a table lie among the dimensions of the release.
struct TableCoordinates: Sendable {
  /// One a dimension of the table, with one label a cell; −1 for a total.
  private let labels: [[Int32]]
  private let numbers: [Int32]
  private let isOfRows: [Bool]
  private let dimensions: ReleaseDimensions
  /// The name of the table where its dimensions are its own; empty otherwise.
  let owner: String
  private let isArea: [Bool]

  init(_ table: CellTable, _ dimensions: ReleaseDimensions) {
    labels = table.dimensions.map { dimension in
      let numbers = dimensions.numbers(of: dimension)
      return dimension.codes.map { $0 == CellTable.total ? -1 : numbers[Int($0)] }
    }
    numbers = table.dimensions.map { dimensions.number(named: $0.name) ?? 0 }
    isOfRows = table.dimensions.map(\.isOfRows)
    isArea = numbers.map { dimensions.areaLevel(of: $0) != nil }
    self.dimensions = dimensions
    owner = if case .apart(let words) = table.scope { "\(table.name) \(words)" } else { "" }
  }

  /// The rows that the persons of a cell have: dimensions and labels, one after the other.
  func rowCoordinates(of cell: Int) -> [Int32] {
    var found: [Int32] = []
    for place in numbers.indices where isOfRows[place] && labels[place][cell] >= 0 {
      found += [numbers[place], labels[place][cell]]
    }
    return found
  }

  /// The dimensions of a cell, with all that they nest in, ascending, and its labels there.
  func coordinates(of cell: Int, withRows: Bool) -> (dimensions: [Int32], labels: [Int32]) {
    var found: [(dimension: Int32, label: Int32)] = []
    for place in numbers.indices where labels[place][cell] >= 0 && (withRows || !isOfRows[place]) {
      var (dimension, label) = (numbers[place], labels[place][cell])
      while !found.contains(where: { $0.dimension == dimension }) {
        found.append((dimension, label))
        guard let parent = dimensions.parents[Int(dimension)] else { break }
        (dimension, label) = (parent.dimension, parent.labels[Int(label)])
      }
    }
    found.sort { $0.dimension < $1.dimension }
    return (found.map(\.dimension), found.map(\.label))
  }

  /// Whether the finest area of a cell is of a level that is never hidden.
  func isKept(_ cell: Int, _ kept: Set<Int32>) -> Bool {
    numbers.indices.first { isArea[$0] && labels[$0][cell] >= 0 }
      .map { kept.contains(numbers[$0]) } ?? false
  }

  /// What it is worth to show a cell: more for one of many persons, of a larger area, of a total.
  ///
  /// log₂(2+n) · 4^(levels above the lowest) · 2^(totals).
  func cost(of cell: Int, value: Int64) -> Double {
    var level = dimensions.areaLevelCount
    var totals = 0
    for place in numbers.indices {
      if isArea[place] {
        if labels[place][cell] >= 0 {
          level = min(level, dimensions.areaLevel(of: numbers[place]) ?? level)
        }
      } else if labels[place][cell] < 0 {
        totals += 1
      }
    }
    return log2(2 + Double(value.magnitude)) * pow(4, Double(level)) * pow(2, Double(totals))
  }
}
