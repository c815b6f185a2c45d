import Files
import Pseudonymisation
import Synchronization

/// Filters of the records of a source while it is read: in files without names, which a killed run
/// leaves no trace of.
final class RecordSpill: Sendable {
  /// How many rows there were of either kind.
  struct Counts: Sendable {
    var records = 0
    /// Rows that no filter could be made of.
    var unfit = 0
  }

  private let rows: Mutex<LineSorter>
  private let donors: Mutex<LineSorter>
  private let tally = Mutex(Counts())

  init(in folder: String) throws(FilesError) {
    rows = Mutex(try LineSorter(in: folder))
    donors = Mutex(try LineSorter(in: folder))
  }

  var counts: Counts { tally.withLock { $0 } }

  /// Takes the filters of a chunk; from any thread.
  func append(_ lines: RecordLines) throws(FilesError) {
    tally.withLock {
      $0.records += lines.rows.ends.count
      $0.unfit += lines.unfitCount
    }
    try append(lines.rows)
    try donors.withLock { (sorter) throws(FilesError) in
      try sorter.append(lines.donors.text, ends: lines.donors.ends)
    }
  }

  /// Takes lines of records, made up or not.
  func append(_ block: RecordLines.Block) throws(FilesError) {
    try rows.withLock { (sorter) throws(FilesError) in
      try sorter.append(block.text, ends: block.ends)
    }
  }

  /// Hands out the lines of donors in order, and forgets them.
  func drainDonors(_ body: (ArraySlice<UInt8>) throws(FilesError) -> Void) throws(FilesError) {
    try donors.withLock { (sorter) throws(FilesError) in try Self.drain(&sorter, body) }
  }

  /// Hands out the lines of records in order, and forgets them.
  func drainRows(_ body: (ArraySlice<UInt8>) throws(FilesError) -> Void) throws(FilesError) {
    try rows.withLock { (sorter) throws(FilesError) in try Self.drain(&sorter, body) }
  }

  private static func drain(
    _ sorter: inout LineSorter,
    _ body: (ArraySlice<UInt8>) throws(FilesError) -> Void
  ) throws(FilesError) {
    try sorter.drain { (block) throws(FilesError) in
      var start = 0
      while let end = block[start...].firstIndex(of: 0x0A) {
        try body(block[start..<end])
        start = end + 1
      }
    }
  }
}
