import Cryptography
import Files
import TestSupport
import Testing

@testable import NightlyRun

@Suite("The ledger of deliveries")
struct DeliveryLedgerTests {
  private func keys(_ byte: UInt8) throws -> DeliveryLedger.Keys {
    try DeliveryLedger.Keys(root(byte))
  }

  private func root(_ byte: UInt8) throws -> RootKey {
    let half = try unsafe [UInt8](repeating: byte, count: 32).span.withUnsafeBytes { bytes in
      try unsafe SecretBytes(copying: bytes)
    }
    return try RootKey(halves: [half])
  }

  private var ledger: DeliveryLedger {
    var delivery = LedgerDelivery(source: "care", period: "2026-07", files: "00ff")
    delivery.rowCount = 12
    delivery.sentCount = 14
    delivery.rejectedCount = 1
    delivery.typedCount = 12
    delivery.missing = ["amount": 3]
    delivery.unknownCodes = ["type": 2]
    delivery.sums = ["amount": -5]
    delivery.columnNames = ["amount", "type"]
    var first = ledgerFile("a", "1", period: "2026-07", message: "m", payload: "p", by: "2")
    first.state = .replaced
    first.rowCount = 12
    first.content = PackedContent(sha256: "9", byteCount: 123)
    first.day = 20_260_803
    return DeliveryLedger(
      pipeline: "region",
      files: [first, ledgerFile("b", "2")],
      deliveries: [delivery]
    )
  }

  @Test("it is read as it was written")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("deliveries.ledger")
    let keys = try keys(1)
    #expect(try DeliveryLedger.load(path: path, keys).ledger == DeliveryLedger())
    try ledger.write(to: path, keys)
    let found = try DeliveryLedger.load(path: path, keys)
    #expect(found.ledger == ledger)
    #expect(found.warning == nil)
    #expect(try folderMode(path) == 0o600)
  }

  @Test("one of another pipeline is refused without a key; an older one, which names none, is read")
  func owner() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("deliveries.ledger")
    try DeliveryLedger.checkOwner(path: path, pipeline: "region")
    try ledger.write(to: path, try keys(1))
    try DeliveryLedger.checkOwner(path: path, pipeline: "region")
    #expect(throws: RunError.self) {
      try DeliveryLedger.checkOwner(path: path, pipeline: "regio")
    }
    var older = ledger
    older.pipeline = nil
    older.deliveries[0].sentCount = nil
    try older.write(to: path, try keys(1))
    try DeliveryLedger.checkOwner(path: path, pipeline: "regio")
    #expect(try DeliveryLedger.load(path: path, try keys(1)).ledger == older)
  }

  @Test("one that was torn and lengthened by zeros is refused without reading them")
  func zeros() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("deliveries.ledger")
    try ledger.write(to: path, try keys(1))
    // More than the memory: reading it would end the test.
    try OpenFile(appendingTo: path).setSize(1 << 40)
    #expect(throws: RunError.self) { try DeliveryLedger.load(path: path, try keys(1)) }
  }

  @Test("no byte of it can be changed, added or cut off unseen")
  func proves() throws {
    let folder = try TemporaryFolder()
    let keys = try keys(1)
    try ledger.write(to: folder.file("deliveries.ledger"), keys)
    let bytes = try folder.bytes(of: "deliveries.ledger")
    let path = folder.file("other")
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 1
      try folder.write(changed, to: "other")
      #expect(throws: RunError.self, "byte \(place)") {
        _ = try DeliveryLedger.load(path: path, keys)
      }
    }
    for count in 0..<bytes.count {
      try folder.write(bytes.prefix(count), to: "other")
      #expect(throws: RunError.self, "first \(count)") {
        _ = try DeliveryLedger.load(path: path, keys)
      }
    }
    try folder.write(bytes + [0x0A], to: "other")
    #expect(throws: RunError.self) { _ = try DeliveryLedger.load(path: path, keys) }
  }

  @Test("under another key files are known by their bytes alone, and it is told")
  func otherKey() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("deliveries.ledger")
    try ledger.write(to: path, try keys(1))
    let found = try DeliveryLedger.load(path: path, try keys(2))
    #expect(found.warning != nil)
    #expect(found.ledger.files.map(\.sha256) == ["1", "2"])
    #expect(found.ledger.files.allSatisfy { $0.message == nil && $0.payload == nil })
  }

  @Test("a key that took over knows every message, the one before still does, and no other")
  func sealed() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("deliveries.ledger")
    let roots = try (1...12).map { try root(UInt8($0)) }
    try ledger.write(to: path, try keys(1))
    for number in 1..<11 {
      try DeliveryLedger.seal(path: path, from: roots[number - 1], for: roots[number])
    }
    // Nobody can seal it who could not open it.
    let before = try folder.bytes(of: "deliveries.ledger")
    try DeliveryLedger.seal(path: path, from: roots[11], for: roots[11])
    #expect(try folder.bytes(of: "deliveries.ledger") == before)
    let first = try keys(1)
    for (number, root) in roots.enumerated() {
      let own = try DeliveryLedger.Keys.of(ledger: path, root)
      let found = try DeliveryLedger.load(path: path, own)
      let isKnown = number == 0 || 3...10 ~= number
      #expect((found.warning == nil) == isKnown, "key \(number)")
      #expect((found.ledger == ledger) == isKnown, "key \(number)")
      #expect(own.messages.isEqual(to: first.messages) == isKnown, "key \(number)")
    }
    // A ledger that is written by one of them stays open to the others.
    var later = ledger
    later.files.append(ledgerFile("c", "3"))
    try later.write(to: path, try DeliveryLedger.Keys.of(ledger: path, roots[10]))
    for root in [roots[0], roots[9], roots[10]] {
      let own = try DeliveryLedger.Keys.of(ledger: path, root)
      #expect(try DeliveryLedger.load(path: path, own).ledger == later)
    }
  }

  @Test("the delivery before is that of the latest earlier period, or the last of other files")
  func before() {
    var ledger = DeliveryLedger()
    for period in ["2026-05", "2026-07", "2026-06", "2026-09"] {
      ledger.keep(LedgerDelivery(source: "care", period: period, files: period))
    }
    #expect(ledger.delivery(before: "2026-08", of: "care", files: "x")?.period == "2026-07")
    #expect(ledger.delivery(before: "2026-05", of: "care", files: "x") == nil)
    #expect(ledger.delivery(before: "2026-08", of: "support", files: "x") == nil)
    #expect(ledger.delivery(before: "", of: "care", files: "x") == nil)
    for files in ["1", "2", "1"] {
      ledger.keep(LedgerDelivery(source: "care", period: "", files: files))
    }
    #expect(ledger.delivery(before: "", of: "care", files: "2")?.files == "1")
    #expect(ledger.delivery(before: "", of: "care", files: "1")?.files == "2")
    #expect(ledger.delivery(before: "", of: "care", files: "3")?.files == "2")
  }

  @Test("of a period one delivery is kept, of a source three years of months")
  func limits() {
    var ledger = DeliveryLedger()
    for number in 0..<100 {
      ledger.keep(LedgerDelivery(source: "care", period: "\(1000 + number)", files: ""))
      ledger.keep(LedgerDelivery(source: "care", period: "\(1000 + number)", files: "x"))
    }
    #expect(ledger.deliveries.count == 36)
    #expect(ledger.deliveries.last?.period == "1099")
    #expect(ledger.deliveries.allSatisfy { $0.files == "x" })
  }
}
