import Diagnostics
import PipelineFile
import Tabular
import TestSupport
import Testing

@testable import Ingest

@Suite("Schemas of XML")
struct XMLSchemaTests {
  private func checked(_ extract: Extract, _ schema: String) throws -> (TemporaryFolder, Extract) {
    let folder = try TemporaryFolder()
    var checked = extract
    checked.schema = try folder.write(Array(schema.utf8), named: "own.xsd")
    return (folder, checked)
  }

  private static let exports = """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
      <xs:element name="export"><xs:complexType><xs:sequence>
        <xs:element name="person" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
          <xs:sequence><xs:element name="born" type="xs:date"/>
            <xs:element name="visits" type="xs:int" minOccurs="0"/></xs:sequence>
          <xs:attribute name="id" type="xs:int" use="required"/>
        </xs:complexType></xs:element>
      </xs:sequence></xs:complexType></xs:element>
    </xs:schema>
    """

  @Test("a file of own elements that breaks its schema is refused with element and line")
  func general() throws {
    let plain = Extract.xml("export/person", [column("id", .text).at("@id")])
    let (folder, extract) = try checked(plain, Self.exports)
    defer { folder.remove() }
    let person = "<person id='7'><born>1950-01-31</born></person>\n"
    func file(_ inner: String) -> String { "<export>\n\(person)\(inner)\(person)</export>" }
    #expect(try extract.read(file(person)).rows == ["7", "7", "7"])
    for (inner, element) in [
      ("<person id='x'><born>1950-01-31</born></person>", "person"),
      ("<person id='7'><born>1950-02-31</born></person>", "born"),
      ("<person id='7'/>", "person"),
      ("<person id='7'><born>1950-01-31</born><visits>Kanarie</visits></person>", "visits"),
      ("<Kanarie/>", nil),
    ] {
      let text = file(inner + "\n")
      #expect(try plain.read(text).accepted >= 2, "\(inner)")
      for size in [16, 1 << 22] {
        do throws(IngestError) {
          _ = try read(extract.inChunks(of: size), text)
          Issue.record("read \(inner)")
        } catch {
          guard case .refused(.schema(element, _), let place) = error else {
            Issue.record("\(inner): \(error)")
            continue
          }
          #expect(place.line == 3, "\(inner)")
          #expect(error.exitStatus == .dataGate)
          #expect(
            !error.diagnostics.contains { "\($0.sentence)\($0.hint ?? "")".contains("Kanarie") }
          )
        }
      }
    }
    // What is no XML is told as such, unless the schema was broken before.
    #expect(extract.refusal(of: "<export>").hasPrefix("found malformed XML"))
    #expect(extract.refusal(of: "<export><x/>").hasPrefix("found a breach of the schema"))
  }

  private func read(_ extract: Extract, _ text: String) throws(IngestError) -> Outcome {
    do {
      return try extract.read(text)
    } catch let error as IngestError {
      throw error
    } catch {
      throw .notRead(Place(file: "another error"))
    }
  }

  @Test("an answer of StUF-BG that breaks its schema costs its persons; the others are read")
  func stuf() throws {
    let space = "http://www.egem.nl/StUF/sector/bg/0310"
    let plain = Extract.stuf("bsn")
    let (folder, extract) = try checked(plain, Self.lax(space, "npsLa01", "inp.bsn"))
    defer { folder.remove() }
    var answer = StufAnswer()
    answer.soap = nil
    answer.objects = [StufAnswer.object(""), StufAnswer.object("")]
    let good = answer.text
    answer.objects[1] = StufAnswer.object("", "12345678x")
    try compare(extract, plain, good, bad: answer.text, element: "inp.bsn")
  }

  @Test("an answer of the GBA-V that breaks its schema costs its persons; the others are read")
  func soap() throws {
    let space = "http://www.bprbzk.nl/GBA/LO3/version1.1"
    var plain = Extract(columns: [column("bsn", .bsn)], format: .lo3(.soap), fileName: "answer.xml")
    plain.wanted = ["bsn"]
    let (folder, extract) = try checked(
      plain,
      Self.lax("http://schemas.xmlsoap.org/soap/envelope/", "Envelope", nil, importing: space)
    )
    defer { folder.remove() }
    _ = try folder.write(Array(Self.lax(space, nil, "categorienummer").utf8), named: "more.xsd")
    func text(_ category: String) -> String {
      Lo3Answer([
        [[(category: "1", elements: [("120", "123456782")])]],
        [[(category: category, elements: [("120", "123456782")])]],
      ]).text
    }
    try compare(extract, plain, text("1"), bad: text("4x"), element: "categorienummer")
  }

  /// A root whose content is checked as far as it is declared, and an element of digits.
  private static func lax(
    _ space: String,
    _ root: String?,
    _ element: String?,
    importing other: String? = nil
  ) -> String {
    let importing = other.map { "<xs:import namespace='\($0)' schemaLocation='more.xsd'/>" } ?? ""
    let digits = element.map { name in
      "<xs:element name='\(name)'><xs:simpleType><xs:restriction base='xs:string'>"
        + "<xs:pattern value='[0-9]+'/></xs:restriction></xs:simpleType></xs:element>"
    }
    let open = root.map { name in
      "<xs:element name='\(name)'><xs:complexType mixed='true'><xs:sequence>"
        + "<xs:any processContents='lax' minOccurs='0' maxOccurs='unbounded'/></xs:sequence>"
        + "<xs:anyAttribute processContents='lax'/></xs:complexType></xs:element>"
    }
    return "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='\(space)' "
      + "elementFormDefault='qualified'>\(importing)\(open ?? "")\(digits ?? "")</xs:schema>"
  }

  private func compare(
    _ extract: Extract,
    _ plain: Extract,
    _ good: String,
    bad: String,
    element: String
  ) throws {
    #expect(try extract.read(good).accepted == 2)
    #expect(try plain.read(bad).refused.isEmpty)
    for size in [16, 1 << 22] {
      let outcome = try extract.inChunks(of: size).read(
        [good, bad, good].map { Array($0.utf8) }
      )
      #expect(outcome.accepted == 4 && outcome.rejected == 2)
      #expect(outcome.refused.map(\.file) == [1])
      #expect(outcome.rejects.count == 1)
      #expect(outcome.rejects.first?.contains(" \(element) schema ") == true, "\(outcome.rejects)")
    }
  }
}
