import PipelineFile
import Tabular

/// A column of which most values are not of its type: it holds something else now.
struct RetypedColumn {
  /// So few values say nothing about a column.
  private static let least = 20

  let column: SourceColumn
  let faulty: Int
  let filled: Int

  /// The retyped columns of a source.
  ///
  /// - Parameters:
  ///   - columns: as declared.
  ///   - faulty: for each, values that are not of its type or not allowed.
  ///   - unknownCodes: those among them that are only unknown codes.
  ///   - present: for each, values that could be read.
  /// - Returns: those with enough values to tell.
  static func all(
    _ columns: [SourceColumn],
    faulty: [Int],
    unknownCodes: [Int],
    present: [Int]
  ) -> [RetypedColumn] {
    var found: [RetypedColumn] = []
    for (number, column) in columns.enumerated() where faulty.indices.contains(number) {
      let wrong = faulty[number] - (column.type == .code ? unknownCodes[number] : 0)
      let filled = faulty[number] + max(0, present[number])
      guard filled >= least, wrong * 2 > filled else { continue }
      found.append(RetypedColumn(column: column, faulty: wrong, filled: filled))
    }
    return found
  }

  var sentence: String {
    "column '\(column.name)' is retyped: \(grouped(faulty)) of \(grouped(filled)) values are no "
      + column.type.rawValue
  }
}

extension DeliveryFigures {
  /// The columns of a source that hold something else than it declares.
  func retyped(of source: Source) -> [RetypedColumn] {
    RetypedColumn.all(
      source.columns,
      faulty: source.columns.map { faulty[$0.name] ?? 0 },
      unknownCodes: source.columns.map { unknownCodes[$0.name] ?? 0 },
      present: source.columns.map { typedCount - (missing[$0.name] ?? 0) }
    )
  }
}
