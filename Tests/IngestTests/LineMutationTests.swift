@testable import PipelineFile
import Tabular
import TestSupport
import Testing

@testable import Ingest

/// A file of one of the formats that are read in lines, and how its rows are counted plainly.
private struct Sample {
  let extract: Extract
  let text: String
  let rows: PlainRows

  static let all: [Sample] = [
    Sample(extract: .csv(columns), text: csv, rows: PlainRows()),
    Sample(
      extract: .csv(columns).with { $0.multiline = true },
      text: csv.replacing("Bo", with: "\"B\no\""),
      rows: PlainRows(isMultiline: true)
    ),
    Sample(extract: .csv(columns, encoding: .latin1), text: csv, rows: PlainRows()),
    Sample(
      extract: .csv(columns, encoding: .latin1).with {
        $0.multiline = true
        $0.footer = "^T;"
      },
      text: csv + "T;1\n",
      rows: PlainRows(isMultiline: true, marks: [Array("T;".utf8)])
    ),
    Sample(
      extract: .statline(columns).with {
        $0.top = 1
        $0.header = 2
      },
      text: "Tabel\n;;;\n" + csv.replacing("Ann", with: "\"Ann  \"") + "\"© CBS\"\n",
      rows: PlainRows(headLineCount: 3)
    ),
    Sample(
      extract: .fixed([
        column("name", .name, at: .bytes(1...4)), column("day", .date, at: .bytes(5...14)),
        column("amount", .money, at: .bytes(15...16)),
      ]),
      text: String(repeating: "Ann 2026-08-0212\nBo  2026-08-0113\r\n", count: 4),
      rows: PlainRows(headLineCount: 0)
    ),
    Sample(
      extract: Extract(
        columns: [column("bsn", .bsn), column("surname", .name), column("deceased", .code)],
        format: .lo3Csv(.lo3, .utf8)
      ),
      text: ";01.01.20;01.02.40;01.H;06.08.10\n"
        + String(repeating: "1;123456782;\"J;a\";51;\n;123456782;K;;20200000\n;;;;\n", count: 3),
      rows: PlainRows()
    ),
  ]

  private static let columns = [
    column("name", .name), column("day", .date, required: true), column("amount", .money),
  ]
  private static let csv =
    "name;day;amount;x\n"
    + String(repeating: "Ann;2026-08-02;12;é\n\"B;\"\"\";20260801;;\r\nBo;;3;\"y\"\n", count: 3)
}

@Suite("Mutated lines")
struct LineMutationTests {
  @Test(
    "10,000 mutated files: read = accepted + rejected + skipped = an independent count",
    arguments: 0..<100 as Range<UInt64>
  )
  func mutated(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    for number in 0..<100 {
      let sample = Sample.all[number % Sample.all.count]
      var text = Array(sample.text.utf8)
      mutate(&text, &random)
      let path = try folder.write(text, named: "file")
      let size = [16, 33, 100, 1 << 16].randomElement(using: &random) ?? 16
      let place = "seed \(seed), file \(number), chunks of \(size)"
      do {
        let outcome = try sample.extract.inChunks(of: size).read(paths: [path])
        let skipped = outcome.skipped.values.reduce(0, +)
        #expect(outcome.read == outcome.accepted + outcome.rejected + skipped, "\(place)")
        #expect(outcome.read == sample.rows.count(text), "\(place)")
        #expect(outcome.rows.count == outcome.accepted, "\(place)")
        #expect(outcome.rejects.count == outcome.rejected, "\(place)")
        #expect(outcome.facts.map(\.rowCount).reduce(0, +) <= outcome.read, "\(place)")
        let whole = try sample.extract.read(paths: [path])
        #expect(outcome.meaning == whole.meaning, "\(place)")
      } catch IngestError.refused {
        // A header that is gone, NUL bytes in the first 4 KiB.
        continue
      }
    }
  }

  private func mutate(_ text: inout [UInt8], _ random: inout SeededGenerator) {
    let marks: [UInt8] = [0x22, 0x3B, 0x0A, 0x0D, 0x20, 0x54, 0xC3, 0x80, 0x30, 0x09]
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      // Few in the header: most files shall be read.
      let start = Int.random(in: 0..<20, using: &random) == 0 ? 0 : min(40, text.count - 1)
      guard start < text.count, start >= 0 else { return }
      let place = Int.random(in: start..<text.count, using: &random)
      let byte =
        Bool.random(using: &random)
        ? marks.randomElement(using: &random) ?? 0 : UInt8.random(in: 1...255, using: &random)
      switch Int.random(in: 0..<8, using: &random) {
      case 0, 1, 2: text[place] = byte
      case 3, 4, 5: text.insert(byte, at: place)
      case 6: text.remove(at: place)
      default: text.removeLast(Int.random(in: 0..<min(30, text.count), using: &random))
      }
    }
  }
}
