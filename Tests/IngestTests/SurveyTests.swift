import Diagnostics
import Foundation
import Tabular
import Testing

@testable import Ingest
@testable import PipelineFile

@Suite struct SurveyTests {
  @Test("A proposal names delimiter, decimal mark, encoding, types and classes")
  func proposes() throws {
    var text = "BSN,Naam,Geboortedatum,Geslacht,Postcode,Huisnummer,Bedrag,Datum\n"
    for row in 0..<40 {
      text +=
        "\(Self.bsn(row)),J\u{e9}r\u{f4}me \(row),19\(10 + row)-00-00,\(row % 2 == 0 ? "M" : "V"),"
      text += "70\(10 + row)AB,\(row + 1),\"\(row),5\",2026-08-\(10 + row % 20)\n"
    }
    let latin1 = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    let proposal = try self.proposal(latin1)
    #expect(proposal.contains("encoding: iso-8859-1\n"))
    #expect(proposal.contains("dialect: {delimiter: \",\", decimal: \",\"}\n"))
    #expect(has(proposal, "bsn:", "{type: bsn, from: \"BSN\", required: true}"))
    #expect(has(proposal, "birth_date:", "{type: partial-date, from: \"Geboortedatum\""))
    #expect(has(proposal, "sex:", "class: quasi}  # 2 distinct values, as a"))
    #expect(has(proposal, "postcode:", "{type: postcode,"))
    #expect(has(proposal, "house_number:", "{type: integer,"))
    #expect(has(proposal, "Bedrag:", "{type: money, required: true, unit: euro}"))
    #expect(has(proposal, "Datum:", "{type: date, required: true}"))
    #expect(has(proposal, "Naam:", "class: direct}"))
  }

  @Test("A table of CBS is told by its header, and read as one")
  func statline() throws {
    var text = "\u{FEFF}\"ID\";\"RegioS\";\"Perioden\";\"Inwoners_1\";\"Woz_2\"\n"
    for row in 0..<30 {
      text += "\(row);\"GM\(1000 + row)    \";\"2026JJ00\";\"   \(row * 7)\";\"     .\"\n"
    }
    let proposal = try self.proposal(Array(text.utf8))
    #expect(proposal.contains("read: statline\n"))
    #expect(!proposal.contains("dialect") && !proposal.contains("the reader refuses"))
    #expect(has(proposal, "Inwoners_1:", "{type: integer,"))
    // The same names in a file that is not quoted through are anybody's.
    let plain = text.replacing("\"", with: "").replacing("\u{FEFF}", with: "")
    #expect(try self.proposal(Array(plain.utf8)).contains("read: csv\n"))
  }

  @Test("Commas before decimals in JSON and XML are proposed with their columns")
  func documentMarks() throws {
    let json = (0..<30).map { "{\"bedrag\":\"\($0),50\"}\n" }.joined()
    let xml = "<p>" + (0..<30).map { "<r><bedrag>\($0),50</bedrag></r>" }.joined() + "</p>"
    for text in [json, xml] {
      let proposal = try self.proposal(Array(text.utf8))
      #expect(proposal.contains("dialect: {decimal: \",\"}\n"))
      #expect(has(proposal, "bedrag:", "type: money"))
      #expect(!proposal.contains("refused"))
    }
  }

  @Test("Dates with the day first are text, and the doubt says what to ask for")
  func dayFirst() throws {
    let text = "bsn;datum\n" + (10..<30).map { "\(Self.bsn($0));\($0)-08-2026\n" }.joined()
    let proposal = try self.proposal(Array(text.utf8))
    #expect(
      has(proposal, "datum:", "doubt: dates with the day first, which this version cannot read")
    )
  }

  @Test(
    "A first line with a person in it does not become a header",
    arguments: [
      "Jansen;Piet;Utrecht\nVries;Anna;Breda\nBoer;Kees;Delft\n",
      "Jansen;999900006;M\nVries;999914741;V\nBoer;999990019;M\n",
      "Jansen;1950-01-31\nVries;1960-02-03\n",
      "canaryname\nother\nthird\n",
    ]
  )
  func showsNoPerson(text: String) throws {
    let proposal = try self.proposal(Array(text.utf8))
    for value in text.split(whereSeparator: { ";\n".contains($0) }) where value.count > 1 {
      #expect(!proposal.contains(value), "\(value) shows")
    }
    #expect(proposal.contains("at: 1"))
  }

  @Test("Of lines that end in CR alone no row becomes the name of a column")
  func carriageReturns() throws {
    let row = "\r999990019;Kanariepiet;100"
    let text = "bsn;surname;amount" + String(repeating: row, count: 50)
    let proposal = try self.proposal(Array(text.utf8))
    #expect(!proposal.contains("999990019") && !proposal.contains("Kanariepiet"))
  }

  @Test("No value of the file stands in the proposal", arguments: 0..<40 as Range<UInt64>)
  func showsNoValue(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let delimiter = [";", ",", "\t", "|"][Int(random.next() % 4)]
    let headers = ["bsn", "naam", "care_type", "bedrag", "opmerking", "id", "x"]
    var values: Set<String> = []
    var text = headers.joined(separator: delimiter) + "\n"
    for _ in 0..<30 {
      let row = headers.map { _ in
        (0..<8).map { _ in String(Unicode.Scalar(UInt8(0x61 + random.next() % 26))) }.joined()
      }
      values.formUnion(row)
      text += row.joined(separator: delimiter) + "\n"
    }
    let proposal = try self.proposal(Array(text.utf8))
    for value in values { #expect(!proposal.contains(value), "seed \(seed)") }
    for header in headers where header != "x" {
      #expect(proposal.contains("\(header):"), "seed \(seed): \(header)")
    }
  }

  @Test(
    "What is proposed can be loaded and reads the file without rejects",
    arguments: [
      "../shared/data/synthea", "sample-data",
    ]
  )
  func roundTrips(folder: String) throws {
    let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    let files = Self.tables(below: "\(root)/\(folder)")
    try #require(!files.isEmpty || folder.hasPrefix(".."))
    for path in files {
      let survey = try Survey(path: path).tested()
      let yaml = survey.contract(named: "trial", version: "0")
      let source = try ContractLoader.source(bytes: Array(yaml.utf8), path: "c.yaml", files: path)
      let reader = try ExtractReader(source: source, wanted: [], files: [path])
      let parser = try reader.makeParser()
      let chunk = try #require(try reader.next())
      let parsed = try parser.parse(chunk)
      #expect(parsed.rejected == 0, "\(path)")
      #expect(parsed.accepted > 0, "\(path)")
      #expect(!yaml.contains("doubt: this version cannot read"), "\(path)")
    }
  }

  @Test(
    "What is no extract is refused with a reason",
    arguments: [
      ([], "empty"), (Array("\n \r\n\n".utf8), "empty"),
      (Array("PK\u{3}\u{4}word/document.xml".utf8), "zip"), ([0xFE, 0xFF, 0, 0x61], "UTF-16BE"),
      ((0..<200).map { UInt8($0 % 7) }, "no text"),
      (Array("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>".utf8), "document type"),
    ] as [([UInt8], String)]
  )
  func refuses(bytes: [UInt8], reason: String) throws {
    do {
      _ = try proposal(bytes)
      Issue.record("it was taken")
    } catch let error as IngestError {
      #expect(error.diagnostics.first?.sentence.contains(reason) == true)
      #expect(error.exitStatus == .dataGate)
    }
  }

  @Test(
    "Formats that know their columns are told by their first bytes",
    arguments: [
      ("{\"resourceType\":\"Patient\",\"id\":\"1\"}\n", "read: fhir\nrows: Patient"),
      ("{\"personen\": []}", "read: brp"),
      ("<a xmlns='http://www.istandaarden.nl/iwmo/3_2/wmo301/schema'/>", "read: iwmo"),
      ("<a xmlns='http://www.egem.nl/StUF/sector/bg/0310'/>", "read: stuf-bg"),
      ("<a xmlns='http://www.bprbzk.nl/GBA/LRDPlus/version1.1'/>", "read: lo3\nform: soap"),
      ("00000000Lg01" + String(repeating: "0", count: 60), "read: lo3\nform: lg01"),
      ("x;01.01.20;01.02.40;01.03.10\n1;2;3;4\n", "read: lo3\nform: csv"),
    ]
  )
  func knowsFormats(text: String, expected: String) throws {
    let proposal = try self.proposal(Array(text.utf8))
    #expect(proposal.contains(expected + "\n"))
    #expect(proposal.contains("# The format knows its columns"))
  }

  @Test("Of times the day is proposed, with a doubt; what only looks like one is text")
  func proposesDaysOfTimes() throws {
    func proposal(_ written: String) throws -> String {
      let rows = (1...9).map { "\($0);2026-08-0\($0)\(written);ggz\n" }.joined()
      return try self.proposal(Array(("nr;datum;zorgsoort\n" + rows).utf8))
    }
    for written in ["T10:20:00Z", " 10:20", "+02:00"] {
      #expect(try proposal(written).contains("{type: date}  # doubt: of times the day"))
    }
    #expect(try !proposal(" 10.20").contains("type: date"))
  }

  @Test("A trailer that counts the rows, and a copyright line, are told")
  func tellsFooter() throws {
    let rows = (0..<9).map { "\($0);2026-01-01;ggz\n" }.joined()
    let counted = try proposal(Array(("nr;datum;zorgsoort\n" + rows + "T;9\n").utf8))
    #expect(counted.contains("trailer: {when: \"^T;\", rows: 2}"))
    let footer = try proposal(Array(("nr;datum;zorgsoort\n" + rows + "\u{a9} CBS\n").utf8))
    #expect(footer.contains("footer: \"^\u{a9}\""))
  }

  @Test("Cutting a file at any byte never traps")
  func survivesCuts() throws {
    let text = "bsn;naam;bedrag\n999900006;\"a;\"\"b\";1,50\n\u{e9};<x>;{\"a\":[1,{\"b\":null}]}\n"
    let xml = "<?xml version='1.0'?><!-- c --><l><p><a>1</a><b/></p><p><a>2</a></p></l>"
    let json = "{\"a\":{\"b\":\"c\\\"\"},\"d\":[1,\"]\"],\"e\":1.5}\n{\"a\":null}\n"
    for whole in [text, xml, json].map({ Array($0.utf8) }) {
      for end in 1...whole.count { _ = try? proposal(Array(whole[..<end])) }
    }
  }

  private func has(_ proposal: String, _ name: String, _ part: String) -> Bool {
    proposal.split(separator: "\n").contains { line in
      line.hasPrefix("  \(name)") && line.contains(part)
    }
  }

  private func proposal(_ bytes: [UInt8]) throws -> String {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = try folder.write(bytes, named: "extract.csv")
    return try Survey(path: path).contract(named: "extract", version: "0")
  }

  /// A number that passes the eleven-test.
  private static func bsn(_ number: Int) -> String {
    var start = 99_900_000 + number
    while true {
      let digits = Array(String(start).utf8).map { Int($0 - 0x30) }
      let sum = digits.enumerated().reduce(0) { $0 + (9 - $1.offset) * $1.element } % 11
      if sum < 10 { return "\(start)\(sum)" }
      start += 1000
    }
  }

  private static func tables(below folder: String) -> [String] {
    guard let found = FileManager.default.enumerator(atPath: folder) else { return [] }
    var paths: [String] = []
    while let name = found.nextObject() as? String {
      if name.contains(".csv"), !name.contains("truth") { paths.append("\(folder)/\(name)") }
    }
    return paths.sorted()
  }
}

/// SplitMix64 (Steele et al., 2014).
private struct SplitMix {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
