import Foundation
@_spi(Pseudonymisation) import Tabular
import TestSupport
import Testing

@testable import Files

@Suite("Bloom filters on disk")
struct StagedFiltersTests {
  private func filters(identityCount: Int, filterCount: Int, seed: UInt64) -> FieldFilters {
    var random = SeededGenerator(seed: seed)
    return FieldFilters(
      vouchingFor: (0..<filterCount * FieldFilters.wordCount).map { _ in random.next() },
      numbers: (0..<identityCount).map { _ in
        filterCount == 0 || random.next() % 5 == 0
          ? missingCode : Int32.random(in: 0..<Int32(filterCount), using: &random)
      }
    )
  }

  @Test(
    "what is written is read back, whatever the number of filters",
    arguments: [(0, 0), (1, 0), (1, 1), (300, 7), (70_000, 65_536), (70_000, 65_537)]
  )
  func readsBack(identityCount: Int, filterCount: Int) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("s.surname.filters.staged")
    let written = filters(identityCount: identityCount, filterCount: filterCount, seed: 3)
    try StagedFilters.write(written, to: path, facts: ["made_from": "digest"])
    let file = try StagedFilters(path: path)
    let (words, numbers) = try file.read()
    #expect(words == written.words)
    #expect(numbers == written.numbers)
    #expect(file.header["made_from"]?.stringValue == "digest")
    #expect(file.header["filters"]?.integerValue == Int64(filterCount))
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    #expect(mode as? Int == 0o600)
    #expect(try namesInFolder(folder.path) == ["s.surname.filters.staged"])
  }

  @Test("bit 0 of a filter is the highest bit of its first byte")
  func ordersBits() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("f")
    var words = [UInt64](repeating: 0, count: 16)
    words[0] = 1 << 63
    words[15] = 1
    try StagedFilters.write(FieldFilters(vouchingFor: words, numbers: [0]), to: path, facts: [:])
    let bytes = try OpenFile(reading: path).bytes(at: 0, count: OpenFile(reading: path).size())
    let filter = bytes.dropLast(StagedTable.end.count).suffix(128)
    #expect(Array(filter) == [0x80] + [UInt8](repeating: 0, count: 126) + [0x01])
  }

  @Test("no changed, cut or added byte goes unseen, and none makes the reader stop")
  func findsDamage() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("f")
    try StagedFilters.write(
      filters(identityCount: 9, filterCount: 4, seed: 5),
      to: path,
      facts: ["made_from": "digest"]
    )
    let bytes = try OpenFile(reading: path).bytes(at: 0, count: OpenFile(reading: path).size())
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 0x11
      #expect(throws: FilesError.self, "byte \(place)") { try read(changed, path) }
      #expect(throws: FilesError.self, "cut at \(place)") {
        try read(Array(bytes[..<place]), path)
      }
    }
    #expect(throws: FilesError.self) { try read(bytes + [0], path) }
    let (_, numbers) = try read(bytes, path)
    #expect(numbers.count == 9)
  }

  @Test("counts that the file does not bear out are refused before memory is taken for them")
  func refusesCraftedCounts() throws {
    let folder = try TemporaryFolder()
    for (identities, filters) in [
      (1, 2), (-1, 0), (Int64.max, Int64.max), (1 << 31, 1), (1 << 30, 1 << 30),
    ] as [(Int64, Int64)] {
      var bytes = Array("KOPPEL-FILTERS/1\n".utf8)
      let header: JSONValue = ["identities": .integer(identities), "filters": .integer(filters)]
      StagedTableWriter.appendBlock(Array(header.canonical.utf8), to: &bytes)
      StagedTableWriter.appendBlock([UInt8](repeating: 0, count: 9), to: &bytes)
      bytes += StagedTable.end
      #expect(throws: FilesError.self) { try read(bytes, folder.file("f")) }
    }
  }

  @discardableResult
  private func read(_ bytes: [UInt8], _ path: String) throws -> (words: [UInt64], numbers: [Int32])
  {
    // Without waiting for the disk, as 2,000 damaged files would.
    try removeTree(path)
    try OpenFile(creating: path).write(bytes)
    let file = try StagedFilters(path: path)
    return try file.read()
  }
}
