/// Accepted rows of one chunk of an extract, typed, with their clear values.
///
/// Made by `Ingest`, consumed by `Pseudonymisation` in the same pass, never written. One flat
/// array holds all cells, row by row: cell (row, column) is `cells[row * stride + 1 + column]`, and
/// `cells[row * stride]` is the line on which the row begins, counted from 1 at the start of the
/// chunk.
///
/// | type | a cell is |
/// |---|---|
/// | bsn | the number, 0...999,999,999 |
/// | integer, money | the number; cents |
/// | decimal | ten-thousandths |
/// | date | days since 1970-01-01 |
/// | partial-date | year · 10,000 + month · 100 + day, unknown parts 0, never all 0 |
/// | yes-no | 1 or 0 |
/// | text, name, code, postcode | offset · 2³² + length of its UTF-8 bytes in `bytes` |
///
/// A cell without value is `missingInteger`.
///
/// - Note: Clear identifiers pass through here.
package struct ClearBatch: Sendable {
  package var cells: [Int64] = []
  package var bytes: [UInt8] = []
  package var rowCount = 0
  /// The index of the file of each row; empty where all are of one file.
  package var files: [Int] = []
  /// One a row; empty where all are ordinary.
  package var roles: [RowRole] = []
  /// By row; most rows correct nothing.
  package var corrections: [RowCorrection] = []
  /// How many columns a row has.
  package let columnCount: Int

  package init(columnCount: Int) { self.columnCount = columnCount }

  /// How many cells a row takes, its line number included.
  @inlinable package var stride: Int { columnCount + 1 }

  /// The cell of a text that stands at `offset` in `bytes`.
  @inlinable
  package static func textCell(offset: Int, length: Int) -> Int64 {
    Int64(offset) << 32 | Int64(length)
  }

  /// Where the text of a cell stands in `bytes`.
  @inlinable
  package static func textRange(_ cell: Int64) -> Range<Int> {
    let offset = Int(cell >> 32)
    return offset..<offset + Int(cell & 0xFFFF_FFFF)
  }
}
