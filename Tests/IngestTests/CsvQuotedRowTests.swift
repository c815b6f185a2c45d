import PipelineFile
import Tabular
import TestSupport
import Testing

@testable import Ingest

@Suite("Quoted rows")
struct CsvQuotedRowTests {
  /// A value, as the reader must give it, and how it is written.
  private struct Field {
    let value: String
    let isQuoted: Bool

    init(_ random: inout SeededGenerator, quotedShare: Int) {
      let values = [
        "a", "bc", "value", "x;y", "", "d\"e", "ë", ";", ";;", "\"", "longer than sixteen bytes",
      ]
      let value = values.randomElement(using: &random) ?? ""
      let mustQuote = value.contains { $0 == ";" || $0 == "\"" }
      self.value = value
      isQuoted = mustQuote || Int.random(in: 0..<100, using: &random) < quotedShare
    }

    var text: String {
      isQuoted ? "\"\(value.replacing("\"", with: "\"\""))\"" : value
    }
  }

  @Test(
    "what is quoted, all or some, gives the values that were written",
    arguments: [0, 2, 50, 100],
    0..<12 as Range<UInt64>
  )
  func values(quotedShare: Int, seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    // Wide rows too: where a window of the index ends, a row must not.
    let fieldCount = [1, 2, 8, 700].randomElement(using: &random) ?? 8
    let rowCount = 12_000 / fieldCount
    let lineEnd = Bool.random(using: &random) ? "\n" : "\r\n"
    let columns = (0..<fieldCount).map { column("c\($0)", .text) }
    var text = columns.map { "\"\($0.name)\"" }.joined(separator: ";") + ";last" + lineEnd
    var expected: [String] = []
    for _ in 0..<rowCount {
      let fields = (0..<fieldCount).map { _ in Field(&random, quotedShare: quotedShare) }
      text += fields.map(\.text).joined(separator: ";") + ";x" + lineEnd
      expected.append(fields.map { $0.value.isEmpty ? "-" : $0.value }.joined(separator: "|"))
    }
    for multiline in [false, true] {
      for size in [1 << 14, 1 << 22] {
        let extract = Extract.csv(columns).with { $0.multiline = multiline }.inChunks(of: size)
        let outcome = try extract.read(text)
        #expect(outcome.rejects.isEmpty, "seed \(seed)")
        #expect(outcome.rows == expected, "seed \(seed), chunks of \(size), \(multiline)")
        #expect(outcome.lines == Array(2..<rowCount + 2), "seed \(seed)")
      }
    }
  }

  @Test("rows that are not quite quoted are judged as ever, among rows that are")
  func nearlyQuoted() throws {
    let extract = Extract.csv([column("a", .text), column("b", .text)])
    let good = "\"A\";\"B\"\n"
    let faulty = [
      "\"A\"x;\"B\"": "quote", "\"A;\"B\"": "quote", "\"A\";\"B": "quote",
      "\"A\"\r;\"B\"": "quote", "\"A\t\";\"B\"": "control",
      "\"A\"": "field-count", "\"A\";\"B\";\"C\"": "field-count", "\"A\";\"B\";": "field-count",
      "\"A\" ;\"B\"": "quote",
    ]
    for (row, reason) in faulty {
      let outcome = try extract.read("a;b\n\(good)\(row)\n\(good)")
      #expect(outcome.rows == ["A|B", "A|B"], "\(row)")
      #expect(outcome.rejects.map { $0.split(separator: " ")[1] } == [Substring(reason)], "\(row)")
    }
    #expect(try extract.read("a;b\n\(good) \"A\";\"\"\n\(good)").rows[1] == " \"A\"|-")
    #expect(try extract.read("a;b\n\(good)A\"B\";\"\"\"\"\n\(good)").rows[1] == "A\"B\"|\"")
  }
}
