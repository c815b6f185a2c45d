import PipelineFile

/// What a table is called and how it is cut.
struct TableShape: Sendable {
  let name: String
  let by: [String]
  let totals: [String]
  /// Dimensions that nest, the finest first, side by side in `by`.
  var nests: [[String]] = []

  /// Every set of dimensions to total, none first.
  ///
  /// Of dimensions that nest the finest are totalled first: each level is given, and all of them
  /// together where one of their names stands in `totals`.
  var totalSets: [[Bool]] {
    var sets: [[Bool]] = [[]]
    var dimension = 0
    while dimension < by.count {
      let levels = nests.first { $0.first == by[dimension] } ?? [by[dimension]]
      let hasTotal = levels.contains(where: totals.contains)
      let count = hasTotal ? levels.count : levels.count - 1
      let choices = (0...count).map { totalled in levels.indices.map { $0 < totalled } }
      sets = sets.flatMap { set in choices.map { set + $0 } }
      dimension += levels.count
    }
    return sets
  }
}

extension TableDefinition {
  var shape: TableShape { TableShape(name: name, by: by, totals: totals, nests: nests) }
}
