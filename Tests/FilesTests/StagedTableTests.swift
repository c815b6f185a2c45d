@_spi(Pseudonymisation) import Tabular
import TestSupport
import Testing

@testable import Files

/// A table with a column of each kind and some values missing, from a seed.
private func randomTable(rowCount: Int, seed: UInt64, largest: Int64 = .max) -> Table {
  var random = SeededGenerator(seed: seed)
  var integers: [Int64] = []
  var codes: [Int32] = []
  var tokens: [Token] = []
  for _ in 0..<rowCount {
    let isMissing = random.next() % 7 == 0
    integers.append(
      isMissing ? missingInteger : Int64.random(in: -(largest / 2)...largest, using: &random)
    )
    codes.append(isMissing ? missingCode : Int32(random.next() % 3))
    tokens.append(isMissing ? .missing : Token(high: random.next(), low: random.next()))
  }
  return Table(
    names: ["number", "code", "token"],
    columns: [
      .integers(integers, .cents), .codes(codes, dictionary: ["a", "b, \"c\"", "ë"]),
      .tokens(TokenColumn(tokens)),
    ],
    rowCount: rowCount
  )
}

private func isEqual(_ left: Column, _ right: Column) -> Bool {
  switch (left, right) {
  case (.integers(let left, let leftUnit), .integers(let right, let rightUnit)):
    left == right && leftUnit == rightUnit
  case (.codes(let left, let leftTexts), .codes(let right, let rightTexts)):
    left == right && leftTexts == rightTexts
  case (.tokens(let left), .tokens(let right)): left.elementsEqual(right)
  default: false
  }
}

private func isEqual(_ left: Table, _ right: Table) -> Bool {
  left.names == right.names && zip(left.columns, right.columns).allSatisfy { isEqual($0, $1) }
}

/// Writes a table of `identityCount` identities in groups of ten, two rows each.
private func write(_ path: String, identityCount: Int, seed: UInt64, largest: Int64) throws
  -> (identities: Table, groups: [RowGroup])
{
  let identities = randomTable(rowCount: identityCount, seed: seed, largest: largest)
  let groups = stride(from: 0, to: identityCount, by: 10).map { first in
    let count = min(10, identityCount - first)
    return RowGroup(
      firstIdentity: first,
      rowCounts: Array(repeating: 2, count: count),
      rows: PseudonymisedTable(
        vouchingFor: randomTable(rowCount: 2 * count, seed: seed + UInt64(first), largest: largest)
      )
    )
  }
  var writer = try StagedTableWriter(
    path: path,
    facts: ["made_from": "digest"],
    identities: PseudonymisedTable(vouchingFor: identities),
    rowColumns: PseudonymisedTable(vouchingFor: randomTable(rowCount: 0, seed: 0)),
    // Columns are written as many at once as there are workers.
    workers: Int(seed % 4)
  )
  try writer.append(groups.map { StagedTableWriter.encoded($0) }, workers: 3)
  try writer.finish()
  return (identities, groups)
}

@Suite("Staged tables")
struct StagedTableTests {
  @Test(
    "what is written is read back, whatever the range of the numbers",
    arguments: [1, 100, 60_000, 1 << 31, Int64.max] as [Int64],
    [0, 1, 9, 35]
  )
  func readsBack(largest: Int64, identityCount: Int) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("x.staged")
    let written = try write(path, identityCount: identityCount, seed: 7, largest: largest)
    let read = try StagedTable(path: path)
    #expect(read.header["made_from"] == "digest")
    #expect(isEqual(try read.identities(), written.identities))
    for (name, column) in zip(written.identities.names, written.identities.columns) {
      let tokens: TokenColumn = if case .tokens(let values) = column { values } else { [] }
      #expect(try read.identityTokens(name).elementsEqual(tokens))
    }
    #expect(try read.identityTokens("none of that name").isEmpty)
    #expect(read.groupCount == written.groups.count)
    for (number, group) in written.groups.enumerated() {
      let found = try read.group(number)
      #expect(found.firstIdentity == group.firstIdentity)
      #expect(found.rowCounts == group.rowCounts)
      #expect(try read.rowCounts(ofGroup: number) == group.rowCounts)
      #expect(isEqual(found.rows, group.rows.table))
    }
  }

  @Test(
    "a table that is cut anywhere, or has a byte changed anywhere, is refused or reads the same"
  )
  func refusesDamage() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("x.staged")
    let written = try write(path, identityCount: 12, seed: 3, largest: 1000)
    let bytes = try folder.bytes(of: "x.staged")
    for position in bytes.indices {
      for damaged in [Array(bytes[..<position]), flipped(bytes, at: position)] {
        _ = try folder.write(damaged, to: "x.staged")
        guard let read = try? StagedTable(path: path) else { continue }
        for (name, column) in zip(written.identities.names, written.identities.columns) {
          guard case .tokens(let values) = column, let tokens = try? read.identityTokens(name),
            !tokens.isEmpty
          else { continue }
          #expect(tokens.elementsEqual(values), "byte \(position)")
        }
        guard let identities = try? read.identities() else { continue }
        guard (try? (0..<read.groupCount).map { try read.group($0) }) != nil else { continue }
        #expect(isEqual(identities, written.identities), "byte \(position)")
        #expect(read.groupCount == written.groups.count, "byte \(position)")
      }
    }
  }

  @Test("a group that repeats an identity less than no time is refused, whatever its checksum")
  func refusesNegativeCounts() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("x.staged")
    let identities = PseudonymisedTable(vouchingFor: randomTable(rowCount: 2, seed: 1))
    let rows = PseudonymisedTable(vouchingFor: randomTable(rowCount: 3, seed: 2))
    var writer = try StagedTableWriter(
      path: path,
      facts: [:],
      identities: identities,
      rowColumns: rows
    )
    let group = RowGroup(firstIdentity: 0, rowCounts: [-2, 3], rows: rows)
    try writer.append([StagedTableWriter.encoded(group)])
    try writer.finish()
    let read = try StagedTable(path: path)
    #expect(throws: FilesError.self) { try read.group(0) }
    #expect(throws: FilesError.self) { try read.rowCounts(ofGroup: 0) }
  }

  private func flipped(_ bytes: [UInt8], at position: Int) -> [UInt8] {
    var damaged = bytes
    damaged[position] ^= 0x10
    return damaged
  }

  @Test("rows put aside come back by bucket, in the order of chunks", arguments: [1, 4, 16])
  func spillKeepsRows(bucketCount: Int) throws {
    let folder = try TemporaryFolder()
    let spill = try StagedSpill(in: folder.path, bucketCount: bucketCount)
    var random = SeededGenerator(seed: 11)
    var expected = [[[Int64]]](repeating: [[], []], count: bucketCount)
    var chunks: [(rows: [[Int64]], buckets: [UInt16])] = []
    for _ in 0..<5 {
      let rowCount = Int(random.next() % 200)
      let first = (0..<rowCount).map { _ in Int64(random.next() % 1000) }
      let second = (0..<rowCount).map { _ in
        random.next() % 5 == 0 ? missingInteger : Int64(bitPattern: random.next() >> 1)
      }
      let buckets = (0..<rowCount).map { _ in UInt16(random.next() % UInt64(bucketCount)) }
      for row in 0..<rowCount {
        expected[Int(buckets[row])][0].append(first[row])
        expected[Int(buckets[row])][1].append(second[row])
      }
      chunks.append(([first, second], buckets))
    }
    for number in [3, 0, 4, 1, 2] {
      let (rows, buckets) = chunks[number]
      let table = Table(
        names: ["identity", "amount"],
        columns: rows.map { .integers($0, .number) },
        rowCount: buckets.count
      )
      try spill.append(PseudonymisedTable(vouchingFor: table), buckets: buckets, chunk: number)
    }
    for bucket in 0..<bucketCount {
      #expect(try spill.columns(ofBucket: bucket, columnCount: 2) == expected[bucket])
    }
    #expect(folder.files().isEmpty)
  }
}
