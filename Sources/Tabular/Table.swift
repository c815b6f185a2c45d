// Columns and tables in memory, and the plain values they are made of.
//
// Columns are flat arrays; a record is a row number. This module opens no file and knows no key.

/// Stands where an integer column has no value.
@inlinable
public var missingInteger: Int64 { .min }

/// Stands where a code column has no value.
@inlinable
public var missingCode: Int32 { -1 }

/// What the numbers of an integer column mean.
package enum IntegerUnit: String, Sendable {
  case number
  case cents
  /// Days since 1970-01-01.
  case day
  case year
  /// A fixed-point number of four decimals.
  case tenThousandths
  /// 1 for yes, 0 for no.
  case yesNo = "yes-no"
}

/// The values of one column, one for each row.
package enum Column: Sendable {
  /// Missing is `missingInteger`.
  case integers([Int64], IntegerUnit)
  /// Row numbers into `dictionary`, whose texts are distinct and in byte order; missing is
  /// `missingCode`.
  case codes([Int32], dictionary: [String])
  /// Missing is `Token.missing`.
  case tokens(TokenColumn)

  package var count: Int {
    switch self {
    case .integers(let values, _): values.count
    case .codes(let values, _): values.count
    case .tokens(let values): values.count
    }
  }

  /// The values of these rows, in this order.
  package func taking(_ rows: [Int]) -> Column {
    switch self {
    case .integers(let values, let unit): .integers(rows.map { values[$0] }, unit)
    case .codes(let codes, let texts): .codes(rows.map { codes[$0] }, dictionary: texts)
    case .tokens(let tokens): .tokens(tokens.taking(rows))
    }
  }
}

/// Columns of equal length, by name.
package struct Table: Sendable {
  /// One name a column, in the order of `columns`; distinct.
  package let names: [String]
  package let columns: [Column]
  package let rowCount: Int

  /// - Precondition: one name a column, and every column has `rowCount` rows.
  package init(names: [String], columns: [Column], rowCount: Int) {
    precondition(names.count == columns.count, "a name for each column")
    precondition(columns.allSatisfy { $0.count == rowCount }, "columns of equal length")
    self.names = names
    self.columns = columns
    self.rowCount = rowCount
  }

  /// The column of that name, or nil.
  package subscript(name: String) -> Column? {
    names.firstIndex(of: name).map { columns[$0] }
  }
}
