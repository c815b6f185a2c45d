import Cryptography
import Foundation
import PipelineFile
import Tabular
import Testing

@testable import Pseudonymisation

@Suite("Filters of whole records")
struct RecordFilterMakerTests {
  private static let folder =
    #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/Vectors/"

  private static func schema() throws -> JSONValue {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "record-filters.json"))
    return try JSONDecoder().decode(JSONValue.self, from: bytes)
  }

  private static func secret(_ text: String) throws -> SecretBytes {
    let bytes = Array(text.utf8)
    return try unsafe bytes.span.withUnsafeBytes { try unsafe SecretBytes(copying: $0) }
  }

  @Test("filters are to the byte those that clkhash makes of the same records")
  func agrees() throws {
    let path = Self.folder + "record-filters.tsv"
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 40)
    var maker = try RecordFilterMaker(
      schema: RecordSchema(Self.schema()),
      secret: Self.secret("secret")
    )
    for line in lines {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let filter = try maker.filter(of: cells.dropLast().map { Array($0.utf8) })
      #expect(filter.map { lowerHex($0) } == cells.last, "\(line)")
    }
  }

  @Test("a record with too few values, or a word where an integer is declared, has no filter")
  func refusesRecords() throws {
    var maker = try RecordFilterMaker(
      schema: RecordSchema(Self.schema()),
      secret: Self.secret("secret")
    )
    func filter(_ values: [String]) throws -> [UInt8]? {
      try maker.filter(of: values.map { Array($0.utf8) })
    }
    #expect(try filter(["a", "b", "c", "1"]) == nil)
    #expect(try filter(["a", "b", "c", "one", "e"]) == nil)
    #expect(try filter(["a", "b", "c", "1", "e"])?.count == 64)
  }

  @Test("another secret gives another filter")
  func dependsOnSecret() throws {
    let filters = try ["secret", "secreu"].map { text in
      var maker = try RecordFilterMaker(
        schema: RecordSchema(Self.schema()),
        secret: Self.secret(text)
      )
      return try maker.filter(of: ["Jansen", "", "Aalten", "1", "1950"].map { Array($0.utf8) })
    }
    #expect(filters[0] != filters[1])
  }

  @Test(
    "what cannot be honoured to the byte is refused by name",
    arguments: [
      (["version"], 2, "version"), (["clkConfig", "l"], 500, "clkConfig.l"),
      (["clkConfig", "xorFolds"], 1, "clkConfig.xorFolds"),
      (["clkConfig", "xor_folds"], 1, "clkConfig.xor_folds"),
      (["clkConfig", "kdf", "hash"], "SHA512", "clkConfig.kdf"),
      (["clkConfig", "kdf", "keySize"], 32, "clkConfig.kdf"),
      (["clkConfig", "kdf", "salt"], "AAE", "clkConfig.kdf.salt"),
      (["clkConfig", "kdf", "salt"], "AA=E", "clkConfig.kdf.salt"),
      (["features"], [], "features"),
    ] as [([String], JSONValue, String)]
  )
  func refusesSchemas(path: [String], value: JSONValue, place: String) throws {
    let changed = Self.changed(try Self.schema(), path[...], value)
    #expect(throws: RecordSchemaFault.unsupported(place)) { _ = try RecordSchema(changed) }
  }

  @Test("a feature with another hash, comparison, strategy or format is refused by name")
  func refusesFeatures() throws {
    let changes: [([String], JSONValue)] = [
      (["hashing", "hash"], ["type": "doubleHash"]),
      (["hashing", "comparison"], ["type": "numeric"]),
      (["hashing", "comparison", "n"], 0), (["hashing", "strategy"], ["bitsPerToken": 0]),
      (["format", "type"], "date"), (["format", "encoding"], "utf-16"),
    ]
    let schema = try Self.schema()
    let features = try #require(schema["features"]?.arrayValue)
    for (path, value) in changes {
      var list = features
      list[0] = Self.changed(list[0], path[...], value)
      let changed = Self.changed(schema, ["features"], .array(list))
      #expect(throws: RecordSchemaFault.self, "\(path)") { _ = try RecordSchema(changed) }
    }
  }

  private static func changed(
    _ json: JSONValue,
    _ path: ArraySlice<String>,
    _ value: JSONValue
  ) -> JSONValue {
    guard let key = path.first else { return value }
    var members = json.objectValue ?? [:]
    members[key] = changed(members[key] ?? [:], path.dropFirst(), value)
    return .object(members)
  }
}
