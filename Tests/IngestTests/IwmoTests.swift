import PipelineFile
import Tabular
import Testing

@testable import Ingest

@Suite("iWmo")
struct IwmoTests {
  @Test("a 301 gives a row for each assigned product")
  func assignment() throws {
    let extract = Extract.iwmo(
      iwmoColumns(
        "message",
        "message_id",
        "message_date",
        "municipality",
        "provider",
        "law",
        "bsn",
        "assignment",
        "category",
        "product",
        "assigned_date",
        "assigned_time",
        "start",
        "end",
        "volume",
        "unit",
        "frequency",
        "amount",
        "initials"
      )
    )
    let outcome = try extract.read(Message(clients: Message.client(Message.assignment)).text)
    #expect(
      outcome.rows == [
        "301|1d8d|2026-08-20|0384|98025566|wmo|123456782|425|07|07A03|2026-08-01|14:23:26|"
          + "2026-08-15|2026-12-31|6|04|2|-|JP"
      ]
    )
    #expect(outcome.read == 1 && outcome.accepted == 1)
    #expect(outcome.deliveries.count == 1)
  }

  @Test("relatives, comments and contact details are never read")
  func canaries() throws {
    let parts = [
      "Relaties", "Relatie", "Commentaar", "Communicatie", "Telefoon", "Organisatie",
      "JuridischeStatus", "WettelijkeVertegenwoordiging", "Verwijzer",
    ]
    let person = """
      <m:Bsn>999990019</m:Bsn><m:Geboortedatum><t:Datum>1950-02-03</t:Datum></m:Geboortedatum>
      <m:Geslacht>2</m:Geslacht><m:Naam><t:Geslachtsnaam><t:Achternaam>Kanarie</t:Achternaam>
      </t:Geslachtsnaam><t:Voornamen>Kanarie</t:Voornamen></m:Naam>Kanarie
      <m:Contactgegevens><m:Contact><m:Soort>01</m:Soort><m:Adres><t:Postcode>9999ZZ</t:Postcode>
      </m:Adres></m:Contact></m:Contactgegevens><m:ToegewezenProducten><m:ToegewezenProduct>
      <m:Product><t:Code>KANARIE</t:Code></m:Product></m:ToegewezenProduct></m:ToegewezenProducten>
      """
    let extra = parts.map { "<m:\($0)>\(person)<m:Inner>\(person)</m:Inner></m:\($0)>" }.joined()
    let text = Message(
      clients: Message.client(Message.assignment, extra: extra)
        + "<m:Relaties>\(person)</m:Relaties>"
    ).text
    let extract = Extract.iwmo(
      KnownFormat.iwmo.columns(of: ["301"]).map { column($0.name, $0.type) }
    )
    let outcome = try extract.read(text)
    #expect(outcome.read == 1)
    #expect(outcome.blanked.isEmpty)
    let row = outcome.rows.joined()
    for canary in ["Kanarie", "KANARIE", "9999ZZ", "999990019", "1950", "female"] {
      #expect(!row.contains(canary), "\(canary)")
    }
    // Not even in the bytes of the batch.
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = try folder.write(Array(text.utf8), named: "message.xml")
    let reader = try ExtractReader(source: extract.source, wanted: ["bsn"], files: [path])
    let chunk = try #require(try reader.next())
    let parsed = try reader.makeParser().parse(chunk)
    #expect(!String(decoding: parsed.batch.bytes, as: UTF8.self).lowercased().contains("kanarie"))
  }

  @Test("a column that is not declared is not decoded")
  func undeclared() throws {
    let text = Message(clients: Message.client(Message.assignment)).text
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = try folder.write(Array(text.utf8), named: "message.xml")
    let source = Extract.iwmo(iwmoColumns("product")).source
    let reader = try ExtractReader(source: source, wanted: ["product"], files: [path])
    let chunk = try #require(try reader.next())
    let parsed = try reader.makeParser().parse(chunk)
    let bytes = String(decoding: parsed.batch.bytes, as: UTF8.self)
    #expect(bytes.contains("07A03"))
    #expect(!bytes.contains("Gaastra") && !bytes.contains("1985") && !bytes.contains("Jan"))
  }

  @Test(
    "what a birth date does not know becomes 0",
    arguments: [
      ("", "19850106"), ("0", "19850106"), ("1", "19850100"), ("2", "19850000"), ("3", "-"),
      ("7", "-"),
    ]
  )
  func dateUse(use: String, expected: String) throws {
    var text = Message(clients: Message.client(Message.assignment)).text
    if !use.isEmpty {
      text = text.replacing(
        "</iwmo:Datum>",
        with: "</iwmo:Datum><iwmo:DatumGebruik>\(use)</iwmo:DatumGebruik>"
      )
    }
    let outcome = try Extract.iwmo(iwmoColumns("birth_date")).read(text)
    #expect(outcome.rows == [expected])
    #expect(outcome.blanked == (use == "7" ? ["birth_date": 1] : [:]))
  }

  @Test("sex is male, female or unknown; another code has no value")
  func sex() throws {
    for (code, expected) in [("0", "unknown"), ("1", "male"), ("2", "female"), ("9", "-")] {
      let text = Message(clients: Message.client(Message.assignment)).text
        .replacing("Geslacht>1<", with: "Geslacht>\(code)<")
      #expect(try Extract.iwmo(iwmoColumns("sex")).read(text).rows == [expected])
    }
  }

  @Test("the address is the first of the register, else the first where the client stays")
  func address() throws {
    func contact(_ kind: String, _ postcode: String, _ number: String) -> String {
      "<m:Contact><m:Soort>\(kind)</m:Soort><m:Adres><t:Huis><t:Huisnummer>\(number)</t:Huisnummer>"
        + "</t:Huis><t:Postcode>\(postcode)</t:Postcode></m:Adres></m:Contact>"
    }
    let stay = contact("03", "1111 aa", "3")
    let other = contact("02", "2222BB", "2")
    let register = contact("01", "3333CC", "1") + contact("01", "4444DD", "4")
    let extract = Extract.iwmo(iwmoColumns("postcode", "house_number", "house_letter"))
    for (contacts, expected) in [
      (other + stay + register, "3333CC|1|-"), (other + stay, "1111AA|3|-"), (other, "-|-|-"),
      ("", "-|-|-"),
    ] {
      let extra = "<m:Contactgegevens>\(contacts)</m:Contactgegevens>"
      let rows = Message.assignment + Message.assignment
      let outcome = try extract.read(Message(clients: Message.client(rows, extra: extra)).text)
      #expect(outcome.rows == [expected, expected])
    }
  }

  @Test("305 and 307 have their own dates")
  func startAndStop() throws {
    let extract = Extract.iwmo(
      iwmoColumns("message", "municipality", "assignment_start", "start", "end", "status")
    )
    let starts =
      "<m:StartProducten>\(["1", "2", "3", "9"].map { Message.start($0) }.joined())</m:StartProducten>"
    let outcome = try extract.read(Message(kind: 305, clients: Message.client(starts)).text)
    #expect(
      outcome.rows == [
        "305|0384|2026-07-01|2026-08-02|-|1", "305|0384|2026-07-01|2026-08-02|-|2",
        "305|0384|2026-07-01|2026-08-02|-|3", "305|0384|2026-07-01|2026-08-02|-|9",
      ]
    )
    let stops = starts.replacing("Start", with: "Stop").replacing(
      "</m:Begindatum>",
      with: "</m:Begindatum><m:Einddatum>2026-08-30</m:Einddatum>"
    )
    let stopped = try extract.read(Message(kind: 307, clients: Message.client(stops)).text)
    #expect(stopped.rows.first == "307|0384|2026-07-01|2026-08-02|2026-08-30|1")
  }

  @Test("a 323 has many clients; C is minus; each row repeats the claim")
  func declaration() throws {
    let extract = Extract.iwmo(
      iwmoColumns("message", "bsn", "claim", "claim_start", "start", "amount", "tariff")
    )
    let clients =
      Message.claimant("123456782", Message.service("1500"), Message.service("500", "C"))
      + Message.claimant("999990019", Message.service("250"))
    let message = Message(kind: 323, clients: clients, claim: Message.claim(total: "1250"))
    #expect(
      try extract.read(message.text).rows == [
        "323|123456782|F1|2026-07-01|2026-07-01|1500|500",
        "323|123456782|F1|2026-07-01|2026-07-01|-500|500",
        "323|999990019|F1|2026-07-01|2026-07-01|250|500",
      ]
    )
  }

  @Test("a required column rejects the row, at the line where the row begins")
  func required() throws {
    let product = KnownFormat.iwmo.columns.first { $0.name == "product" }
    var extract = Extract.iwmo([column("product", product?.type ?? .code, required: true)])
    extract.wanted = []
    let text = Message(clients: Message.client(Message.start("1").replacing("Start", with: "x")))
      .text
    #expect(try extract.read(text).read == 0)
    let missing = Message.assignment.replacing("07A03", with: " ")
    let outcome = try extract.read(Message(clients: Message.client(missing)).text)
    #expect(outcome.rejects == ["15 product required empty"])
  }

  @Test("two columns may be made from one element")
  func twoColumns() throws {
    let extract = Extract.iwmo([
      column("product", .code), column("care_type", .code, from: "product", pattern: "wmo:{}"),
    ])
    let text = Message(clients: Message.client(Message.assignment)).text
    #expect(try extract.read(text).rows == ["07A03|wmo:07A03"])
  }
}
