import Diagnostics
import Testing

@testable import PipelineFile

@Suite("Paths of XML")
struct XmlPathTests {
  @Test("a path is names, the last perhaps an attribute, each perhaps with a name space")
  func paths() throws {
    #expect(try XmlPath("a/b.c-d_é").elements == [XmlPath.Step("a"), XmlPath.Step("b.c-d_é")])
    #expect(try XmlPath(".").elements.isEmpty)
    let path = try XmlPath("{http://x.nl/a/b}c/@{urn:y}d")
    #expect(path.elements == [XmlPath.Step("c", space: "http://x.nl/a/b")])
    #expect(path.attribute == XmlPath.Step("d", space: "urn:y"))
    #expect(try XmlPath("@id") == XmlPath([], attribute: XmlPath.Step("id")))
    #expect(try XmlPath("{}a").elements == [XmlPath.Step("a", space: "")])
  }

  @Test(
    "what is no path is told by its first fault",
    arguments: [
      ("", .emptyStep), ("/", .emptyStep), ("a//b", .emptyStep), ("/a", .emptyStep),
      ("a/", .emptyStep), ("x:a", .prefix), ("a/x:b", .prefix), ("*", .noName), ("a[1]", .noName),
      ("..", .noName), ("./a", .noName), ("1a", .noName), ("a b", .noName),
      ("@a/b", .behindAttribute),
      ("@", .emptyStep), ("@@a", .noName), ("{a", .openBrace), ("{a}", .emptyStep),
      ("a}", .noName), ("a/text()", .noName),
    ] as [(String, XmlPathFault)]
  )
  func faultyPaths(text: String, fault: XmlPathFault) {
    #expect(throws: fault) { try XmlPath(text) }
  }

  private static let source = """
      register:
        domain: municipal
        read: xml
        record: "Export/Personen/{urn:x}Persoon"
        files: register.xml
        columns:
          bsn: {type: bsn, required: true, at: "@bsn"}
          surname: {type: name, at: Naam/Achternaam}
          birth_date: {type: partial-date, from: geboren}
          sex: {type: code, values: {M: male, V: female}}
          postcode: {type: postcode, at: "{urn:y}Adres/postcode"}
          area: {type: text, pattern: "BU[0-9]{4}", at: .}
    """

  private func pipeline(_ change: (old: String, new: String)? = nil) -> String {
    guard let start = smallPipeline.firstRange(of: "  register:\n"),
      let end = smallPipeline.firstRange(of: "  care:\n")
    else { return "" }
    var text = Self.source
    if let change { text = text.replacing(change.old, with: change.new) }
    return String(
      smallPipeline[..<start.lowerBound] + text + "\n" + smallPipeline[end.lowerBound...]
    )
  }

  @Test("a source that reads xml gives each column its path")
  func source() throws {
    let pipeline = try PipelineLoader.load(
      bytes: Array(pipeline().utf8),
      path: "small.yaml",
      settings: [:],
      today: today
    )
    let source = try #require(pipeline.source(named: "register"))
    #expect(source.format == .xml(record: "Export/Personen/{urn:x}Persoon"))
    #expect(source.column(named: "bsn")?.address == .path("@bsn"))
    #expect(source.column(named: "birth_date")?.address == .path("geboren"))
    #expect(source.column(named: "sex")?.address == nil)
  }

  @Test(
    "a path that is none is told with its place",
    arguments: [
      ("at: Naam/Achternaam", "at: a:Naam", "column 'surname': found no path"),
      ("from: geboren", "from: \"geboren op\"", "column 'birth_date': found no path"),
      ("\"Export/Personen/{urn:x}Persoon\"", "Export//Persoon", "found no path to a row"),
      ("\"Export/Personen/{urn:x}Persoon\"", ".", "found no path to a row"),
      ("\"Export/Personen/{urn:x}Persoon\"", "Export/@id", "found no path to a row"),
      ("    record: \"Export/Personen/{urn:x}Persoon\"\n", "", "has no 'record'"),
      (
        "at: Naam/Achternaam", "at: \"Adres/postcode\"", "column 'postcode' may be the same element"
      ),
    ]
  )
  func places(old: String, new: String, sentence: String) {
    let found = faults(of: pipeline((old, new)))
    #expect(found.count { $0.sentence.contains(sentence) } == 1, "\(found)")
    #expect(found.count == 1)
  }
}
