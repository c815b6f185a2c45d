import Diagnostics
import Tabular
import TestSupport
import Testing

@testable import PipelineFile

@Suite("Filters of records in a pipeline file")
struct RecordFilterReadingTests {
  private static let clk = "clk: {schema: clk.json, key: partner, source: register, to: out/p.json}"

  private static func schema(_ names: [String], _ extra: String = "") -> String {
    let features = names.map { name in
      """
      {"identifier": "\(name)", "format": {"type": "string"}, "hashing": {"comparison":
      {"type": "ngram", "n": 2}, "strategy": {"bitsPerFeature": 100}, "hash": {"type": "blakeHash"}}}
      """
    }
    return """
      {"version": 3, "clkConfig": {"l": 1024, "kdf": {"type": "HKDF"}\(extra)},
      "features": [\(features.joined(separator: ","))]}
      """
  }

  private static let four = schema(["surname", "birth_date", "postcode", "area"])

  /// The small pipeline with filters for a partner, in a folder with their schema.
  private struct Files {
    let folder: TemporaryFolder
    let text: String

    init(_ clk: String = RecordFilterReadingTests.clk, schema: String? = four) throws {
      folder = try TemporaryFolder()
      if let schema { try folder.write(schema.utf8, to: "clk.json") }
      text = smallPipeline.replacing("  key: region\n", with: "  key: region\n  \(clk)\n")
        .replacing(
          "  region: {file: demo.key}",
          with: "  region: {file: demo.key}\n  partner: {file: partner.key}\n"
            + "  halved: {halves: [a/key, b/key]}"
        )
    }

    func load() throws(PipelineFileError) -> Pipeline {
      try PipelineLoader.load(
        bytes: Array(text.utf8),
        path: folder.file("small.yaml"),
        today: today
      )
    }
  }

  @Test("filters of records are read with their schema, which is part of the policy")
  func reads() throws {
    let files = try Files(Self.clk.replacing("}", with: ", flip: 0.05, standardise: NL-1}"))
    let pipeline = try files.load()
    let form = try #require(pipeline.pseudonymise.clk)
    #expect(form.source == "register" && form.key == "partner" && form.standardises)
    #expect(form.to == files.folder.file("out/p.json"))
    #expect(form.hardening == .flip(tenThousandths: 500) && form.bitCount == 1024)
    #expect(form.encoding == "clkhash-3-1024 flip 0.0500")
    #expect(pipeline.files.map(\.path).contains(files.folder.file("clk.json")))
    let fates = pipeline.columnFates.filter { $0.source == "register" }
    #expect(fates.first { $0.column == "surname" }?.fate == "token surname, record filter")
    let folded = try Files(Self.clk.replacing("}", with: ", xor_fold: true, balanced: false}"))
    #expect(try folded.load().pseudonymise.clk?.bitCount == 512)
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    let clk: String
    let caret: String
    let sentence: String
    let hint: String
    var schema: String? = RecordFilterReadingTests.four

    var testDescription: String { sentence }
  }

  private static let faults = [
    Fault(clk: "clk: partner", caret: "partner\n", sentence: "found", hint: ""),
    Fault(
      clk: "clk: {schema: clk.json, key: partner, source: register}",
      caret: "clk: {",
      sentence: "has no 'to'",
      hint: ""
    ),
    Fault(
      clk: clk.replacing("schema: clk.json, ", with: ""),
      caret: "clk: {",
      sentence: "has no 'schema'",
      hint: ""
    ),
    Fault(
      clk: clk.replacing("key: partner", with: "key: prtner"),
      caret: "prtner",
      sentence: "there is no key 'prtner'",
      hint: "did you mean 'partner'?"
    ),
    Fault(
      clk: clk.replacing("key: partner", with: "key: region"),
      caret: "region, source",
      sentence: "found the key 'region', expected a secret that is shared with the partner alone",
      hint: "can undo them"
    ),
    Fault(
      clk: clk.replacing("key: partner", with: "key: halved"),
      caret: "halves: [a/key",
      sentence: "is shared with a partner and lies in one file",
      hint: "'file' or 'credential'"
    ),
    Fault(
      clk: clk.replacing("source: register", with: "source: regster"),
      caret: "regster",
      sentence: "there is no source 'regster'",
      hint: "did you mean 'register'?"
    ),
    Fault(
      clk: clk.replacing("source: register, ", with: ""),
      caret: "clk: {",
      sentence: "'clk' names no source",
      hint: "source: register"
    ),
    Fault(
      clk: clk.replacing("source: register", with: "source: support"),
      caret: "support, to",
      sentence: "rows of source 'support' are no persons",
      hint: "name a register"
    ),
    Fault(
      clk: clk.replacing("}", with: ", balanced: true, xor_fold: true}"),
      caret: "xor_fold",
      sentence: "found 'balanced' and 'xor_fold', expected one of them",
      hint: "one encoding"
    ),
    Fault(
      clk: clk.replacing("}", with: ", xor_fold: true, flip: 0.1}"),
      caret: "flip",
      sentence: "found 'xor_fold' and 'flip'",
      hint: ""
    ),
    Fault(
      clk: clk.replacing("}", with: ", flip: 5}"),
      caret: "5}",
      sentence: "found '5'",
      hint: "0.05"
    ),
    Fault(
      clk: clk.replacing("}", with: ", flip: 0.0}"),
      caret: "0.0}",
      sentence: "found a share of bits that is none",
      hint: "0.05"
    ),
    Fault(
      clk: clk.replacing("}", with: ", flip: 0.6}"),
      caret: "0.6}",
      sentence: "from 0.0001 to 0.5",
      hint: ""
    ),
    Fault(
      clk: clk.replacing("}", with: ", standardise: NL-2}"),
      caret: "NL-2",
      sentence: "found 'NL-2', expected NL-1",
      hint: "NL-1"
    ),
    Fault(
      clk: clk.replacing("}", with: ", balanced: yes}"),
      caret: "yes}",
      sentence: "found 'yes', expected true or false",
      hint: ""
    ),
    Fault(
      clk: clk.replacing("}", with: ", xorfold: true}"),
      caret: "xorfold",
      sentence: "'xorfold'",
      hint: "did you mean 'xor_fold'?"
    ),
    Fault(
      clk: clk,
      caret: "clk.json",
      sentence: "there is no such file",
      hint: "",
      schema: nil
    ),
    Fault(
      clk: clk,
      caret: "clk.json",
      sentence: "found no linkage schema, expected JSON",
      hint: "agreed with the partner",
      schema: "version: 3"
    ),
    Fault(
      clk: clk,
      caret: "clk.json",
      sentence: "found something else at 'version'",
      hint: "version 3",
      schema: four.replacing("3", with: "2")
    ),
    Fault(
      clk: clk,
      caret: "clk.json",
      sentence: "found something else at 'features[0].hashing.hash'",
      hint: "blakeHash",
      schema: four.replacing("blakeHash", with: "doubleHash")
    ),
    Fault(
      clk: clk,
      caret: "clk.json",
      sentence: "found something else at 'clkConfig.xor_folds'",
      hint: "",
      schema: schema(["surname", "birth_date", "postcode", "area"], ", \"xor_folds\": 1")
    ),
    Fault(
      clk: clk,
      caret: "clk.json",
      sentence: "found features of 3 columns, expected at least 4",
      hint: "easily undone",
      schema: schema(["surname", "birth_date", "postcode"])
    ),
    Fault(
      clk: clk,
      caret: "clk.json",
      sentence: "found features of 1 columns, expected at least 4",
      hint: "easily undone",
      schema: schema(["surname", "surname", "surname", "surname"])
    ),
    Fault(
      clk: clk,
      caret: "clk.json",
      sentence: "has no column 'surnme'",
      hint: "did you mean 'surname'?",
      schema: schema(["surnme", "birth_date", "postcode", "area"])
    ),
    Fault(
      clk: clk.replacing("}", with: ", balanced: true}"),
      caret: "balanced",
      sentence: "found 'balanced' of 65536 bits",
      hint: "twice as long",
      schema: four.replacing("1024", with: "65536")
    ),
    Fault(
      clk: clk,
      caret: "clk.json",
      sentence: "found the feature 'surname' of name, expected it of integer or text",
      hint: "declare it as text",
      schema: four.replacing(
        "\"surname\", \"format\": {\"type\": \"string\"}",
        with: "\"surname\", \"format\": {\"type\": \"integer\"}"
      )
    ),
  ]

  @Test(
    "each way to write them wrong draws one message, at its place, with its cure",
    arguments: faults
  )
  func tellsFaults(fault: Fault) throws {
    let files = try Files(fault.clk, schema: fault.schema)
    do throws(PipelineFileError) {
      _ = try files.load()
      Issue.record("no fault was told")
    } catch {
      let found = error.diagnostics
      #expect(found.count == 1, "\(found.map(\.text))")
      #expect(found.first?.sentence.contains(fault.sentence) == true, "\(found.map(\.text))")
      #expect(fault.hint.isEmpty || found.first?.hint?.contains(fault.hint) == true, "\(found)")
      let expected = place(of: fault.caret, in: files.text)
      #expect(found.first?.place?.line == expected?.line, "\(found.map(\.text))")
      #expect(found.first?.place?.column == expected?.column, "\(found.map(\.text))")
    }
  }

  @Test("filters of records are no affair of whoever has pseudonyms alone")
  func refusesArrived() throws {
    let files = try Files()
    let text = files.text.replacing(
      "files: register.csv",
      with: "files: register/*.csv.gz\n    arrives: pseudonymised"
    ).replacing("  partner:", with: "  source: {fingerprint: 4a87a90e3b88d749}\n  partner:")
    do throws(PipelineFileError) {
      _ = try PipelineLoader.load(
        bytes: Array(text.utf8),
        path: files.folder.file("small.yaml"),
        today: today
      )
      Issue.record("no fault was told")
    } catch {
      #expect(
        error.diagnostics.contains {
          $0.sentence.contains("arrives pseudonymised, and filters are")
        }
      )
    }
  }
}
