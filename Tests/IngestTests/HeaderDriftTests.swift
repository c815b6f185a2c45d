import PipelineFile
import Tabular
import TestSupport
import Testing

@testable import Ingest

@Suite("What differs between a header and what is declared")
struct HeaderDriftTests {
  private let columns = [
    column("bsn", .bsn), column("care_type", .code), column("date", .date),
    column("amount", .money),
  ]

  private func drift(_ names: [String]) -> HeaderDrift {
    HeaderDrift(columns: columns, names: names)
  }

  @Test("the order of the header and empty names in it are no difference")
  func order() {
    #expect(drift(["amount", "", "date", "bsn", "care_type", ""]).isNone)
  }

  @Test("a header that nothing declares is new, once, and in the order of the file")
  func new() {
    let found = drift(["practice", "bsn", "care_type", "date", "region", "amount", "practice"])
    #expect(found == HeaderDrift(new: ["practice", "region"]))
  }

  @Test("a declared header that is not there is missing")
  func missing() {
    #expect(drift(["bsn", "care_type", "date"]) == HeaderDrift(missing: ["amount"]))
  }

  @Test(
    "capitals, signs and a slip of spelling are a renaming, and no new column",
    arguments: ["Amount", "AMOUNT", "a-mount", "amuont"]
  )
  func renamed(name: String) {
    #expect(
      drift(["bsn", "care_type", "date", name])
        == HeaderDrift(renamed: [HeaderDrift.Renaming(declared: "amount", found: name)])
    )
  }

  @Test("where all columns are declared, a new one in the place of a missing one is it, if alike")
  func byPlace() throws {
    let folder = try TemporaryFolder()
    var policy = DriftPolicy()
    policy.namesAllColumns = true
    func found(_ text: String) throws -> HeaderDrift {
      let path = try folder.write(Array(text.utf8), named: "x.csv")
      let names = text.prefix { $0 != "\n" }.split(separator: ";").map(String.init)
      #expect(headerDrift(names, ofFile: path, columns: columns, DriftPolicy()).renamed.isEmpty)
      return headerDrift(names, ofFile: path, columns: columns, policy)
    }
    let rows = (0..<30).map { "999900006;ggz;2026-08-01;\($0 + 1)00\n" }.joined()
    let renamed = HeaderDrift(renamed: [.init(declared: "amount", found: "bedrag")])
    #expect(try found("bsn;care_type;date;bedrag\n" + rows) == renamed)
    let apart = HeaderDrift(new: ["bedrag"], missing: ["amount"])
    // It holds something else.
    let texts = rows.replacing("00\n", with: " piet jansen\n")
    #expect(try found("bsn;care_type;date;bedrag\n" + texts) == apart)
    // It stands elsewhere.
    let moved = (0..<30).map { "\($0 + 1)00;999900006;ggz;2026-08-01\n" }.joined()
    #expect(try found("bedrag;bsn;care_type;date\n" + moved) == apart)
    // Free text is not taken for a code.
    let remarks = (0..<30).map { "999900006;buurvrouw \($0) belde;2026-08-01;\($0 + 1)00\n" }
      .joined()
    #expect(
      try found("bsn;opmerking;date;amount\n" + remarks)
        == HeaderDrift(new: ["opmerking"], missing: ["care_type"])
    )
  }

  @Test("one header is taken for one column at most, and never one that is declared itself")
  func once() {
    let columns = [column("amount", .money), column("amounts", .money), column("bsn", .bsn)]
    let found = HeaderDrift(columns: columns, names: ["bsn", "Amount"])
    #expect(found.renamed == [HeaderDrift.Renaming(declared: "amount", found: "Amount")])
    #expect(found.missing == ["amounts"])
    #expect(HeaderDrift(columns: columns, names: ["bsn", "amounts"]).renamed.isEmpty)
  }

  @Test("of a first line in which nothing is declared no name is told: it may be a person")
  func noHeader() {
    let found = drift(["999900006", "Jansen", "date_", "1000"])
    #expect(found.new.isEmpty)
    #expect(found.renamed.isEmpty)
    #expect(found.missing == ["bsn", "care_type", "date", "amount"])
  }

  @Test("a field that is taken by its number is not new, whatever its name")
  func byNumber() {
    let columns = [column("bsn", .bsn), column("amount", .money, at: .field(2))]
    #expect(HeaderDrift(columns: columns, names: ["bsn", "whatever"]).isNone)
    #expect(HeaderDrift(columns: columns, names: ["bsn"]).isNone)
  }

  @Test("what several files differ in is told once")
  func union() {
    var all = drift(["bsn", "care_type", "date", "amount", "practice"])
    all.formUnion(drift(["bsn", "care_type", "date", "practice"]))
    all.formUnion(drift(["bsn", "care_type", "date", "practice"]))
    #expect(all == HeaderDrift(new: ["practice"], missing: ["amount"]))
  }

  @Test("every header is either declared, new or a renaming, and every column found or told")
  func complete() {
    let words = ["bsn", "Bsn", "care_type", "caretype", "date", "day", "amount", "amuont", "x", ""]
    for seed in 0..<500 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let names = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        words[Int.random(in: words.indices, using: &random)]
      }
      let found = drift(names)
      let declared = columns.map(\.sourceName)
      let told = found.missing + found.renamed.map(\.declared)
      #expect(told == told.uniqued(), "seed \(seed)")
      #expect(Set(told) == Set(declared).subtracting(names), "seed \(seed)")
      guard !Set(names).isDisjoint(with: declared) else { continue }
      let others = Set(names).subtracting(declared).subtracting([""])
      #expect(Set(found.new + found.renamed.map(\.found)) == others, "seed \(seed)")
      #expect(found.new.count + found.renamed.count == others.count, "seed \(seed)")
    }
  }
}

extension [String] {
  /// Without repeats.
  fileprivate func uniqued() -> [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
