import Foundation
import PipelineFile
import Tabular
import TestSupport
import Testing

@testable import Ingest

@Suite("Versions and laws of iWmo and iJw")
struct IwmoVersionTests {
  /// Messages of 2.0 as they were published; nil where they are not at hand.
  private static func published(_ name: String) -> [UInt8]? {
    let folder = URL(filePath: repositoryRoot() + "/../shared/data/iwmo-2.0/xml")
    return try? Array(Data(contentsOf: folder.appending(path: name + ".xml")))
  }

  static let isPublished = published("CasusA-02-WMO301_toewijzing") != nil

  private static let all = Extract.iwmo(
    KnownFormat.iwmo.columns.map { column($0.name, $0.type, values: $0.writtenValues) },
    messages: [301, 305, 307, 315, 323]
  )

  private static let v2 = Extract.iwmo(
    iwmoColumns(
      "message",
      "law",
      "message_id",
      "message_date",
      "municipality",
      "provider",
      "birth_date",
      "surname",
      "prefix",
      "initials",
      "name_use",
      "postcode",
      "house_number",
      "secret",
      "client_number",
      "client_status",
      "assignment",
      "product",
      "start",
      "end",
      "assignment_start",
      "reason",
      "volume",
      "status"
    ),
    messages: [301, 305, 307, 315]
  )

  @Test("published messages of 2.0 give the rows that stand in them", .enabled(if: isPublished))
  func publishedRows() throws {
    func rows(_ name: String) throws -> [String] {
      try Self.v2.read(try #require(Self.published(name))).rows
    }
    #expect(
      try rows("CasusA-02-WMO301_toewijzing") == [
        "301|wmo|1d8d1f0852bf|2016-02-20|0384|98025566|19850106|Gaastra|-|DHR|1|1234AB|4|0|123456782"
          + "|-|425386123|07A03|2016-02-15|2016-12-31|-|-|6|-"
      ]
    )
    #expect(
      try rows("CasusE-01-WMO305_correctie")
        == ["2016-03-10", "2016-03-21"].map {
          "305|wmo|594c98186003|2016-03-21|0385|98026987|19850108|Castricum|van|EB|-|-|-|-|123456782"
            + "|1|658721123|01A01|\($0)|-|2016-03-07|-|22500|\($0 == "2016-03-10" ? "3" : "1")"
        }
    )
    #expect(try rows("CasusA-01-WMO315_verzoek").count == 1)
    #expect(
      try rows("CasusA-04-WMO301_intrekking").first?.contains("|2016-02-15|2016-11-07|-|4|6|")
        == true
    )
  }

  @Test(
    "nothing of a relation, a telephone or a street of 2.0 is decoded",
    .enabled(if: isPublished)
  )
  func publishedCanaries() throws {
    for name in ["CasusA-02-WMO301_toewijzing", "CasusC-02-WMO301_herindicatie"] {
      let text = String(decoding: try #require(Self.published(name)), as: UTF8.self)
      #expect(text.contains("Mistral") && text.contains("1986-04-01"))
      let folder = try TemporaryFolder()
      defer { folder.remove() }
      let path = try folder.write(Array(text.utf8), named: "message.xml")
      let reader = try ExtractReader(source: Self.all.source, wanted: ["bsn"], files: [path])
      let chunk = try #require(try reader.next())
      let parsed = try reader.makeParser().parse(chunk)
      #expect(parsed.batch.rowCount == 1)
      let bytes = String(decoding: parsed.batch.bytes, as: UTF8.self)
      for canary in ["Mistral", "1986", "DS", "Eekholt", "Diemen", "0201234567", "email"] {
        #expect(!bytes.contains(canary), "\(canary) of \(name)")
      }
    }
  }

  /// A 301 of 2.0 with a decision for each list of rows.
  private func assigned(_ decisions: [(number: String, starts: [String])], extra: String = "")
    -> String
  {
    let texts = decisions.map { decision in
      let rows = decision.starts.map {
        """
        <m:ToegewezenProduct><m:Product><t:Categorie>01</t:Categorie><t:Code>01A01</t:Code>
        </m:Product><m:Toewijzingsdatum>2016-02-20</m:Toewijzingsdatum>
        <m:Ingangsdatum>\($0)</m:Ingangsdatum></m:ToegewezenProduct>
        """
      }
      return """
        <m:Beschikking><m:Beschikkingnummer>\(decision.number)</m:Beschikkingnummer>
        <m:ToegewezenProducten>\(rows.joined())</m:ToegewezenProducten></m:Beschikking>
        """
    }
    return """
      <m:Bericht xmlns:m="http://www.istandaarden.nl/iwmo/2_0/wmo301/schema/2_0"
      xmlns:t="http://www.istandaarden.nl/iwmo/2_0/basisschema/schema/2_0"><m:Header>
      <m:Berichtspecificatie><t:Code>414</t:Code></m:Berichtspecificatie><m:Afzender>0384</m:Afzender>
      <m:Ontvanger>98025566</m:Ontvanger><m:Berichtidentificatie><t:Identificatie>x1</t:Identificatie>
      <t:Dagtekening>2016-02-20</t:Dagtekening></m:Berichtidentificatie></m:Header><m:Clienten>
      <m:Client><m:Bsn>123456782</m:Bsn><m:GeheimeClient>1</m:GeheimeClient>\(extra)
      \(texts.joined())</m:Client></m:Clienten></m:Bericht>
      """
  }

  @Test("each decision of a client of 2.0 gives its number to its own rows")
  func decisions() throws {
    let extract = Extract.iwmo(iwmoColumns("assignment", "start", "secret"))
    let text = assigned([("A", ["2016-01-01", "2016-01-02"]), ("B", ["2016-01-03"])])
    #expect(
      try extract.read(text).rows == ["A|2016-01-01|1", "A|2016-01-02|1", "B|2016-01-03|1"]
    )
  }

  @Test("relatives of 2.0 in the client's own element names are never read")
  func relatives() throws {
    let relative = """
      <m:Relaties><m:Relatie><m:Bsn>999990019</m:Bsn><m:Naam><t:Geslachtsnaam><t:Naam>Kanarie</t:Naam>
      </t:Geslachtsnaam></m:Naam><m:Geboortedatum><t:Datum>1951-01-01</t:Datum></m:Geboortedatum>
      <m:Adressen><m:Adres><m:Soort>01</m:Soort><m:Adres><t:Postcode>9999ZZ</t:Postcode></m:Adres>
      </m:Adres></m:Adressen></m:Relatie></m:Relaties>
      """
    let columns = iwmoColumns("bsn", "surname", "birth_date", "postcode")
    let text = assigned([("A", ["2016-01-01"])], extra: relative)
    #expect(try Extract.iwmo(columns).read(text).rows == ["123456782|-|-|-"])
  }

  @Test("iJw has its own name spaces and codes, and the paths of iWmo")
  func youth() throws {
    let extract = Extract.iwmo(
      iwmoColumns("message", "law", "bsn", "product"),
      messages: [301, 305, 307, 315, 323]
    )
    for (kind, code) in [(301, "436"), (305, "438"), (307, "440"), (315, "446"), (323, "490")] {
      let clients =
        switch kind {
        case 301: Message.client(Message.assignment)
        case 305: Message.client("<m:StartProducten>\(Message.start("1"))</m:StartProducten>")
        case 323: Message.claimant("123456782", Message.service("5"))
        default: ""
        }
      var message = Message(kind: kind, code: code, clients: clients)
      message.space = "http://www.istandaarden.nl/ijw/3_2/jw\(kind)/schema"
      let text = message.text.replacing("iwmo/3_2/basisschema", with: "ijw/3_2/basisschema")
      let rows = try extract.read(text).rows
      #expect(rows.allSatisfy { $0.hasPrefix("\(kind)|jeugd|123456782|0") })
      #expect(rows.isEmpty == clients.isEmpty, "\(kind)")
      message.code = Message.codes[kind]
      #expect(extract.refusal(of: message.text).hasPrefix("found message code"), "\(kind)")
    }
    // The types of the other law are none of the message.
    var mixed = Message(code: "436", clients: Message.client(Message.assignment))
    mixed.space = "http://www.istandaarden.nl/ijw/3_2/jw301/schema"
    #expect(try extract.read(mixed.text).rows == ["301|jeugd|123456782|-"])
  }
}

extension FormatColumn {
  fileprivate var writtenValues: [(String, String)] { values.map { ($0.written, $0.meaning) } }
}
