import Diagnostics
import Foundation
import Tabular
import Testing

@testable import PipelineFile

@Suite("A contract and the source that names it")
struct ContractMergeTests {
  private let agreed = """
    contract: 1
    name: claims
    version: 1
    read: csv
    dialect: {delimiter: ";"}
    columns:
      bsn:       {type: bsn, required: true}
      care_type: {type: code, values: {ggz: mental, gp: gp}, class: sensitive}
      date:      {type: date, required: true}
      amount:    {type: money, unit: cent, range: 0..1000}
    drift: {new: warn, missing: fail}
    limits: {line: 2 MiB, fields: 100}
    """

  @Test("a source that adds nothing is what its contract says")
  func whole() throws {
    let source = try source("")
    #expect(source.columns.map(\.name) == ["bsn", "care_type", "date", "amount"])
    #expect(source.columns.map(\.required) == [true, false, true, false])
    #expect(source.drift.namesAllColumns)
    #expect(source.drift.missing == .fail)
    #expect(source.limitChanges == [.line: 2 << 20, .fields: 100])
  }

  @Test("a source may be stricter, and add columns, codes being fewer included")
  func stricter() throws {
    let source = try source(
      """
      columns:
        amount:    {required: true, range: 1..999}
        care_type: {values: {gp: gp}}
        date:      {class: sensitive}
        product:   {type: text}
      drift: {new: fail, renamed: warn}
      limits: {line: 64 KiB, field: 1 MiB}
      """
    )
    #expect(source.columns.map(\.name) == ["bsn", "care_type", "date", "amount", "product"])
    #expect(source.columns[3].required)
    #expect(source.columns[3].range == 1...999)
    #expect(source.columns[1].values.map(\.written) == ["gp"])
    #expect(source.columns[1].privacyClass == .sensitive)
    #expect(source.columns[2].privacyClass == .sensitive)
    #expect(source.drift.new == .fail)
    #expect(source.drift.missing == .fail)
    #expect(source.drift.renamed == .warn)
    #expect(source.limitChanges == [.line: 65_536, .fields: 100, .field: 1 << 20])
  }

  @Test(
    "whatever is looser or otherwise is refused, once, and the hint tells the place in the contract",
    arguments: [
      ("columns: {bsn: {required: false}}", "false for 'required' of column 'bsn'", 7),
      ("columns: {bsn: {type: text}}", "text for 'type' of column 'bsn'", 7),
      ("columns: {care_type: {class: plain}}", "plain for 'class' of column 'care_type'", 8),
      ("columns: {amount: {range: 0..1001}}", "0..1001 for 'range' of column 'amount'", 10),
      ("columns: {amount: {unit: euro}}", "euro for 'unit' of column 'amount'", 10),
      ("columns: {amount: {from: total}}", "'total' for 'from' of column 'amount'", 10),
      ("columns: {care_type: {values: {ggz: gp}}}", "gp for code 'ggz' of column 'care_type'", 8),
      ("columns: {care_type: {values: {x: y}}}", "the code 'x' of column 'care_type'", 8),
      ("dialect: {delimiter: \",\"}", ", for 'delimiter' of 'dialect'", 5),
      ("drift: {missing: warn}", "warn for 'missing' of 'drift'", 11),
      ("drift: {new: accept}", "accept for 'new' of 'drift'", 11),
      ("limits: {line: 3 MiB}", "3 MiB for 'line' of 'limits'", 12),
      ("limits: {fields: 101}", "101 for 'fields' of 'limits'", 12),
      ("read: ndjson", "ndjson for 'read'", 4),
    ]
  )
  func looser(own: String, found: String, line: Int) throws {
    let faults = try faults(own)
    #expect(faults.count == 1, "\(faults.map(\.sentence))")
    #expect(faults.first?.sentence.hasPrefix("source 'care': found \(found)") == true)
    #expect(faults.first?.place?.file.hasSuffix("/main.yaml") == true)
    #expect(faults.first?.hint?.contains("/contract.yaml:\(line):") == true)
  }

  @Test("equal words are no contradiction, in whatever order")
  func equal() throws {
    let source = try source(
      """
      read: csv
      dialect: {delimiter: ";", decimal: ","}
      columns: {bsn: {required: true, type: bsn}, care_type: {values: {gp: gp, ggz: mental}}}
      """
    )
    #expect(source.columns.count == 4)
  }

  // MARK: Files

  private func source(_ own: String) throws -> Source {
    try withPipeline(own) { path in
      let pipeline = try PipelineLoader.load(path: path, today: today)
      return try #require(pipeline.sources.first { $0.name == "care" })
    }
  }

  private func faults(_ own: String) throws -> [Diagnostic] {
    try withPipeline(own) { path in
      do {
        _ = try PipelineLoader.load(path: path, today: today)
        return []
      } catch let error as PipelineFileError {
        return error.diagnostics
      }
    }
  }

  private func withPipeline<Result>(
    _ own: String,
    _ body: (String) throws -> Result
  ) throws -> Result {
    let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: url) }
    try agreed.write(to: url.appending(path: "contract.yaml"), atomically: true, encoding: .utf8)
    let written = """
          read: csv
          files: care/{period}.csv
          columns:
            bsn: {type: bsn}
            care_type: {type: code}
            date: {type: date}
            amount: {type: money, unit: cent, range: 0..99999999}

      """
    let added = own.split(separator: "\n").map { "    \($0)\n" }.joined()
    let text = smallPipeline.replacing(
      written,
      with: "    contract: contract.yaml\n    files: care/{period}.csv\n" + added
    )
    #expect(text != smallPipeline)
    let path = url.appending(path: "main.yaml")
    try text.write(to: path, atomically: true, encoding: .utf8)
    return try body(path.path)
  }
}
