import PipelineFile
import Tabular
import TestSupport
import Testing

@testable import Ingest

extension SourceColumn {
  func at(_ path: String) -> SourceColumn {
    var other = self
    other.address = .path(path)
    return other
  }
}

extension Extract {
  static func xml(_ record: String, _ columns: [SourceColumn]) -> Extract {
    Extract(columns: columns, format: .xml(record: record), fileName: "extract.xml")
  }
}

@Suite("XML")
struct XmlTests {
  private let extract = Extract.xml(
    "Export/Personen/Persoon",
    [
      column("id", .text).at("@id"), column("surname", .name).at("Naam/Achternaam"),
      column("kind", .code).at("Adres/@soort"), column("postcode", .postcode).at("Adres/postcode"),
      column("geboren", .partialDate), column("sex", .code, from: "Geslacht"),
    ]
  )

  private func person(_ inner: String, _ attributes: String = "") -> String {
    "<Export><Personen><Persoon\(attributes)>\(inner)</Persoon></Personen></Export>"
  }

  @Test("each column comes from its path, an attribute too, and a row tells where it begins")
  func paths() throws {
    let text = """
      <?xml version="1.0"?>
      <Export soort="Kanarie"><Achternaam>Kanarie</Achternaam>
       <Persoon id="9"><geboren>1900</geboren></Persoon>
       <Personen>
        <Persoon id=" 7 ">
         <Naam><Voornaam>Kanarie</Voornaam><Achternaam> Ga&amp;astra
       van </Achternaam></Naam>
         <Adres soort="w&#233;"><postcode>7001 AB</postcode><Naam><Achternaam>Kanarie</Achternaam></Naam></Adres>
         <Relatie><geboren>1999-01-01</geboren><Naam><Achternaam>Kanarie</Achternaam></Naam></Relatie>
         <geboren>1968-05-00</geboren><Geslacht>M</Geslacht>
        </Persoon>
        <Persoon/><Ander><geboren>1900</geboren></Ander>
        <Persoon id="8"><Geslacht></Geslacht><Naam/></Persoon>
       </Personen>
      </Export>
      """
    let outcome = try extract.read(text)
    #expect(
      outcome.rows == [
        "7|Ga&astra  van|wé|7001AB|19680500|M", "-|-|-|-|-|-", "8|-|-|-|-|-",
      ]
    )
    #expect(outcome.lines == [5, 12, 13])
  }

  @Test("a name matches in any name space, unless the path names one")
  func nameSpaces() throws {
    let text = """
      <a:Export xmlns:a="urn:a" xmlns:b="urn:b"><Personen xmlns="urn:c"><b:Persoon b:id="1" id="2">\
      <n>1</n><b:n>2</b:n><a:n>3</a:n></b:Persoon></Personen></a:Export>
      """
    func rows(_ record: String, _ path: String) throws -> [String] {
      let outcome = try Extract.xml(record, [column("n", .text).at(path)]).read(text)
      return outcome.rows + outcome.rejects
    }
    let record = "Export/Personen/Persoon"
    #expect(try rows(record, "{urn:a}n") == ["3"])
    #expect(try rows(record, "{urn:b}n") == ["2"])
    #expect(try rows(record, "{urn:c}n") == ["1"])
    #expect(try rows(record, "{urn:d}n") == ["-"])
    #expect(try rows(record, "n") == ["1 n structure 9"])
    #expect(try rows(record, "@{urn:b}id") == ["1"])
    #expect(try rows(record, "@{}id") == ["2"])
    // An attribute without a prefix goes before those that have one.
    #expect(try rows(record, "@id") == ["2"])
    #expect(try rows("Export/Personen/{urn:b}Persoon", "{urn:a}n") == ["3"])
    #expect(try rows("Export/Personen/{urn:a}Persoon", "{urn:a}n").isEmpty)
    #expect(try rows("{urn:a}Export/{urn:c}Personen/Persoon", "{urn:a}n") == ["3"])
  }

  @Test("a path that leads to two elements of a row rejects it with its column")
  func twice() throws {
    let twice = "<Naam><Achternaam>Een</Achternaam></Naam>"
    let outcome = try extract.read(person(twice + twice))
    #expect(outcome.rejects == ["1 surname structure a{3}"])
    #expect(
      try extract.read(person("<geboren/><geboren/>")).rejects == ["1 geboren structure empty"]
    )
    // Two parents of which one has it are no doubt.
    #expect(try extract.read(person(twice + "<Naam/>")).rows == ["-|Een|-|-|-|-"])
    #expect(try extract.read(person("<Adres soort=\"a\"/><Adres/>")).rows == ["-|-|a|-|-|-"])
    let two = person("<Adres soort=\"a\"/><Adres soort=\"\"/>")
    #expect(try extract.read(two).rejects == ["1 kind structure a"])
  }

  @Test("the text of an element is its own, not that of the elements in it")
  func mixed() throws {
    let mixed = Extract.xml(
      "p/r",
      [
        column("all", .text).at("."), column("a", .text), column("b", .text).at("a/b"),
        column("again", .text).at("a/b"),
      ]
    )
    let text = "<p><r>een<a>twee<b>drie<c>Kanarie</c>!</b>vier<d>Kanarie</d></a>vijf</r></p>"
    #expect(try mixed.read(text).rows == ["eenvijf|tweevier|drie!|drie!"])
    let outcome = try mixed.read("<p><r>x<a>1<b>2</b>3</a><a>4<b>5</b></a>y</r></p>")
    #expect(outcome.rejects == ["1 a structure 9{2}"])
  }

  @Test("a value other than a text is not put together from pieces around an element")
  func broken() throws {
    func rows(_ type: ColumnType, _ inner: String) throws -> [String] {
      let extract = Extract.xml("p/r", [column("n", type), column("z", .text).at("n/z")])
      let outcome = try extract.read("<p><r>\(inner)</r></p>")
      let plain = try Extract.xml("p/r", [column("n", type)]).read("<p><r>\(inner)</r></p>")
      #expect(plain.rejects == outcome.rejects)
      return outcome.rows + outcome.rejects
    }
    #expect(try rows(.integer, "<n>1<z/>2</n>") == ["1 n structure 9{2}"])
    #expect(try rows(.integer, "<n>1<x>9</x><x/>2</n>") == ["1 n structure 9{2}"])
    #expect(try rows(.code, "<n>a<z/>b</n>") == ["1 n structure a{2}"])
    #expect(try rows(.text, "<n>a<z/>b</n>") == ["ab|-"])
    // White space is no piece, nor do comments break a text.
    #expect(try rows(.integer, "<n> <z>7</z>2<x/> </n>") == ["2|7"])
    #expect(try rows(.integer, "<n>1<!-- 9 -->2<![CDATA[3]]></n>") == ["123|-"])
  }

  @Test("two attributes of a name, each with a prefix, are in doubt")
  func prefixes() throws {
    let extract = Extract.xml("p/r", [column("n", .text).at("@soort")])
    func rows(_ attributes: String) throws -> [String] {
      let outcome = try extract.read(
        "<p xmlns:q='urn:q' xmlns:s='urn:s'><r \(attributes)/></p>"
      )
      return outcome.rows + outcome.rejects
    }
    #expect(try rows("q:soort='1' s:soort='2'") == ["1 n structure empty"])
    #expect(try rows("q:soort='1' soort='3' s:soort='2'") == ["3"])
    #expect(try rows("q:soort='1'") == ["1"])
  }

  @Test("a record may be the root, and one in another is none")
  func rootRecord() throws {
    let extract = Extract.xml("r", [column("a", .text), column("n", .text).at("@n")])
    #expect(try extract.read("<r n='1'><r n='2'><a>Kanarie</a></r><a>x</a></r>").rows == ["x|1"])
    #expect(try extract.read("<r/>").rows == ["-|-"])
  }

  @Test("another root refuses the file, the right one without rows does not")
  func roots() throws {
    #expect(
      extract.refusal(of: "<Kanarie/>") == "found another root element, expected 'Export' | "
        + "'record' is the path from the root: look at the first tag of the file"
    )
    #expect(try extract.read("<Export/>").read == 0)
    #expect(try extract.read("<Export><Persoon/><Personen>x</Personen></Export>").read == 0)
    #expect(extract.refusal(of: "").hasPrefix("found malformed XML"))
  }

  @Test("values are typed and refused as those of any extract")
  func types() throws {
    let required = Extract.xml(
      "p/r",
      [column("bsn", .bsn, required: true), column("n", .integer, range: 1...9)]
    )
    let text = """
      <p><r><bsn>123456782</bsn><n> 5 </n></r>
      <r><bsn>123456783</bsn></r><r/>
      <r><bsn>123456782</bsn><n>10</n></r></p>
      """
    let outcome = try required.read(text)
    #expect(outcome.rows == ["123456782|5", "123456782|-"])
    #expect(outcome.rejects == ["2 bsn bsn-check 9{9}", "2 bsn required empty"])
    #expect(outcome.blanked == ["n": 1])
  }

  @Test("encodings obey the prologue")
  func encodings() throws {
    let extract = Extract.xml("p/r", [column("n", .name).at("@naïef"), column("t", .name)])
    let text = "<p><r naïef='é'><t>Béamont ½</t></r></p>"
    let latin = "<?xml version='1.0' encoding='iso-8859-1'?>" + text
    #expect(try extract.read(latin.unicodeScalars.map { UInt8($0.value) }).rows == ["é|Béamont ½"])
    var wide: [UInt8] = [0xFE, 0xFF]
    for unit in text.utf16 { wide += [UInt8(unit >> 8), UInt8(unit & 0xFF)] }
    #expect(try extract.read(wide).rows == ["é|Béamont ½"])
    #expect(try extract.read("\u{FEFF}" + text).rows == ["é|Béamont ½"])
  }

  @Test("a big document gives the same rows in pieces of any size")
  func pieces() throws {
    var random = SeededGenerator(seed: 47)
    var text = "<Export><Personen>\n"
    for number in 0..<3000 {
      text += "<Persoon id='\(number)'>"
      for _ in 0..<(random.next() % 9 == 0 ? 2 : 1) { text += "<geboren>1968-05-03</geboren>" }
      text += "<Naam><Achternaam>Naam\(number)</Achternaam></Naam></Persoon>"
      if random.next() % 2 == 0 { text += "\n" }
    }
    text += "<Persoon/></Personen></Export>"
    let whole = try extract.read(text)
    #expect(whole.read == 3001 && whole.rejected > 200)
    for size in [16, 1000, 70_001] {
      let pieces = try extract.inChunks(of: size).read(text)
      #expect(pieces.meaning == whole.meaning, "chunks of \(size)")
      #expect(pieces.ordinals.count > 1)
    }
  }

  @Test("rows without a value come in pieces too")
  func emptyRows() throws {
    let text =
      "<Export><Personen>" + String(repeating: "<Persoon/>", count: 20_000)
      + "</Personen></Export>"
    let outcome = try extract.inChunks(of: 1000).read(text)
    #expect(outcome.accepted == 20_000 && outcome.ordinals.count > 50)
  }

  @Test("limits hold where something is read and where nothing is")
  func limits() throws {
    func nested(_ count: Int) -> String {
      person(
        String(repeating: "<x>", count: count) + String(repeating: "</x>", count: count)
      )
    }
    #expect(try extract.read(nested(61)).accepted == 1)
    #expect(extract.refusal(of: nested(62)).hasPrefix("found elements nested deeper than 64"))
    let long = String(repeating: "x", count: (1 << 20) + 1)
    for text in [
      person("<Geslacht>\(long)</Geslacht>"), person("<x>\(long)</x>"),
      person(
        "<Geslacht>\(String(repeating: "<![CDATA[xxxxxxxxxxxxxxxx]]>y", count: 1 << 16))</Geslacht>"
      ),
      person("<Naam/>\(long)"),
    ] {
      #expect(extract.refusal(of: text).hasPrefix("found a text of more than"))
    }
    #expect(
      extract.refusal(of: person("", " id=\"\(long)\"")).hasPrefix("found a tag of more than")
    )
    #expect(extract.refusal(of: "<!DOCTYPE Export><Export/>").hasPrefix("found a document type"))
  }

  @Test("a row of more than 16 MiB is refused, those beside it are not")
  func longRow() throws {
    let columns = (0..<20).map { column("c\($0)", .text) }
    let extract = Extract.xml("p/r", columns)
    let long = String(repeating: "x", count: 1 << 20)
    let values = columns.map { "<\($0.name)>\(long)</\($0.name)>" }.joined()
    let outcome = try extract.read("<p><r><c1>a</c1></r><r>\(values)</r><r><c1>b</c1></r></p>")
    #expect(outcome.rejects == ["1  limit "])
    #expect(
      outcome.rows.map { $0.replacing("-", with: "") } == [
        "|a||||||||||||||||||", "|b||||||||||||||||||",
      ]
    )
  }

  @Test("no change of bytes stops the reader, and every row is accounted for")
  func mutations() throws {
    var random = SeededGenerator(seed: 53)
    let inner =
      "<Naam>x<Achternaam>Een</Achternaam></Naam><Adres soort='a&amp;'><postcode>7001AB</postcode></Adres>"
    let good = Array(
      person(
        inner + "<geboren>1968-05-03</geboren>\n<!-- c --><![CDATA[d]]>",
        " id='5' xmlns:a='urn:a'"
      ).utf8
    )
    let pieces: [[UInt8]] = [
      "<", ">", "/>", "</Persoon>", "<Persoon>", "&", "&#0;", "&x;", "<!DOCTYPE a>", "<![CDATA[",
      "]]>", "<!--", "x", "<geboren/>", "<Adres>y</Adres>", " ", "xmlns='u'", "a:", "\u{0}",
      "<?xml encoding='utf-16'?>", "\"", "'",
    ].map { Array($0.utf8) }
    var readCount = 0
    var refusedCount = 0
    for round in 0..<3000 {
      var bytes = good
      for _ in 0..<1 + random.next() % 3 {
        let place = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 4 {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next() % 128)
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int(random.next() % 20)))
        case 2:
          let from = Int(random.next() % UInt64(bytes.count))
          bytes.insert(contentsOf: bytes[from..<min(bytes.count, from + 40)], at: place)
        default:
          let piece = pieces[Int(random.next() % UInt64(pieces.count))]
          bytes.insert(contentsOf: piece, at: place)
        }
        if bytes.isEmpty { bytes = good }
      }
      var rows = DocumentRows()
      guard let format = try DocumentFormat(extract.source) else { return }
      let input = DocumentInput(bytes: bytes, range: 0..<bytes.count)
      guard let decoder = try? format.decoder(for: input, path: "x", file: 0) else { continue }
      do {
        while try !decoder.read(into: &rows, byteLimit: 10) {}
        readCount += 1
        #expect(rows.rows.count <= 4 && rows.values.count == rows.rows.count * 6, "round \(round)")
        #expect(rows.facts.reduce(0) { $0 + $1.rowCount } == rows.rows.count)
      } catch {
        refusedCount += 1
      }
    }
    #expect(readCount > 100 && refusedCount > 100)
  }
}
