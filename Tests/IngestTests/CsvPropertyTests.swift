import PipelineFile
import Tabular
import TestSupport
import Testing

@testable import Ingest

private let columns = [
  column("id", .integer, required: true), column("name", .name), column("day", .date),
  column("kind", .code, pattern: "k:{}"),
]

/// Text that is likely to be hard: quotes, delimiters, line ends, wrong values, accents.
private func randomText(_ random: inout SeededGenerator, rowCount: Int) -> [UInt8] {
  let fields = [
    "1", "22", "x", "", "\"a\"", "\"a;b\"", "\"a\"\"b\"", "\"open", "a\"b", "2026-08-02", "é", " 7",
    "\"x\ny\"", "\r", "\"\"", "30000000", "\u{1}", "\"x\r\ny\"", "\"", "12345678901234567890",
  ]
  var text = Array("name;id;other;day;kind\n".utf8)
  for _ in 0..<rowCount {
    let count = Int.random(in: 0..<12, using: &random) == 0 ? 4 : 5
    for field in 0..<count {
      if field > 0 { text.append(UInt8(ascii: ";")) }
      let rare = Int.random(in: 0..<6, using: &random) == 0
      let plain = ["Ann", "17", "x", "20260801", "A"][field]
      text += Array((rare ? fields.randomElement(using: &random) ?? "" : plain).utf8)
    }
    if Int.random(in: 0..<9, using: &random) == 0 { text.append(0x0D) }
    text.append(0x0A)
  }
  if Bool.random(using: &random) { text.removeLast() }
  return text
}

/// How many lines are rows, counted plainly: all but the header, and blank ones at the end.
private func lineCount(_ text: [UInt8]) -> Int {
  var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
  while let last = lines.last, last.isEmpty || last == [0x0D] { lines.removeLast() }
  return max(0, lines.count - 1)
}

@Suite("CSV properties")
struct CsvPropertyTests {
  @Test("where chunks end changes no row and no reject", arguments: 0..<60 as Range<UInt64>)
  func chunkSize(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let text = randomText(&random, rowCount: 400)
    for multiline in [false, true] {
      let extract = Extract.csv(columns).with { $0.multiline = multiline }
      let whole = try extract.read(text)
      for size in [16, 64, 65, 100, 777, 4096] {
        let outcome = try extract.inChunks(of: size).read(text)
        #expect(outcome.meaning == whole.meaning, "seed \(seed), chunks of \(size), \(multiline)")
        #expect(multiline || size > 1000 || outcome.ordinals.count > 2)
        #expect(outcome.ordinals == Array(0..<outcome.ordinals.count))
      }
    }
  }

  @Test("read = accepted + rejected = lines, counted plainly", arguments: 0..<60 as Range<UInt64>)
  func accounted(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let text = randomText(&random, rowCount: 300)
    let outcome = try Extract.csv(columns).read(text)
    #expect(outcome.read == lineCount(text), "seed \(seed)")
    #expect(outcome.read == outcome.accepted + outcome.rejected, "seed \(seed)")
    #expect(outcome.rows.count == outcome.accepted, "seed \(seed)")
    #expect(outcome.rejects.count == outcome.rejected, "seed \(seed)")
  }

  @Test("mutated files neither trap nor lose count", arguments: 0..<300 as Range<UInt64>)
  func mutated(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var text = randomText(&random, rowCount: 40)
    let header = Array("name;id;other;day;kind\n".utf8).count
    for _ in 0..<Int.random(in: 1...20, using: &random) {
      let place = Int.random(in: header..<text.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: text[place] = UInt8.random(in: 0...255, using: &random)
      case 1: text.insert(UInt8.random(in: 1...255, using: &random), at: place)
      default: text.remove(at: place)
      }
      if text.count <= header { break }
    }
    for place in text.indices where text[place] == 0 { text[place] = 1 }
    let count = lineCount(text)
    for encoding in Encoding.allCases {
      for size in [64, 1 << 20] {
        let extract = Extract.csv(columns, encoding: encoding).inChunks(of: size)
        let text = encoding == .utf16le ? text.flatMap { [$0, 0] } : text
        let outcome = try extract.read(text)
        #expect(outcome.read == count, "seed \(seed)")
        #expect(outcome.read == outcome.accepted + outcome.rejected, "seed \(seed)")
        let many = try extract.with { $0.multiline = true }.read(text)
        #expect(many.read == many.accepted + many.rejected, "seed \(seed)")
      }
    }
  }

  @Test("random bytes are refused or rejected, never a trap", arguments: 0..<50 as Range<UInt64>)
  func randomBytes(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let bytes = (0..<10_000).map { _ in UInt8.random(in: 0...255, using: &random) }
    #expect(!Extract.csv(columns).refusal(of: bytes).hasPrefix("read"), "seed \(seed)")
  }

  @Test("a quote at any byte costs one row at most", arguments: [false, true])
  func quoteAnywhere(multiline: Bool) throws {
    let rows = (10..<20).map { "Ann\($0);\($0);x;20260801;A\n" }
    let header = "name;id;other;day;kind\n"
    let text = Array((header + rows.joined()).utf8)
    let extract = Extract.csv(columns).with { $0.multiline = multiline }
    for place in header.utf8.count...text.count {
      var changed = text
      changed.insert(UInt8(ascii: "\""), at: place)
      let outcome = try extract.read(changed)
      #expect(outcome.accepted >= 9, "at byte \(place)")
      #expect(outcome.read - outcome.accepted <= 1, "at byte \(place)")
    }
  }

  @Test("a cut at any byte costs one row at most of those before it")
  func cutAnywhere() throws {
    let rows = (10..<20).map { "Ann\($0);\($0);x;20260801;A\n" }
    let header = "name;id;other;day;kind\n"
    let text = Array((header + rows.joined()).utf8)
    for place in header.utf8.count...text.count {
      let outcome = try Extract.csv(columns).read(Array(text[..<place]))
      let whole = text[..<place].count { $0 == 0x0A } - 1
      #expect(outcome.accepted >= whole, "at byte \(place)")
      #expect(outcome.read - whole <= 1, "at byte \(place)")
    }
  }
}
