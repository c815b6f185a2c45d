import Cryptography
import FoundationEssentials
import Synchronization
package import Tabular

/// A staged table on disk: the identities of one source and its rows, grouped by identity.
///
/// ```
/// "KOPPEL-STAGED/2\n"
/// header       block: canonical JSON: columns, dictionaries, counts, what it was made from
/// identities   one block a column
/// groups       one block a group: row counts, then one packed column after another
/// index        block: where each group's block begins
/// u64 offset of the index, "KOPPEL-END\n"
/// ```
///
/// A block is u32 length, u32 CRC-32, bytes; numbers are little-endian. A file without its end is
/// not a staged table: a run that was killed left it, and the source is read again.
package final class StagedTable: Sendable {
  /// Columns, dictionaries and whatever the run has to tell about the source.
  package let header: JSONValue
  package let groupCount: Int
  private let file: OpenFile
  private let groupOffsets: [Int]
  private let identityOffset: Int
  private let rowColumns: [StagedColumn]
  private let identityColumns: [StagedColumn]
  private let identityCount: Int
  private let provesGroups: Bool

  static let magic = Array("KOPPEL-STAGED/2\n".utf8)
  static let end = Array("KOPPEL-END\n".utf8)
  /// No block is longer; a damaged length must not take all memory.
  static let longestBlock = 1 << 31

  /// Opens a staged table and reads its header.
  ///
  /// - Parameters:
  ///   - path: of the file.
  ///   - justWritten: by this process; then the checksums of its groups are not proved when they are
  ///     read.
  /// - Throws: `stagedTable` when it is damaged, incomplete or of another version.
  package init(path: String, justWritten: Bool = false) throws(FilesError) {
    file = try OpenFile(reading: path)
    provesGroups = !justWritten
    let size = try file.size()
    let tailCount = 8 + Self.end.count
    guard size > Self.magic.count + tailCount,
      try file.bytes(at: 0, count: Self.magic.count) == Self.magic
    else { throw .stagedTable(path: path, fault: "no staged table of this version") }
    let tail = try file.bytes(at: size - tailCount, count: tailCount)
    guard Array(tail[8...]) == Self.end else {
      throw .stagedTable(path: path, fault: "incomplete")
    }
    var position = 0
    let indexOffset = Int(truncatingIfNeeded: tail.word(UInt64.self, at: &position) ?? 0)
    let (headerBytes, afterHeader) = try Self.block(file, at: Self.magic.count, size: size)
    guard let header = try? JSONDecoder().decode(JSONValue.self, from: Data(headerBytes)),
      let identityColumns = header["identities"]?["columns"]?.arrayValue?
        .compactMap(StagedColumn.init),
      let rowColumns = header["rows"]?["columns"]?.arrayValue?.compactMap(StagedColumn.init),
      let identityCount = header["identities"]?["count"]?.integerValue,
      0...Int64(Int32.max) ~= identityCount
    else { throw .stagedTable(path: path, fault: "its header cannot be read") }
    let (index, _) = try Self.block(file, at: indexOffset, size: size)
    var offsets: [Int] = []
    position = 0
    while let offset = index.word(UInt64.self, at: &position) {
      guard offset < size else {
        throw .stagedTable(path: path, fault: "its index cannot be read")
      }
      offsets.append(Int(offset))
    }
    self.header = header
    self.identityColumns = identityColumns
    self.rowColumns = rowColumns
    self.identityCount = Int(identityCount)
    identityOffset = afterHeader
    groupOffsets = offsets
    groupCount = offsets.count
  }

  /// Reads the identities, to be sealed by `Pseudonymisation`.
  package func identities() throws(FilesError) -> Table {
    var offset = identityOffset
    let size = try file.size()
    var columns: [Column] = []
    for column in identityColumns {
      let (bytes, next) = try Self.block(file, at: offset, size: size)
      offset = next
      var position = 0
      guard let values = column.decode(bytes, at: &position, count: identityCount) else {
        throw .stagedTable(path: file.path, fault: "column '\(column.name)' is damaged")
      }
      columns.append(values)
    }
    return Table(names: identityColumns.map(\.name), columns: columns, rowCount: identityCount)
  }

  /// Reads one token column of the identities, and skips those before it.
  ///
  /// - Parameter name: of the column.
  /// - Returns: one token an identity; none without a token column of that name.
  /// - Throws: `stagedTable` when it is not as it was written; `system`.
  package func identityTokens(_ name: String) throws(FilesError) -> TokenColumn {
    guard let place = identityColumns.firstIndex(where: { $0.name == name }),
      case .tokens = identityColumns[place].kind
    else { return [] }
    let damaged = FilesError.stagedTable(path: file.path, fault: "column '\(name)' is damaged")
    let size = try file.size()
    var offset = identityOffset
    for _ in 0..<place {
      var position = 0
      guard offset <= size - 8,
        let length = try file.bytes(at: offset, count: 8).word(UInt32.self, at: &position)
      else { throw damaged }
      offset += 8 + Int(length)
    }
    let (bytes, _) = try Self.block(file, at: offset, size: size)
    var position = 0
    guard
      case .tokens(let tokens)? = identityColumns[place].decode(
        bytes,
        at: &position,
        count: identityCount
      )
    else { throw damaged }
    return tokens
  }

  /// Reads one group, to be sealed by `Pseudonymisation`.
  ///
  /// - Returns: the number of its first identity, the row count of each identity, and the rows.
  package func group(
    _ number: Int
  ) throws(FilesError) -> (firstIdentity: Int, rowCounts: [Int32], rows: Table) {
    let (bytes, _) = try Self.block(
      file,
      at: groupOffsets[number],
      size: file.size(),
      proving: provesGroups
    )
    var position = 0
    let damaged = FilesError.stagedTable(path: file.path, fault: "group \(number) is damaged")
    guard let first = bytes.word(UInt32.self, at: &position),
      let identityCount = bytes.word(UInt32.self, at: &position),
      let rowCount = bytes.word(UInt32.self, at: &position),
      case .integers(let counts, _)? = StagedColumn.rowCounts.decode(
        bytes,
        at: &position,
        count: Int(identityCount)
      )
    else { throw damaged }
    var columns: [Column] = []
    for column in rowColumns {
      guard let values = column.decode(bytes, at: &position, count: Int(rowCount)) else {
        throw damaged
      }
      columns.append(values)
    }
    guard Int(first) + Int(identityCount) <= self.identityCount,
      let rowCounts = Self.rowCounts(counts), counts.reduce(0, &+) == Int64(rowCount)
    else { throw damaged }
    return (
      Int(first), rowCounts,
      Table(names: rowColumns.map(\.name), columns: columns, rowCount: Int(rowCount))
    )
  }

  /// Proves the checksum of a group; from any thread.
  ///
  /// - Throws: `stagedTable` when the group is not as it was written; `system`.
  package func verify(group number: Int) throws(FilesError) {
    _ = try Self.block(file, at: groupOffsets[number], size: file.size())
  }

  /// How many rows each identity of a group has, without reading the rows.
  ///
  /// The checksum covers the whole group and is proved when the rows are read.
  package func rowCounts(ofGroup number: Int) throws(FilesError) -> [Int32] {
    let damaged = FilesError.stagedTable(path: file.path, fault: "group \(number) is damaged")
    let start = groupOffsets[number] + 8
    let head = try file.bytes(at: start, count: 21)
    var position = 4
    guard let identityCount = head.word(UInt32.self, at: &position),
      Int(identityCount) <= self.identityCount
    else { throw damaged }
    position = 20
    let width = head.word(UInt8.self, at: &position) ?? 0
    let bytes = try file.bytes(at: start + 12, count: 9 + Int(identityCount) * Int(width))
    position = 0
    guard
      case .integers(let counts, _)? = StagedColumn.rowCounts.decode(
        bytes,
        at: &position,
        count: Int(identityCount)
      ), let rowCounts = Self.rowCounts(counts)
    else { throw damaged }
    return rowCounts
  }

  /// Row counts as they are used; nil when one is none: whoever repeats something so often would trap.
  private static func rowCounts(_ counts: [Int64]) -> [Int32]? {
    let fitting = counts.compactMap { $0 < 0 ? nil : Int32(exactly: $0) }
    return fitting.count == counts.count ? fitting : nil
  }

  /// The block at `offset`, and where the next one begins.
  static func block(
    _ file: borrowing OpenFile,
    at offset: Int,
    size: Int,
    proving: Bool = true
  ) throws(FilesError) -> (bytes: [UInt8], next: Int) {
    let damaged = FilesError.stagedTable(path: file.path, fault: "a block is damaged")
    guard offset >= 0, offset <= size - 8 else { throw damaged }
    let head = try file.bytes(at: offset, count: 8)
    var position = 0
    guard let length = head.word(UInt32.self, at: &position),
      let checksum = head.word(UInt32.self, at: &position), offset + 8 + Int(length) <= size,
      Int(length) <= longestBlock
    else { throw damaged }
    let bytes = try file.bytes(at: offset + 8, count: Int(length))
    if proving {
      guard unsafe bytes.withUnsafeBytes({ unsafe crc32($0) }) == checksum else { throw damaged }
    }
    return (bytes, offset + 8 + Int(length))
  }
}
