import Diagnostics
import PipelineFile
import Tabular
import Testing

@testable import Ingest

@Suite("Faulty iWmo messages")
struct IwmoFaultTests {
  private let extract = Extract.iwmo(iwmoColumns("product"))
  private let good = Message(clients: Message.client(Message.assignment + Message.assignment))

  @Test("a date that no calendar has refuses the message with its element and line, rows counted")
  func dates() throws {
    for (old, new, element, line) in [
      ("1985-01-06", "1985-02-31", "Datum", 11), ("2026-08-20", "2026-13-01", "Dagtekening", 7),
      ("2026-08-15", "20260815", "Ingangsdatum", 20), ("2026-12-31", "0000-01-01", "Einddatum", 21),
      ("2026-08-01", "2026-02-29", "Toewijzingsdatum", 18),
      ("2026-08-15", "2026-08-15+15:00", "Ingangsdatum", 20),
      ("2026-08-15", "2026-08-15 ?", "Ingangsdatum", 20),
    ] {
      let outcome = try extract.read(good.text.replacing(old, with: new))
      let refused = outcome.refused.first
      #expect(refused?.fault == .value(element: element, reason: .date), "\(new)")
      #expect(refused?.place.line == line, "\(new) in line \(refused?.place.line ?? 0)")
      #expect(outcome.read == 2 && outcome.rejected == 2 && outcome.rows.isEmpty, "\(new)")
      #expect(outcome.rejects == ["\(line) \(element) date "], "\(new)")
    }
  }

  @Test("days of the calendar pass, with a time zone too; an empty date has no value")
  func goodDates() throws {
    let dates = Extract.iwmo(iwmoColumns("start"))
    for (written, day) in [
      ("2024-02-29", "2024-02-29"), ("2026-08-15Z", "2026-08-15"),
      ("2026-08-15+02:00", "2026-08-15"), (" 2026-08-15 ", "2026-08-15"), ("", "-"),
    ] {
      let outcome = try dates.read(good.text.replacing("2026-08-15", with: written))
      #expect(outcome.rows == [day, day], "\(written)")
    }
  }

  @Test("the dates of a relative are not even looked at")
  func otherDates() throws {
    let extra =
      "<m:Relaties><m:Geboortedatum><t:Datum>31-02-1950</t:Datum></m:Geboortedatum></m:Relaties>"
    let text = Message(clients: Message.client(Message.assignment, extra: extra)).text
    #expect(try extract.read(text).accepted == 1)
  }

  @Test(
    "a faulty message costs its own rows only, in chunks of any size",
    arguments: [16, 1 << 22]
  )
  func delivery(chunkSize: Int) throws {
    let bad = good.text.replacing("2026-08-15", with: "2026-02-31")
    let texts = [good.text, bad, good.text, bad, good.text].map { Array($0.utf8) }
    let outcome = try extract.inChunks(of: chunkSize).read(texts)
    #expect(outcome.accepted == 6 && outcome.rejected == 4 && outcome.read == 10)
    #expect(outcome.refused.map(\.file) == [1, 3])
  }

  @Test("rows in which volume times tariff is not the amount are counted, not refused")
  func amounts() throws {
    let services = Message.service("1500") + Message.service("1501") + Message.service("1500", "C")
    let message = Message(kind: 323, clients: Message.claimant("123456782", services))
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = try folder.write(Array(message.text.utf8), named: "message.xml")
    let reader = try ExtractReader(source: extract.source, wanted: ["product"], files: [path])
    let chunk = try #require(try reader.next())
    let parsed = try reader.makeParser().parse(chunk)
    #expect(parsed.accepted == 3)
    let facts = try #require(parsed.facts.first)
    #expect(facts.amountMismatches == 1)
    #expect(facts.rowCount == 3 && facts.day == 20_260_820)
    #expect(facts.sender == Array("98025566".utf8) && facts.identifier == Array("1d8d".utf8))
  }

  // MARK: schema

  private static let schema = """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:types"
      targetNamespace="http://www.istandaarden.nl/iwmo/3_2/wmo301/schema"
      xmlns="http://www.istandaarden.nl/iwmo/3_2/wmo301/schema" elementFormDefault="qualified">
      <xs:import namespace="http://www.istandaarden.nl/iwmo/3_2/basisschema/schema"
        schemaLocation="types.xsd"/>
      <xs:element name="Bericht"><xs:complexType><xs:sequence>
        <xs:element name="Header"><xs:complexType><xs:sequence>
          <xs:any processContents="skip" maxOccurs="unbounded"/></xs:sequence></xs:complexType>
        </xs:element>
        <xs:element name="Client"><xs:complexType><xs:sequence>
          <xs:element name="Bsn" type="Number"/>
          <xs:any processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
        </xs:sequence></xs:complexType></xs:element>
      </xs:sequence></xs:complexType></xs:element>
      <xs:simpleType name="Number"><xs:restriction base="xs:string">
        <xs:pattern value="[0-9]{9}"/></xs:restriction></xs:simpleType>
      <xs:element name="Geslacht" type="xs:int"/>
    </xs:schema>
    """
  private static let types = """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
      targetNamespace="http://www.istandaarden.nl/iwmo/3_2/basisschema/schema"
      elementFormDefault="qualified"><xs:element name="Volume" type="xs:int"/></xs:schema>
    """

  private func checked(
    _ body: (Extract) throws -> Void,
    schema: String = schema,
    types: String = types
  ) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    _ = try folder.write(Array(types.utf8), named: "types.xsd")
    var checked = extract
    checked.schema = try folder.write(Array(schema.utf8), named: "my schema.xsd")
    try body(checked)
  }

  @Test("a message that breaks its schema is refused with element and line; the others are read")
  func schema() throws {
    try checked { extract in
      #expect(try extract.read(good.text).accepted == 2)
      for (old, new, element, line) in [
        ("123456782", "12345678x", "Bsn", 10), ("Geslacht>1<", "Geslacht>x<", "Geslacht", 12),
        ("Volume>6<", "Volume>six<", "Volume", 22),
        ("</wmo301:Header>", "</wmo301:Header><wmo301:Kanarie/>", "", 8),
        ("<wmo301:Client>", "<wmo301:Client x='1'>", "Client", 9),
      ] {
        let bad = good.text.replacing(old, with: new)
        for size in [16, 1 << 22] {
          let outcome = try extract.inChunks(of: size).read(
            [good.text, bad, good.text].map { Array($0.utf8) }
          )
          #expect(outcome.accepted == 4 && outcome.rejected == 2, "\(new)")
          #expect(outcome.rejects == ["\(line) \(element) schema "], "\(new)")
          let sentence = outcome.refused.first?.fault.sentence ?? ""
          #expect(sentence.hasPrefix("found a breach of the schema"), "\(new)")
          #expect(!sentence.contains("Kanarie") && !sentence.contains("12345678x"))
        }
      }
      // What is skipped need not fit.
      #expect(try extract.read(Message(kind: 302).text).skipped == [.returnMessage: 1])
    }
  }

  @Test("a schema that is none is the fault of the pipeline, with its place")
  func faultySchema() throws {
    func refusal(_ extract: Extract) -> String { extract.refusal(of: good.text) }
    let without = Self.schema.replacing("type=\"Number\"", with: "type=\"Kanarie\"")
    try checked({ #expect(refusal($0).hasPrefix("found a fault in the schema")) }, schema: without)
    try checked({ #expect(refusal($0).contains("no XML Schema")) }, schema: "<xs:schema")
    var missing = extract
    missing.schema = "/nowhere/my.xsd"
    #expect(refusal(missing).contains("no XML Schema that can be read"))
    do {
      _ = try missing.read(good.text)
    } catch let error as IngestError {
      #expect(error.exitStatus == .pipelineFault)
    }
  }

  @Test("a schema imports nothing from outside its folder, and nothing from the network")
  func imports() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let outside = try folder.write(Array(Self.types.utf8), named: "types.xsd")
    for place in [outside, "http://127.0.0.1:1/types.xsd", "../types.xsd"] {
      let schema = Self.schema.replacing("types.xsd", with: place)
        .replacing("lax", with: "strict")
      try checked(
        { extract in
          // The types are not known then: what is of them is refused, or the schema itself is.
          let refusal = extract.refusal(of: good.text)
          #expect(refusal.hasPrefix("found a breach") || refusal.contains("schema"), "\(place)")
        },
        schema: schema,
        types: "<x/>"
      )
    }
  }
}
