package import Tabular

/// What two values of a column say about each other.
package enum FieldAgreement: Sendable, Hashable {
  case equal
  case unequal
  /// One of them is not there, or a side lacks the column.
  case unknown
}

/// Compares columns of two records that may be of two sources.
///
/// - Parameters:
///   - columns: staged names.
///   - left: the left record's source.
///   - leftRecord: its row number.
///   - right: the right record's source.
///   - rightRecord: its row number.
/// - Returns: one a column.
package func agreements(
  on columns: [String],
  _ left: PseudonymisedTable,
  _ leftRecord: Int,
  _ right: PseudonymisedTable,
  _ rightRecord: Int
) -> [FieldAgreement] {
  columns.map { name in
    guard let pair = KeyColumn.pair(name, left: left.table, right: right.table) else {
      return .unknown
    }
    return switch pair.left.agreement(leftRecord, pair.right, rightRecord) {
    case .equal: .equal
    case .unequal: .unequal
    case .unknown: .unknown
    }
  }
}
