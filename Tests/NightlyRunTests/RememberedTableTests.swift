import Cryptography
import Diagnostics
import Files
import Foundation
import Tabular
import TestSupport
import Testing

@testable import NightlyRun

@Suite("What nights remember of a release")
struct RememberedTableTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func root(_ byte: UInt8 = 7) throws -> RootKey {
    let bytes = [UInt8](repeating: byte, count: 32)
    return try RootKey(halves: [
      unsafe bytes.span.withUnsafeBytes { try unsafe SecretBytes(copying: $0) }
    ])
  }

  private func open(_ byte: UInt8 = 7, mends: Bool = true) throws -> ReleasesFile {
    try ReleasesFile.open(
      in: WorkFolder(path: folder.path),
      pipeline: "night",
      [root(byte)],
      mends: mends
    )
  }

  private func read(
    _ file: ReleasesFile,
    release: String = "r"
  ) throws -> (releases: [EarlierRelease], last: [String: RememberedTable]) {
    try file.earlier(overlapping: [0...30], release: release) { $0.release == release }
  }

  private func add(_ tables: [RememberedTable], day: Int32, release: String = "r") throws {
    let file = try open()
    let facts = RandomReleases.facts(day: day, release: release).of(tables, dominance: "")
    try file.add(tables, facts, since: read(file, release: release).last)
  }

  @Test("any tables are read as they were written", arguments: 0..<12 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var random = RandomReleases(seed: seed)
    var written: [[RememberedTable]] = []
    for day in 1...4 as ClosedRange<Int32> {
      // Now and then a table loses or wins cells.
      let tables = random.tables(day: day)
      written.append(tables)
      try add(tables, day: day)
    }
    let found = try read(open()).releases
    #expect(found.map(\.day) == [1, 2, 3, 4], "seed \(seed)")
    for (release, tables) in zip(found, written) {
      #expect(release.isJoinable && release.minimum == 5)
      #expect(
        RememberedTable.tables(of: release).map { "\($0)" } == tables.map { "\($0)" },
        "seed \(seed)"
      )
    }
  }

  @Test("a night with nothing changed costs next to nothing, and one that is alike is told once")
  func smallDifferences() throws {
    var random = RandomReleases(seed: 40)
    let tables = random.tables(day: 1)
    try add(tables, day: 1)
    let first = try folder.bytes(of: ReleasesFile.name).count
    try add(random.again(tables, day: 2), day: 2)
    let second = try folder.bytes(of: ReleasesFile.name).count
    #expect(second - first < 1_500, "\(first), then \(second - first)")
    #expect(try open().nights.count == 2)
    #expect(try read(open()).releases.map(\.day) == [2])
  }

  @Test("a night in which only what a provider brings is another is another night")
  func otherShares() throws {
    let names = ["p", "q"]
    func table(_ amounts: [Int64]?) -> RememberedTable {
      let count = CellTable.Figure(name: "cost", kind: .sum, unit: .cents, values: [7])
      let table = CellTable(name: "t", dimensions: [], figures: [count], persons: [3])
      let shares = amounts.map { amounts in
        ProviderShares(
          zip(amounts, Int32(0)...).map {
            ProviderShares.Share(cell: 0, provider: $1, amount: $0, persons: 2)
          },
          names: names,
          cellCount: 1
        )
      }
      let published = PublishedTable(name: "t", dimensions: [], figures: [])
      return RememberedTable(
        table.telling(shares.map { ["cost": $0] } ?? [:]),
        published: published
      )
    }
    let nights = [nil, [3, 4], [3, 4], [4, 3], [7, 0], [4, 3], nil] as [[Int64]?]
    for (day, amounts) in zip(Int32(1)..., nights) { try add([table(amounts)], day: day) }
    let found = try read(open()).releases
    // The third is but for its day the second.
    #expect(found.map(\.day) == [1, 3, 4, 5, 6, 7])
    #expect(
      found.map { $0.tables[0].figures[0].providers?.amounts }
        == [nil, [3, 4], [4, 3], [7], [4, 3], nil]
    )
  }

  @Test("shares that no night wrote are none")
  func disorderedShares() {
    func areRead(
      _ names: [String] = ["p", "q", "r"],
      counts: [Int32] = [2, 0, 1],
      _ providers: [Int32] = [0, 2, 1],
      _ amounts: [Int64] = [5, -6, 7],
      _ persons: [Int64] = [1, 1, 0]
    ) -> Bool {
      ProviderShares(
        names: names,
        counts: counts,
        providers: providers,
        amounts: amounts,
        persons: persons
      ) != nil
    }
    #expect(areRead())
    #expect(!areRead(["q", "p", "r"]))
    #expect(!areRead(["p", "p", "r"]))
    #expect(!areRead(["p", "q"]))
    #expect(!areRead(counts: [2, 0, 0]))
    #expect(!areRead(counts: [2, 0, 2]))
    #expect(!areRead(counts: [3, -1, 1]))
    #expect(!areRead(["p", "q", "r"], [2, 0, 1]))
    #expect(!areRead(["p", "q", "r"], [0, 0, 1]))
    #expect(!areRead(["p", "q", "r"], [-1, 0, 1]))
    #expect(!areRead(["p", "q", "r"], [0, 2, 1], [5, 0, 7]))
    #expect(!areRead(["p", "q", "r"], [0, 2, 1], [5, 6]))
    #expect(!areRead(["p", "q", "r"], [0, 2, 1], [5, 6, 7], [1, -1, 1]))
  }

  @Test("providers are known by digests under a key, and bring what they brought")
  func namesProviders() throws {
    let codes = ["97000001", "97000002", "97000003"]
    let shares = ProviderShares(
      codes.indices.map {
        ProviderShares.Share(cell: 0, provider: Int32($0), amount: Int64($0) + 1, persons: 4)
      },
      names: codes,
      cellCount: 1
    )
    let figure = CellTable.Figure(name: "cost", kind: .sum, unit: .cents, values: [6])
    let table = CellTable(name: "t", dimensions: [], figures: [figure], persons: [3])
      .telling(["cost": shares])
    func amounts(_ byte: UInt8) throws -> [String: Int64] {
      let key = try root(byte).key("koppel/providers/v1", ["night"])
      let named = try [table].namingProviders(by: key)[0].figures[0].providers
      let found = try #require(named)
      return Dictionary(
        uniqueKeysWithValues: zip(found.providers.map { found.names[Int($0)] }, found.amounts)
      )
    }
    let found = try amounts(7)
    var authenticator = try MessageAuthenticator(key: root().key("koppel/providers/v1", ["night"]))
    for (code, amount) in zip(codes, Int64(1)...) {
      let name = lowerHex(try authenticator.fullTag(Array(code.utf8)).prefix(16))
      #expect(name.count == 32 && found[name] == amount)
    }
    #expect(Set(try amounts(8).keys).isDisjoint(with: found.keys))
  }

  @Test(
    "no part of a night is taken for another, wherever it ends or changes",
    .timeLimit(.minutes(2))
  )
  func neverTraps() throws {
    var random = RandomReleases(seed: 3)
    let table = random.tables(day: 1)[0]
    let bytes = try table.bytes(since: nil, of: "ledger")
    func isRead(_ bytes: [UInt8]) throws -> Bool {
      do {
        let packed = try RememberedTable.Packed(bytes, of: "ledger")
        _ = try RememberedTable.read(packed) { _ in nil }
        return true
      } catch is ReleaseBytesReading.NotOfRelease { return false }
    }
    #expect(try isRead(bytes))
    for count in bytes.indices { #expect(try !isRead(Array(bytes[..<count])), "cut at \(count)") }
    // Packed numbers that are whole, but others.
    let packed = try RememberedTable.Packed(bytes, of: "ledger")
    for place in packed.numbers.indices {
      for bit in [0, 3, 7] {
        var numbers = packed.numbers
        numbers[place] ^= 1 << UInt8(bit)
        var changed: [UInt8] = []
        let own = try PackedBytes.pack(numbers, for: "ledger")
        changed.appendWord(UInt32(own.count))
        // Only that it does not trap: some changes are other tables.
        _ = try isRead(changed + own + packed.keys)
      }
    }
  }

  @Test("a ledger of which a byte is another, or whose end is gone, is refused with 76")
  func refusesChanges() throws {
    var random = RandomReleases(seed: 5, sizes: [2])
    try add(random.tables(day: 1), day: 1)
    try add(random.tables(day: 2), day: 2)
    let whole = try folder.bytes(of: ReleasesFile.name)
    var other = 0
    for place in whole.indices where place < 300 || place % 5 == 0 {
      var changed = whole
      changed[place] ^= 1
      try folder.write(changed, to: ReleasesFile.name)
      do {
        _ = try open()
        Issue.record("byte \(place) of \(whole.count)")
      } catch let error as FilesError {
        #expect(error.exitStatus == .tampered)
      } catch let error as RunError {
        // The fingerprint that it names is that of another key, or its pipeline another.
        #expect(error.exitStatus == .privacyRefused)
        other += 1
      }
    }
    #expect(other < 40, "\(other) of \(whole.count)")
    // Of the last word nothing is needed: the night stays after all.
    let lastWord = 5 + 16 + 32
    for count in stride(from: 0, to: whole.count, by: 7) {
      try folder.write(whole.prefix(count), to: ReleasesFile.name)
      if count < whole.count - lastWord {
        #expect(throws: FilesError.self, "cut at \(count)") { _ = try open() }
      } else {
        #expect(try open().nights.count == 2, "cut at \(count)")
        #expect(try folder.bytes(of: ReleasesFile.name) == whole, "cut at \(count)")
      }
    }
    try folder.write(whole, to: ReleasesFile.name)
    #expect(try open().nights.count == 2)
    #expect(throws: RunError.self) { _ = try open(8) }
  }

  @Test("a night that was written stays though nobody said so, and who only looks writes nothing")
  func staysAfterAll() throws {
    var random = RandomReleases(seed: 6, sizes: [3])
    try add(random.tables(day: 1), day: 1)
    let end = try folder.bytes(of: "\(ReleasesFile.name).end")
    try add(random.tables(day: 2), day: 2)
    let whole = try folder.bytes(of: ReleasesFile.name)
    let torn = Array(whole.dropLast(5 + 16 + 32))
    try folder.write(torn, to: ReleasesFile.name)
    try folder.write(end, to: "\(ReleasesFile.name).end")
    #expect(try read(open(mends: false)).releases.map(\.day) == [1, 2])
    #expect(try folder.bytes(of: ReleasesFile.name) == torn)
    #expect(try read(open()).releases.map(\.day) == [1, 2])
    #expect(try folder.bytes(of: ReleasesFile.name) == whole)
  }

  @Test("releases of other pseudonyms are told, but not joined, and others' times are not")
  func otherReleases() throws {
    var random = RandomReleases(seed: 7, sizes: [3])
    try add(random.tables(day: 1), day: 1, release: "a")
    try add(random.tables(day: 2), day: 2, release: "b")
    let found = try read(open(), release: "b").releases
    #expect(found.map(\.isJoinable) == [false, true])
    let none = try open().earlier(overlapping: [500...600], release: "b") { _ in true }
    #expect(none.releases.isEmpty && !none.last.isEmpty)
  }

  @Test("a rotated key proves what the one before did")
  func rotates() throws {
    var random = RandomReleases(seed: 8, sizes: [3])
    try add(random.tables(day: 1), day: 1)
    let before = try read(open()).releases
    let place = try #require(
      try ReleasesFile.rewrite(
        in: WorkFolder(path: folder.path),
        pipeline: "night",
        from: root(),
        to: root(9)
      )
    )
    // Until it is put in its place the old one holds; a run that finds it puts it there.
    #expect(try read(open()).releases.count == 1)
    _ = try ReleasesFile.rewrite(
      in: WorkFolder(path: folder.path),
      pipeline: "night",
      from: root(),
      to: root(9)
    )
    try ReleasesFile.placeRewritten(place)
    let after = try read(open(9)).releases
    #expect(
      after.flatMap { RememberedTable.tables(of: $0) }.map { "\($0)" }
        == before.flatMap { RememberedTable.tables(of: $0) }.map { "\($0)" }
    )
    #expect(throws: RunError.self) { _ = try open() }
  }
}
