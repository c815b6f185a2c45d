import Foundation
import TestSupport
import Testing

@Suite("What was delivered before a key was rotated")
struct RotatedDeliveryTests {
  @Test(
    "is known again after it, also when the old key is gone: a message that is sent twice counts once",
    arguments: [false, true]
  )
  func knownAgain(destroysOld: Bool) throws {
    let folder = try TemporaryFolder()
    func koppel(_ words: String...) throws -> String {
      let run = try runKoppel(words + ["--set", "period=2026-07"], in: folder.path)
      #expect(run.status == 0, "\(words): \(run.standardError)")
      return run.standardError
    }
    try folder.write(Self.pipeline(key: "region.key").utf8, to: "night/night.yaml")
    try folder.write(
      "bsn;neighbourhood\n999990019;A\n123456782;A\n999900006;A\n".utf8,
      to: "night/register.csv"
    )
    try folder.write(Self.message("FIRST").utf8, to: "night/in/2026-07/wmo1.xml")
    let made = try runKoppel(["key", "new", "region", "--to", "safe/region.key"], in: folder.path)
    #expect(made.status == 0, "\(made.standardError)")
    _ = try koppel("run", "night/night.yaml")
    _ = try koppel("key", "rotate", "night/night.yaml", "region", "--to", "safe/region-2.key")
    if destroysOld {
      try folder.write(Self.pipeline(key: "region-2.key").utf8, to: "night/night.yaml")
      _ = try koppel(
        "key",
        "destroy",
        "night/night.yaml",
        "region",
        "--generation",
        "1",
        "--yes"
      )
    }
    // Other bytes, the same message; and another beside it, or the delivery were late.
    let again = Self.message("FIRST").replacingOccurrences(of: "<b:Client>", with: "\n<b:Client>")
    try folder.write(again.utf8, to: "night/in/2026-08/wmo1.xml")
    try folder.write(Self.message("SECOND").utf8, to: "night/in/2026-08/wmo2.xml")
    let run = try runKoppel(
      ["run", "night/night.yaml", "--set", "period=2026-08"],
      in: folder.path
    )
    #expect(run.status == 0, "\(run.standardError)")
    #expect(run.standardError.contains("received for 2026-07 already"), "\(run.standardError)")
    #expect(!run.standardError.contains("is of another key"), "\(run.standardError)")
  }

  private static func message(_ identifier: String) -> String {
    let clients = ["999990019", "123456782"].map { number in
      """
      <b:Client><b:Bsn>\(number)</b:Bsn><b:StartProducten><b:StartProduct>\
      <b:ToewijzingNummer>1</b:ToewijzingNummer><b:Product><d:Categorie>01</d:Categorie>\
      <d:Code>01C99</d:Code></b:Product><b:Begindatum>2026-07-01</b:Begindatum>\
      <b:StatusAanlevering>1</b:StatusAanlevering></b:StartProduct></b:StartProducten></b:Client>
      """
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <b:Bericht xmlns:b="http://www.istandaarden.nl/iwmo/3_2/wmo305/schema" \
      xmlns:d="http://www.istandaarden.nl/iwmo/3_2/basisschema/schema"><b:Header>\
      <b:BerichtCode>418</b:BerichtCode><b:BerichtVersie>3</b:BerichtVersie>\
      <b:BerichtSubversie>2</b:BerichtSubversie><b:Afzender>76543222</b:Afzender>\
      <b:Ontvanger>9003</b:Ontvanger><b:BerichtIdentificatie>\
      <d:Identificatie>\(identifier)</d:Identificatie><d:Dagtekening>2026-07-05</d:Dagtekening>\
      </b:BerichtIdentificatie></b:Header>\(clients.joined())</b:Bericht>
      """
  }

  private static func pipeline(key: String) -> String {
    """
    koppel: 1
    pipeline: night
    owner: tests
    purpose: {text: tests, basis: made-up data}
    period: {unit: month, default: 2026-08}
    keys:
      region: {file: ../safe/\(key)}
    ingest:
      register:
        domain: municipal
        read: csv
        files: register.csv
        columns:
          bsn:           {type: bsn, required: true}
          neighbourhood: {type: text}
      support:
        domain: social
        read: iwmo
        files: in/{period}/wmo*
        messages: [305]
    pseudonymise:
      key: region
      release: "{pipeline}/{period}"
      minimum_persons: 2
      columns:
        bsn:           {token: person}
        neighbourhood: keep
    link:
      spine: register
      exact:
        - {on: [bsn]}
    aggregate:
      tables:
        use:
          by: [neighbourhood]
          measure: {residents: count, support: count where support.count > 0}
      protect: {minimum: 2, method: hide}
    publish:
      to: out/{period}
      tables: [use]

    """
  }
}
