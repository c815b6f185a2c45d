import PipelineFile
import Tabular

/// Fills a column that is looked up from the postcode and house number of its row.
///
/// - Note: Clear identifiers pass through here.
struct RegionLookup {
  /// The number of the column that is filled.
  let column: Int
  private let table: RegionTable
  private let postcode: Int
  private let houseNumber: Int?
  /// The cells of the chunk that hold each region; 0 before it is met.
  private var cells: [Int64]
  private let before: [UInt8]
  private let after: [UInt8]

  /// Nil if the source lacks the columns to look up by.
  init?(column: Int, table: RegionTable, columns: [SourceColumn]) {
    guard let form = columns[column].lookup,
      let postcode = columns.firstIndex(where: { $0.name == form.postcode })
    else { return nil }
    self.column = column
    self.table = table
    self.postcode = postcode
    houseNumber = form.houseNumber.flatMap { name in
      columns.firstIndex { $0.name == name }
    }
    cells = Array(repeating: 0, count: table.texts.count)
    (before, after) = CodeMap.around(columns[column].pattern)
  }

  /// To be called once a chunk.
  mutating func beginChunk() {
    for number in cells.indices { cells[number] = 0 }
  }

  /// Fills the values of the block.
  ///
  /// - Parameters:
  ///   - block: rows whose other columns are typed.
  ///   - text: what the fields of the block point into.
  ///   - added: new texts.
  ///   - base: where `added` will stand in the bytes of the chunk.
  mutating func fill(
    _ block: RowBlock,
    of text: UnsafeMutablePointer<UInt8>,
    added: inout [UInt8],
    base: Int
  ) {
    let target = unsafe block.values + column * RowBlock.columnStride
    let postcodes = unsafe block.values + postcode * RowBlock.columnStride
    let houses = unsafe houseNumber.map { unsafe block.values + $0 * RowBlock.columnStride }
    for row in 0..<block.rowCount {
      unsafe target[row] = missingInteger
      unsafe block.lengths[column * RowBlock.columnStride + row] = 0
      let cell = unsafe postcodes[row]
      guard cell != missingInteger, Int(cell & 0xFFFF_FFFF) == 6 else { continue }
      let bytes = unsafe UnsafeBufferPointer(start: text + Int(cell >> 32), count: 6)
      let house = unsafe houses.map { unsafe $0[row] } ?? missingInteger
      guard let region = unsafe table.region(bytes, house) else { continue }
      let number = Int(region)
      if cells[number] == 0 {
        let start = added.count
        added += before + table.texts[number] + after
        cells[number] = ClearBatch.textCell(offset: base + start, length: added.count - start)
      }
      unsafe target[row] = cells[number]
    }
  }
}
