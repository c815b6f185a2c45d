package import Tabular

/// A closing line that tells what the file should hold.
package struct TrailerForm: Sendable, Hashable {
  /// The lines that match this POSIX extended expression are trailers.
  package let when: String
  /// The field of the row count, from 1; nil where there is none.
  package let rows: Int?
  /// The field of the total, from 1; nil where there is none.
  package let total: Int?

  package init(when: String, rows: Int?, total: Int?) {
    self.when = when
    self.rows = rows
    self.total = total
  }

  package var json: JSONValue {
    [
      "when": .string(when), "rows": .integer(Int64(rows ?? 0)),
      "total": .integer(Int64(total ?? 0)),
    ]
  }
}
