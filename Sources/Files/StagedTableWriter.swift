import Glibc
package import Tabular

/// Writes a staged table; the file appears under its name only when it is complete.
package struct StagedTableWriter: ~Copyable {
  /// A file that several threads write to, each at its own place.
  private final class SharedFile: Sendable {
    let file: OpenFile

    init(_ file: consuming OpenFile) { self.file = file }
  }

  private let shared: SharedFile
  private let path: String
  private let temporaryPath: String
  private var offset: Int
  private var groupOffsets: [Int]

  /// Begins a file with its header and identities.
  ///
  /// - Parameters:
  ///   - path: where the complete table will stand; an older one there is replaced.
  ///   - facts: what the run has to tell about the source; its keys `identities` and `rows` are
  ///     taken.
  ///   - identities: one row an identity.
  ///   - rowColumns: names and kinds of the row columns, from any group; nil for a table without
  ///     rows.
  ///   - workers: how many threads may encode and write.
  /// - Throws: `system`.
  package init(
    path: String,
    facts: [String: JSONValue],
    identities: PseudonymisedTable,
    rowColumns: PseudonymisedTable?,
    workers: Int = 1
  ) throws(FilesError) {
    var header = facts
    header["identities"] = [
      "count": .integer(Int64(identities.table.rowCount)),
      "columns": .array(Self.descriptions(identities.table)),
    ]
    header["rows"] = ["columns": .array(rowColumns.map { Self.descriptions($0.table) } ?? [])]
    var bytes = StagedTable.magic
    Self.appendBlock(Array(JSONValue.object(header).canonical.utf8), to: &bytes)
    let shared = SharedFile(try Self.begin(path + ".part", with: bytes))
    let columns = identities.table.columns
    offset = try Self.write(columns, to: shared, at: bytes.count, workers: max(1, workers))
    self.shared = shared
    self.path = path
    temporaryPath = path + ".part"
    groupOffsets = []
  }

  /// Writes columns, a few at a time: all of them at once would be the largest thing in memory.
  ///
  /// - Returns: where the last one ends.
  private static func write(
    _ columns: [Column],
    to shared: SharedFile,
    at start: Int,
    workers: Int
  ) throws(FilesError) -> Int {
    var offset = start
    for first in stride(from: 0, to: columns.count, by: workers) {
      let count = min(workers, columns.count - first)
      let blocks = concurrentChunks(count, workers: workers) { number in
        var block: [UInt8] = []
        StagedColumn.encode(columns[first + number], to: &block)
        return (head: blockHead(block), block: block)
      }
      for (head, block) in blocks {
        try shared.file.write(head, at: offset)
        try shared.file.write(block, at: offset + head.count)
        offset += head.count + block.count
      }
    }
    return offset
  }

  static func begin(_ path: String, with bytes: [UInt8]) throws(FilesError) -> OpenFile {
    try removeTree(path)
    let file = try OpenFile(creating: path)
    try file.write(bytes)
    return file
  }

  /// The bytes of one group; may be made on any thread.
  package static func encoded(_ group: RowGroup) -> [UInt8] {
    var block: [UInt8] = []
    block.appendWord(UInt32(truncatingIfNeeded: group.firstIdentity))
    block.appendWord(UInt32(truncatingIfNeeded: group.rowCounts.count))
    block.appendWord(UInt32(truncatingIfNeeded: group.rows.table.rowCount))
    StagedColumn.encode(.integers(group.rowCounts.map { Int64($0) }, .number), to: &block)
    for column in group.rows.table.columns { StagedColumn.encode(column, to: &block) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(block.count + 8)
    appendBlock(block, to: &bytes)
    return bytes
  }

  /// Adds groups, from `encoded`, in the order of their identities.
  ///
  /// - Parameters:
  ///   - encodedGroups: one or more.
  ///   - workers: how many threads may write.
  /// - Throws: `FilesError.system`, of the lowest group.
  package mutating func append(_ encodedGroups: [[UInt8]], workers: Int = 1) throws {
    var offsets: [Int] = []
    for group in encodedGroups {
      offsets.append(offset)
      offset += group.count
    }
    groupOffsets += offsets
    let (shared, places) = (shared, offsets)
    _ = try concurrentChunks(encodedGroups.count, workers: workers) { number in
      try shared.file.write(encodedGroups[number], at: places[number])
    }
  }

  /// Completes the file and gives it its name.
  package consuming func finish() throws(FilesError) {
    var index: [UInt8] = []
    for group in groupOffsets { index.appendWord(UInt64(group)) }
    var bytes: [UInt8] = []
    Self.appendBlock(index, to: &bytes)
    bytes.appendWord(UInt64(offset))
    bytes += StagedTable.end
    try shared.file.write(bytes, at: offset)
    // Not synchronised: after a power cut its checksums fail, and the source is read again.
    guard unsafe rename(temporaryPath, path) == 0 else {
      throw .system(.rename, path: path, code: errno)
    }
  }

  private static func descriptions(_ table: Table) -> [JSONValue] {
    zip(table.names, table.columns).map { StagedColumn(name: $0, $1).description }
  }

  /// Appends a block: its length, its checksum, its bytes.
  static func appendBlock(_ block: [UInt8], to bytes: inout [UInt8]) {
    bytes += blockHead(block)
    bytes += block
  }

  /// What stands before the bytes of a block.
  private static func blockHead(_ block: [UInt8]) -> [UInt8] {
    var head: [UInt8] = []
    head.appendWord(UInt32(truncatingIfNeeded: block.count))
    head.appendWord(unsafe block.withUnsafeBytes { unsafe crc32($0) })
    return head
  }
}
