import PipelineFile
import Tabular

/// The dimensions of all tables of a release: one number a dimension, one a label.
///
/// Areas nest whatever table they stand in: a cell of a neighbourhood is one of its district too.
struct ReleaseDimensions: Sendable {
  private var numberOfName: [String: Int32] = [:]
  private var numberOfLabel: [[String: Int32]] = []
  /// One a dimension: the dimension that it nests in, and for each label the label there.
  private(set) var parents: [Parent?] = []

  /// What a dimension nests in.
  struct Parent: Sendable {
    let dimension: Int32
    let labels: [Int32]
  }

  /// Dimensions that are levels of areas, the finest first.
  private var areas: [Int32] = []

  /// Areas, the finest first.
  private static let levels = AreaLevel.allCases.map(\.rawValue) + ["region"]

  init(_ tables: [CellTable]) {
    for table in tables {
      for dimension in table.dimensions {
        let number = number(of: dimension.name)
        for label in dimension.labels { note(label, in: number) }
      }
    }
    // A level that no table has lies in no other's way.
    let present = Self.levels.filter { numberOfName[$0] != nil }
    areas = present.compactMap { numberOfName[$0] }
    for (finer, coarser) in zip(present, present.dropFirst()) {
      guard let from = numberOfName[finer], let to = numberOfName[coarser] else { continue }
      parents[Int(from)] = parent(of: from, named: finer, in: to, named: coarser, tables)
    }
  }

  /// What each label of each dimension is called, with the name of its dimension.
  var names: [[String]] {
    var names = numberOfLabel.map { [String](repeating: "", count: $0.count) }
    for (dimension, number) in numberOfName {
      for (label, place) in numberOfLabel[Int(number)] {
        names[Int(number)][Int(place)] = "\(dimension)=\(label)"
      }
    }
    return names
  }

  /// How many labels a dimension has.
  func labelCount(of dimension: Int32) -> Int { numberOfLabel[Int(dimension)].count }

  /// The number of a dimension of one of the tables.
  func number(named name: String) -> Int32? { numberOfName[name] }

  /// The numbers of the labels of a dimension, in their order.
  func numbers(of dimension: CellTable.Dimension) -> [Int32] {
    guard let number = numberOfName[dimension.name] else { return [] }
    return dimension.labels.map { numberOfLabel[Int(number)][$0] ?? 0 }
  }

  /// How many levels of areas the tables have.
  var areaLevelCount: Int { areas.count }

  /// How many levels of areas lie below a dimension; nil where it is none of areas.
  func areaLevel(of dimension: Int32) -> Int? { areas.firstIndex(of: dimension) }

  private mutating func number(of name: String) -> Int32 {
    if let number = numberOfName[name] { return number }
    let number = Int32(numberOfName.count)
    numberOfName[name] = number
    numberOfLabel.append([:])
    parents.append(nil)
    return number
  }

  private mutating func note(_ label: String, in dimension: Int32) {
    let next = Int32(numberOfLabel[Int(dimension)].count)
    if numberOfLabel[Int(dimension)][label] == nil {
      numberOfLabel[Int(dimension)][label] = next
    }
  }

  /// By the codes themselves, and by tables that have both; nil where a label's parent is not known.
  private func parent(
    of finer: Int32,
    named finerName: String,
    in coarser: Int32,
    named coarserName: String,
    _ tables: [CellTable]
  ) -> Parent? {
    var labels = [Int32](repeating: -1, count: labelCount(of: finer))
    for table in tables {
      guard let from = table.dimensions.first(where: { $0.name == finerName }),
        let to = table.dimensions.first(where: { $0.name == coarserName })
      else { continue }
      let (fromNumbers, toNumbers) = (numbers(of: from), numbers(of: to))
      for cell in from.codes.indices
      where from.codes[cell] != CellTable.total && to.codes[cell] != CellTable.total {
        labels[Int(fromNumbers[Int(from.codes[cell])])] = toNumbers[Int(to.codes[cell])]
      }
    }
    if let level = AreaLevel(rawValue: coarserName) {
      for (label, number) in numberOfLabel[Int(finer)] where labels[Int(number)] < 0 {
        let code = level.code(of: label) ?? label
        labels[Int(number)] = numberOfLabel[Int(coarser)][code] ?? -1
      }
    }
    return labels.contains(-1) ? nil : Parent(dimension: coarser, labels: labels)
  }
}
