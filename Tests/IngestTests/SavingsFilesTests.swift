import Diagnostics
import TestSupport
import Testing

@testable import Ingest
@testable import PipelineFile

@Suite("Files of investments and payers")
struct SavingsFilesTests {
  private let place = Place(file: "test.yaml", line: 3, column: 5)

  private func path(_ text: String, _ folder: TestSupport.TemporaryFolder) throws -> String {
    try folder.write(Array(text.utf8), to: "table.csv")
    return folder.file("table.csv")
  }

  private func payers(_ text: String) throws -> [PayerFile.Part] {
    let folder = try TestSupport.TemporaryFolder()
    return try PayerFile(path: try path(text, folder), place: place)
      .read(paying: ["support", "care"]).parts
  }

  private func invested(_ text: String) throws -> [String: Int64] {
    let folder = try TestSupport.TemporaryFolder()
    return try InvestmentFile(path: try path(text, folder), place: place).read().cents
  }

  @Test("payers are read by source and name, whatever the order of rows and columns")
  func readsPayers() throws {
    let text = "payer;percent;source\ntown;33.4;care\n\"a;b\";66.6;care\ntown;100;support\n"
    #expect(
      try payers(text) == [
        PayerFile.Part(source: "support", payer: "town", hundredths: 10_000),
        PayerFile.Part(source: "care", payer: "a;b", hundredths: 6660),
        PayerFile.Part(source: "care", payer: "town", hundredths: 3340),
      ]
    )
  }

  @Test("what was invested is read in euros, with one decimal, two or none")
  func readsInvestments() throws {
    let text = "payer;euros\ntown;400000\ninsurer;12.5\nprovince;0.05\n"
    #expect(try invested(text) == ["town": 40_000_000, "insurer": 1250, "province": 5])
  }

  @Test(
    "a file of payers that cannot be used is told with its cure",
    arguments: [
      ("source;payer\ncare;a\n", "no column 'percent'"),
      ("source;payer;percent\ncare;a;100\nsuport;b;100\n", "no source whose costs are added up"),
      ("source;payer;percent\ncare;a;100\n;b;100\n", "no source whose costs are added up"),
      ("source;payer;percent\ncare;;100\n", "required in column 'payer'"),
      ("source;payer;percent\ncare;a;101\n", "number in column 'percent'"),
      ("source;payer;percent\ncare;a;-1\n", "number in column 'percent'"),
      ("source;payer;percent\ncare;a;33.333\n", "number in column 'percent'"),
      ("source;payer;percent\ncare;a;nan\n", "number in column 'percent'"),
      ("source;payer;percent\ncare;a;50\ncare;a;50\n", "a code twice"),
      ("source;payer;percent\ncare;a;100\nsupport;a;99.99\n", "payers of 'support' who"),
      ("source;payer;percent\ncare;a;60\ncare;b;60\nsupport;a;100\n", "payers of 'care' who"),
      ("source;payer;percent\ncare;a;100\n", "payers of 'support' who"),
      ("source;payer;percent\n", "no row"),
    ]
  )
  func refusesPayers(text: String, sentence: String) {
    let error = #expect(throws: IngestError.self) { try payers(text) }
    let found = error?.diagnostics.first
    #expect(found?.sentence.contains(sentence) == true, "\(String(describing: found))")
    #expect(found?.hint != nil && error?.exitStatus == .pipelineFault)
  }

  @Test(
    "a file of investments that cannot be used is told with its cure",
    arguments: [
      ("payer;cents\na;1\n", "no column 'euros'"),
      ("payer;euros\n;1\n", "required in column 'payer'"),
      ("payer;euros\na;\n", "number in column 'euros'"),
      ("payer;euros\na;-5\n", "number in column 'euros'"),
      ("payer;euros\na;1e5\n", "number in column 'euros'"),
      ("payer;euros\na;1.234\n", "number in column 'euros'"),
      ("payer;euros\na;1.\n", "number in column 'euros'"),
      ("payer;euros\na;1234567890123456\n", "number in column 'euros'"),
      ("payer;euros\na;1\na;1\n", "a code twice"),
      ("payer;euros\n", "no row"),
    ]
  )
  func refusesInvestments(text: String, sentence: String) {
    let error = #expect(throws: IngestError.self) { try invested(text) }
    let found = error?.diagnostics.first
    #expect(found?.sentence.contains(sentence) == true, "\(String(describing: found))")
    #expect(found?.hint != nil && error?.exitStatus == .pipelineFault)
  }

  @Test("amounts that no sum of 64 bits can hold are refused, however many rows they are in")
  func refusesHugeSums() throws {
    let rows = (0..<100).map { "p\($0);999999999999999.99\n" }.joined()
    #expect(throws: IngestError.self) { try invested("payer;euros\n" + rows) }
    #expect(try invested("payer;euros\na;999999999999999.99\n").count == 1)
  }
}
