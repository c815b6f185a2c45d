import Foundation
import TestSupport
import Testing

@Suite("No manifest tells a parameter of a rule, or a number that is hidden")
struct ManifestSecretsTests {
  private let folder: TemporaryFolder

  /// Forty persons of two neighbourhoods, of whom one costs nearly all of one.
  init() throws {
    folder = try TemporaryFolder()
    let path = repositoryRoot() + "/Tests/EndToEndTests/Scripts/releases.txt"
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let start = try #require(lines.firstIndex(of: "-- first.csv --"))
    let end = try #require(lines.firstIndex(of: "-- second.csv --"))
    var register = ""
    for (row, line) in lines[(start + 1)..<end].enumerated() {
      let amount = row == 0 ? "amount" : row == 1 ? "91827364" : "\(100 + row)"
      register += "\(line);\(amount)\n"
    }
    try folder.write(Array(register.utf8), to: "register.csv")
  }

  private func pipeline(_ protection: String) -> String {
    """
    koppel: 1
    pipeline: night
    owner: tests
    purpose: {text: tests, basis: made-up data}
    sample: true
    keys: {region: {file: demo.key}}
    ingest:
      register:
        domain: municipal
        read: csv
        dialect: {delimiter: ";"}
        files: register.csv
        columns:
          bsn:           {type: bsn, required: true}
          sex:           {type: code, values: {M: male, V: female}}
          neighbourhood: {type: text}
          amount:        {type: money, unit: cent}
    pseudonymise:
      key: region
      release: "{pipeline}"
      columns:
        bsn:           {token: person}
        sex:           keep
        neighbourhood: keep
        amount:        keep
    link:
      spine: register
      exact: [{on: [bsn]}]
    aggregate:
      tables:
        use:
          by: [neighbourhood, sex]
          totals: [neighbourhood, sex]
          measure: {residents: count, cost: sum amount}
      protect: {minimum: 5, \(protection)}
    publish: {to: out, tables: [use], columns: full, with: [manifest]}
    """
  }

  @Test(
    "neither the published one nor that of the run",
    arguments: [
      "method: suppress, dominance: {p: {credential: koppel-dominance}}",
      "method: suppress, dominance: {p: 37.2187 %}",
      "method: suppress, dominance: {n: 2, k: 37.2187 %}",
      "method: cell-key, noise: {of_largest: 37.2187 %}",
    ]
  )
  func tellsNothing(protection: String) throws {
    try folder.write(Array(pipeline(protection).utf8), to: "night.yaml")
    try FileManager.default.createDirectory(
      atPath: folder.file("credentials"),
      withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o700]
    )
    try folder.write(Array("37.2187 %\n".utf8), to: "credentials/koppel-dominance")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o400],
      ofItemAtPath: folder.file("credentials/koppel-dominance")
    )
    let run = try runKoppel(
      ["run", "night.yaml"],
      in: folder.path,
      environment: ["CREDENTIALS_DIRECTORY": folder.file("credentials")]
    )
    try #require(run.status == 0, "\(run.standardError)")
    let enumerator = FileManager.default.enumerator(atPath: folder.path)
    let names = (enumerator?.allObjects ?? []).compactMap { $0 as? String }
      .filter { $0.hasSuffix("manifest.json") }
    #expect(names.contains("out/manifest.json"))
    #expect(names.contains { $0.hasPrefix(".koppel/") })
    let texts = try names.map { String(decoding: try folder.bytes(of: $0), as: UTF8.self) }
    let isByPattern = protection.contains("suppress")
    #expect(texts.contains { $0.contains("\"hidden\"") } || !isByPattern)
    for (name, text) in zip(names, texts) {
      for secret in ["37.2187", "0.372187", "91827364", "918273.64"] {
        #expect(!text.contains(secret), "\(name): \(text)")
      }
    }
  }
}
