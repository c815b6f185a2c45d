import FoundationEssentials
import Glibc
package import Tabular

/// The Bloom filters of one column on disk, apart from the staged table that they belong to.
///
/// ```
/// "KOPPEL-FILTERS/1\n"
/// header       block: canonical JSON: counts, what it was made from, and what the run tells
/// numbers      block: of each identity the number of its filter, packed
/// filters      blocks of at most 65,536 filters of 128 bytes
/// "KOPPEL-END\n"
/// ```
///
/// Blocks are those of a staged table. Bit x of a filter is byte x / 8, mask 0x80 >> (x mod 8).
/// Filters can be attacked where tokens cannot: the file is removed as soon as nobody needs it.
package struct StagedFilters: ~Copyable {
  /// What the run told of the filters, with the counts `identities` and `filters`.
  package let header: JSONValue
  private let file: OpenFile
  private let size: Int
  private let numbersOffset: Int

  private static let magic = Array("KOPPEL-FILTERS/1\n".utf8)
  private static let filtersInBlock = 65_536
  private static let numbers = StagedColumn(name: "filters", kind: .integers(.number))

  /// Opens a file of filters and reads its header.
  ///
  /// - Throws: `stagedTable` when it is damaged, incomplete or of another version; `system`.
  package init(path: String) throws(FilesError) {
    let file = try OpenFile(reading: path)
    let size = try file.size()
    guard size > Self.magic.count + StagedTable.end.count,
      try file.bytes(at: 0, count: Self.magic.count) == Self.magic
    else { throw .stagedTable(path: path, fault: "no filters of this version") }
    let tail = try file.bytes(
      at: size - StagedTable.end.count,
      count: StagedTable.end.count
    )
    guard tail == StagedTable.end else { throw .stagedTable(path: path, fault: "incomplete") }
    let (bytes, next) = try StagedTable.block(file, at: Self.magic.count, size: size)
    guard let header = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)),
      header["identities"]?.integerValue != nil, header["filters"]?.integerValue != nil
    else { throw .stagedTable(path: path, fault: "its header cannot be read") }
    self.file = file
    self.size = size
    self.header = header
    numbersOffset = next
  }

  /// Reads the filters, to be sealed by `Pseudonymisation`; proves every checksum.
  ///
  /// - Returns: 16 words a filter, and for each identity the number of its filter or `missingCode`.
  /// - Throws: `stagedTable` when something is not as it was written; `system`.
  package func read() throws(FilesError) -> (words: [UInt64], numbers: [Int32]) {
    let damaged = FilesError.stagedTable(path: file.path, fault: "a block is damaged")
    let most = Int64(Int32.max)
    guard let identityCount = header["identities"]?.integerValue, 0...most ~= identityCount,
      let filterCount = header["filters"]?.integerValue, 0...identityCount ~= filterCount
    else { throw damaged }
    // A crafted count may not take memory that no filter fills.
    let wordCount = Int(filterCount) * FieldFilters.wordCount
    guard wordCount <= size / 8 else { throw damaged }
    let (bytes, first) = try StagedTable.block(file, at: numbersOffset, size: size)
    var position = 0
    guard
      case .integers(let values, _)? = Self.numbers.decode(
        bytes,
        at: &position,
        count: Int(identityCount)
      )
    else { throw damaged }
    var numbers: [Int32] = []
    numbers.reserveCapacity(values.count)
    for value in values {
      guard value == missingInteger || 0..<filterCount ~= value else { throw damaged }
      numbers.append(value == missingInteger ? missingCode : Int32(truncatingIfNeeded: value))
    }
    var words: [UInt64] = []
    words.reserveCapacity(wordCount)
    var offset = first
    while words.count < wordCount {
      let (block, next) = try StagedTable.block(file, at: offset, size: size)
      guard block.count > 0, block.count % (8 * FieldFilters.wordCount) == 0,
        words.count + block.count / 8 <= wordCount
      else { throw damaged }
      unsafe block.withUnsafeBytes { raw in
        for place in stride(from: 0, to: raw.count, by: 8) {
          let word = unsafe raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)
          words.append(UInt64(bigEndian: word))
        }
      }
      offset = next
    }
    guard offset == size - StagedTable.end.count else { throw damaged }
    return (words, numbers)
  }

  /// Writes filters; the file appears under its name only when it is complete, for its owner alone.
  ///
  /// - Parameters:
  ///   - filters: of one column.
  ///   - path: where they will stand; older ones there are replaced.
  ///   - facts: what the run tells of them; the keys `identities` and `filters` are taken.
  /// - Throws: `system`.
  package static func write(
    _ filters: FieldFilters,
    to path: String,
    facts: [String: JSONValue]
  ) throws(FilesError) {
    var header = facts
    header["identities"] = .integer(Int64(filters.numbers.count))
    header["filters"] = .integer(Int64(filters.count))
    var bytes = magic
    StagedTableWriter.appendBlock(Array(JSONValue.object(header).canonical.utf8), to: &bytes)
    var block: [UInt8] = []
    let numbers = filters.numbers.map { $0 < 0 ? missingInteger : Int64($0) }
    StagedColumn.encode(.integers(numbers, .number), to: &block)
    StagedTableWriter.appendBlock(block, to: &bytes)
    let temporary = path + ".part"
    let file = try StagedTableWriter.begin(temporary, with: bytes)
    let wordsInBlock = filtersInBlock * FieldFilters.wordCount
    for first in stride(from: 0, to: filters.words.count, by: wordsInBlock) {
      let words = filters.words[first..<min(first + wordsInBlock, filters.words.count)]
      try file.write(encodedBlock(words))
    }
    try file.write(StagedTable.end)
    // Not synchronised: after a power cut its checksums fail, and the filters are made again.
    guard unsafe rename(temporary, path) == 0 else {
      throw .system(.rename, path: path, code: errno)
    }
  }

  private static func encodedBlock(_ words: ArraySlice<UInt64>) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: words.count * 8)
    unsafe block.withUnsafeMutableBytes { raw in
      var place = 0
      for word in words {
        unsafe raw.storeBytes(of: word.bigEndian, toByteOffset: place, as: UInt64.self)
        place += 8
      }
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(block.count + 8)
    StagedTableWriter.appendBlock(block, to: &bytes)
    return bytes
  }
}
