import Foundation
import PipelineFile
import Tabular
import TestSupport
import Testing

@testable import Ingest

extension Extract {
  /// A source that reads these columns of StUF-BG; all that there are unless some are named.
  static func stuf(_ names: String..., required: Set<String> = []) -> Extract {
    let columns = KnownFormat.stufBg.columns.filter { names.isEmpty || names.contains($0.name) }
      .map { known in
        column(
          known.name,
          known.type,
          required: required.contains(known.name),
          values: known.values.map { ($0.written, $0.meaning) }
        )
      }
    return Extract(
      columns: columns,
      format: .stufBg,
      fileName: "answer.xml",
      wanted: names.isEmpty ? columns.map(\.name) : names
    )
  }
}

/// An answer as tests write it, with prefixes that mean nothing.
struct StufAnswer {
  var objects: [String] = []
  var header = ""
  var parameters = ""
  /// In a SOAP envelope of this name space; nil for none.
  var soap: String? = "http://schemas.xmlsoap.org/soap/envelope/"
  var kind = "npsLa01"

  static func object(_ inner: String, kind: String = "NPS", _ bsn: String = "123456782") -> String {
    "<b:object s:entiteittype=\"\(kind)\" s:sleutelVerzendend=\"1\"><b:inp.bsn>\(bsn)</b:inp.bsn>"
      + "\(inner)</b:object>\n"
  }

  /// An element of the sector model; without a value if `nothing` says why.
  static func element(_ name: String, _ value: String = "", nothing: String? = nil) -> String {
    guard let nothing else { return "<b:\(name)>\(value)</b:\(name)>" }
    return "<b:\(name) s:noValue=\"\(nothing)\" x:nil=\"true\">\(value)</b:\(name)>"
  }

  var text: String {
    let answer = """
      <b:\(kind) xmlns:b="http://www.egem.nl/StUF/sector/bg/0310" \
      xmlns:s="http://www.egem.nl/StUF/StUF0301" \
      xmlns:x="http://www.w3.org/2001/XMLSchema-instance">
      <b:stuurgegevens><s:berichtcode>La01</s:berichtcode>\(header)</b:stuurgegevens>
      <b:parameters>\(parameters)</b:parameters>
      <b:antwoord>\(objects.joined())</b:antwoord></b:\(kind)>
      """
    guard let soap else { return answer }
    return "<e:Envelope xmlns:e=\"\(soap)\"><e:Header><k>Kanarie</k></e:Header><e:Body>\(answer)"
      + "</e:Body></e:Envelope>"
  }
}

@Suite("StUF-BG")
struct StufTests {
  private static let folder = repositoryRoot() + "/../shared/data/stuf-bg"
  private static var hasSamples: Bool { FileManager.default.fileExists(atPath: folder) }

  private func one(_ inner: String) -> String {
    StufAnswer(objects: [StufAnswer.object(inner)]).text
  }

  @Test(
    "the persons of the samples are those of the register beside them",
    .enabled(if: hasSamples, "the samples are not beside the repository")
  )
  func samples() throws {
    let folder = Self.folder
    let names = [
      "bsn", "surname", "prefix", "first_names", "initials", "sex", "birth_date", "postcode",
      "house_number", "house_suffix",
    ]
    let extract = Extract.stuf(
      names[0],
      names[1],
      names[2],
      names[3],
      names[4],
      names[5],
      names[6],
      names[7],
      names[8],
      names[9]
    )
    for scenario in [
      "RaadpleegMetBurgerservicenummer/05", "RaadpleegMetBurgerservicenummer/07",
      "ZoekMetPostcodeEnHuisnummer/03",
    ] {
      let outcome = try extract.read(paths: ["\(folder)/\(scenario)/response.xml"])
      let json = try Data(contentsOf: URL(filePath: "\(folder)/\(scenario)/BRP_out.json"))
      let register = try JSONDecoder().decode(Register.self, from: json)
      #expect(outcome.accepted == register.personen.count && outcome.rejected == 0)
      for (row, person) in zip(outcome.rows, register.personen) {
        let cells = row.split(separator: "|").map { $0 == "-" ? nil : String($0) }
        #expect(cells[0] == person.burgerservicenummer)
        #expect(cells[1] == person.naam.geslachtsnaam)
        #expect(cells[2] == person.naam.voorvoegsel)
        #expect(cells[3] == person.naam.voornamen)
        #expect(cells[4] == person.naam.voorletters)
        #expect(cells[5] == ["M": "male", "V": "female"][person.geslacht.code])
        #expect(cells[6] == person.geboorte.datum.datum.replacing("-", with: ""))
        let written = person.verblijfplaats?.verblijfadres
        if let written {
          #expect(cells[7] == written.postcode && cells[8] == written.huisnummer.map(String.init))
          #expect(cells[9] == written.huisnummertoevoeging)
        } else if let second = person.adressering?.adresregel2 {
          #expect(second.hasPrefix("2497 BV") && cells[7] == "2497BV" && cells[8] == "88")
        }
      }
    }
  }

  private struct Register: Decodable {
    struct Person: Decodable {
      struct Name: Decodable {
        let voornamen: String?
        let voorvoegsel: String?
        let geslachtsnaam: String
        let voorletters: String?
      }
      struct Code: Decodable { let code: String }
      struct Day: Decodable { let datum: String }
      struct Birth: Decodable { let datum: Day }
      struct Address: Decodable {
        let postcode: String?
        let huisnummer: Int?
        let huisnummertoevoeging: String?
      }
      struct Place: Decodable { let verblijfadres: Address? }
      struct Lines: Decodable { let adresregel2: String? }
      let burgerservicenummer: String
      let naam: Name
      let geslacht: Code
      let geboorte: Birth
      let verblijfplaats: Place?
      let adressering: Lines?
    }
    let personen: [Person]
  }

  @Test(
    "no relative, no past and no other element of the samples is in a row",
    .enabled(if: hasSamples, "the samples are not beside the repository")
  )
  func relatives() throws {
    let folder = Self.folder
    let path = "\(folder)/RaadpleegMetBurgerservicenummer/07/response.xml"
    let rows = try Extract.stuf().read(paths: [path]).rows
    #expect(
      rows == [
        "999993628|3461805105|Huijgen|-|G.|Geertje|-|-|V|female|19010613|no|-|2597LD|58|-|-|-"
          + "|20040404|W|0518|0"
      ]
    )
  }

  @Test("an answer is read in SOAP of either version and alone, whatever prefixes it has")
  func envelopes() throws {
    for soap in [
      nil, "http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope",
    ] {
      var answer = StufAnswer(objects: [StufAnswer.object("")])
      answer.soap = soap
      #expect(try Extract.stuf("bsn").read(answer.text).rows == ["123456782"])
      let other = answer.text.replacing("b:", with: "Kanarie:").replacing(
        "xmlns:b",
        with: "xmlns:q"
      )
      #expect(
        try Extract.stuf("bsn").read(other.replacing("xmlns:q=", with: "xmlns:Kanarie=")).rows
          == ["123456782"]
      )
    }
  }

  @Test("nothing is read of relatives, of the past and of elements of other name spaces")
  func canaries() throws {
    let relative = """
      <b:inp.bsn>999990019</b:inp.bsn><b:geslachtsnaam>Kanarie</b:geslachtsnaam>\
      <b:geboortedatum>19010101</b:geboortedatum><b:verblijfsadres><b:aoa.postcode>7001AB\
      </b:aoa.postcode></b:verblijfsadres>
      """
    let links = ["EchtgenootPartner", "Ouders", "Kinderen"].map {
      "<b:inp.heeftAls\($0)><b:gerelateerde s:entiteittype=\"NPS\">\(relative)</b:gerelateerde>"
        + "</b:inp.heeftAls\($0)>"
    }
    let past = ["historieMaterieel", "historieFormeel", "historieFormeelRelatie"].map {
      "<b:\($0)>\(relative)<b:object s:entiteittype=\"NPS\">\(relative)</b:object></b:\($0)>"
    }
    let strange =
      "<geslachtsnaam xmlns=\"urn:x\">Kanarie</geslachtsnaam>"
      + "<s:geslachtsnaam>Kanarie</s:geslachtsnaam>"
    let inner =
      links.joined() + past.joined() + strange + StufAnswer.element("geslachtsnaam", "Echt")
      + "<b:verblijfsadres><b:gerelateerde>\(relative)</b:gerelateerde></b:verblijfsadres>"
    let outcome = try Extract.stuf("bsn", "surname", "birth_date", "postcode").read(one(inner))
    #expect(outcome.rows == ["123456782|Echt|-|-"])
    #expect(!(try Extract.stuf().read(one(inner)).rows.joined().contains("Kanarie")))
  }

  @Test(
    "what is nil says whether the person lives",
    arguments: [
      (StufAnswer.element("overlijdensdatum", nothing: "geenWaarde"), "no|-"),
      (StufAnswer.element("overlijdensdatum", nothing: "waardeOnbekend"), "unknown|-"),
      (StufAnswer.element("overlijdensdatum", nothing: "vastgesteldOnbekend"), "unknown|-"),
      (StufAnswer.element("overlijdensdatum", nothing: "nietGeautoriseerd"), "unknown|-"),
      (StufAnswer.element("overlijdensdatum", nothing: "nietOndersteund"), "unknown|-"),
      ("<b:overlijdensdatum x:nil=\"true\"/>", "unknown|-"),
      ("<b:overlijdensdatum s:noValue=\"geenWaarde\"/>", "no|-"), ("", "unknown|-"),
      ("<b:overlijdensdatum/>", "unknown|-"),
      ("<b:overlijdensdatum noValue=\"geenWaarde\"/>", "unknown|-"),
      (StufAnswer.element("overlijdensdatum", "20260801"), "yes|20260801"),
      ("<b:overlijdensdatum x:nil=\"false\">20260801</b:overlijdensdatum>", "yes|20260801"),
      (
        "<b:overlijdensdatum s:indOnvolledigeDatum=\"M\">20260801</b:overlijdensdatum>",
        "yes|20260000"
      ),
      ("<b:overlijdensdatum s:indOnvolledigeDatum=\"J\">20260801</b:overlijdensdatum>", "yes|-"),
    ]
  )
  func deceased(element: String, expected: String) throws {
    #expect(try Extract.stuf("deceased", "death_date").read(one(element)).rows == [expected])
    #expect(
      try Extract.stuf("deceased").read(one(element)).rows == [
        String(expected.prefix { $0 != "|" })
      ]
    )
  }

  @Test(
    "the letter at a date tells which digits are noise",
    arguments: [
      ("V", "19680503"), ("D", "19680500"), ("M", "19680000"), ("J", "-"), ("X", "blanked"),
      ("", "blanked"), ("DD", "blanked"),
    ]
  )
  func partialDates(letter: String, expected: String) throws {
    let date = "<b:geboortedatum s:indOnvolledigeDatum=\"\(letter)\">19680503</b:geboortedatum>"
    let outcome = try Extract.stuf("birth_date").read(one(date))
    #expect(outcome.blanked.isEmpty ? outcome.rows == [expected] : expected == "blanked")
  }

  @Test("a nil is no empty text: no value in it is read, and no column has one")
  func nils() throws {
    let inner =
      StufAnswer.element("geslachtsnaam", "Kanarie", nothing: "geenWaarde")
      + "<b:voornamen x:nil=\"1\">Kanarie</b:voornamen><b:voorletters></b:voorletters>"
    let outcome = try Extract.stuf("surname", "first_names", "initials").read(one(inner))
    #expect(outcome.rows == ["-|-|-"])
  }

  @Test("a required column that is nil for everybody refuses the answer, for some their rows")
  func withheld() throws {
    let extract = Extract.stuf("bsn", "postcode", required: ["bsn", "postcode"])
    func address(_ element: String) -> String {
      StufAnswer.object("<b:verblijfsadres>\(element)</b:verblijfsadres>")
    }
    let none = address(StufAnswer.element("aoa.postcode", nothing: "nietGeautoriseerd"))
    let some = address(StufAnswer.element("aoa.postcode", "7001 AB"))
    let outcome = try extract.read(StufAnswer(objects: [none, none]).text)
    #expect(outcome.refused.map(\.fault) == [.withheldColumns(["postcode"])])
    #expect(outcome.rejected == 2 && outcome.accepted == 0)
    let mixed = try extract.read(StufAnswer(objects: [none, some]).text)
    #expect(mixed.rows == ["123456782|7001AB"])
    #expect(mixed.rejects.map { $0.hasSuffix("postcode required empty") } == [true])
    // What is not there at all is missing for each row.
    #expect(try extract.read(StufAnswer(objects: [address("")]).text).rejects.count == 1)
  }

  @Test("words, and what stands for none")
  func words() throws {
    func row(_ name: String, _ element: String, _ value: String) throws -> [String] {
      let outcome = try Extract.stuf(name).read(one(StufAnswer.element(element, value)))
      return outcome.rows
    }
    #expect(try row("sex", "geslachtsaanduiding", "M") == ["male"])
    #expect(try row("sex", "geslachtsaanduiding", "V") == ["female"])
    #expect(try row("sex", "geslachtsaanduiding", "O") == ["unknown"])
    #expect(try row("sex", "geslachtsaanduiding", "X") == ["-"])
    #expect(try row("partner_prefix", "voorvoegselGeslachtsnaamPartner", "0") == ["-"])
    #expect(try row("partner_prefix", "voorvoegselGeslachtsnaamPartner", "van") == ["van"])
    #expect(try row("prefix", "voorvoegselGeslachtsnaam", "0") == ["0"])
    #expect(try row("initials", "voorletters", "P.F.") == ["P.F."])
  }

  @Test("an element that is there twice rejects its row")
  func twice() throws {
    let surname = StufAnswer.element("geslachtsnaam", "Een")
    let outcome = try Extract.stuf("surname").read(one(surname + surname))
    #expect(outcome.rejects.map { $0.hasSuffix("surname structure a{3}") } == [true])
  }

  @Test("the number of persons that the answer gives must be right: it is a gate")
  func counts() throws {
    var answer = StufAnswer(objects: [StufAnswer.object(""), StufAnswer.object("")])
    answer.parameters = "<s:aantalVoorkomens>2</s:aantalVoorkomens>"
    #expect(try Extract.stuf("bsn").read(answer.text).accepted == 2)
    for wrong in ["1", "3", "-2", "twee"] {
      answer.parameters = "<s:aantalVoorkomens>\(wrong)</s:aantalVoorkomens>"
      #expect(throws: IngestError.self) { try Extract.stuf("bsn").read(answer.text) }
      let refusal = Extract.stuf("bsn").refusal(of: answer.text)
      #expect(refusal.hasPrefix("found 2 persons, expected "), "\(refusal)")
    }
    answer.parameters = "<s:aantalVoorkomens x:nil=\"true\"/>"
    #expect(try Extract.stuf("bsn").read(answer.text).accepted == 2)
    // Other objects are no persons.
    answer.objects.append(StufAnswer.object("", kind: "ADR"))
    let outcome = try Extract.stuf("bsn").read(answer.text)
    #expect(outcome.accepted == 2 && outcome.skipped == [.otherType: 1])
  }

  @Test("a part of an answer, an error and another message refuse the message alone")
  func refusals() throws {
    let good = StufAnswer(objects: [StufAnswer.object("")])
    var more = good
    more.parameters = "<s:indicatorVervolgvraag>true</s:indicatorVervolgvraag>"
    var other = good
    other.kind = "npsLv01"
    var past = good
    past.kind = "npsLa07"
    let space = "xmlns:s=\"http://www.egem.nl/StUF/StUF0301\""
    let error =
      "<s:Fo02Bericht \(space)><s:body><s:details>Kanarie</s:details></s:body></s:Fo02Bericht>"
    let soap = "http://schemas.xmlsoap.org/soap/envelope/"
    func wrapped(_ inner: String) -> String {
      "<e:Envelope xmlns:e=\"\(soap)\"><e:Body>\(inner)</e:Body></e:Envelope>"
    }
    let fault = "<e:Fault><faultstring>Kanarie</faultstring><detail>\(error)</detail></e:Fault>"
    for (text, reason) in [
      (more.text, RejectReason.truncated), (other.text, .version), (past.text, .version),
      (error, .senderError), (wrapped(error), .senderError), (wrapped(fault), .senderError),
      (wrapped(""), .version), ("<a/>", .version),
      (good.text.replacing("bg/0310", with: "bg/0204"), .version),
    ] {
      let outcome = try Extract.stuf("bsn").read(good.text, text, good.text)
      #expect(outcome.refused.map(\.fault.reason) == [reason])
      #expect(outcome.accepted == 2 && outcome.rejected == 1)
      #expect(!"\(outcome.refused)".contains("Kanarie"))
    }
    var none = good
    none.objects = []
    #expect(try Extract.stuf("bsn").read(none.text).read == 0)
  }

  @Test("an answer tells who sent it, which one it is and when")
  func facts() throws {
    var answer = StufAnswer(objects: [StufAnswer.object("")])
    answer.header = """
      <s:zender><s:organisatie>0518</s:organisatie><s:applicatie> LBA </s:applicatie></s:zender>\
      <s:ontvanger><s:organisatie>9</s:organisatie></s:ontvanger>\
      <s:referentienummer>ab-1</s:referentienummer><s:tijdstipBericht>20260802031500</s:tijdstipBericht>
      """
    let format = try #require(try DocumentFormat(Extract.stuf("bsn").source))
    var rows = DocumentRows()
    let bytes = Array(answer.text.utf8)
    let input = DocumentInput(bytes: bytes, range: 0..<bytes.count)
    let decoder = try format.decoder(for: input, path: "x", file: 3)
    while try !decoder.read(into: &rows, byteLimit: 1) {}
    let facts = try #require(rows.facts.last)
    #expect(String(decoding: facts.sender, as: UTF8.self) == "0518/LBA")
    #expect(String(decoding: facts.identifier, as: UTF8.self) == "ab-1")
    #expect(facts.day == 20_260_802 && facts.file == 3)
    #expect(rows.facts.reduce(0) { $0 + $1.rowCount } == 1)
  }

  @Test("a big answer gives the same rows in pieces of any size")
  func pieces() throws {
    var random = SeededGenerator(seed: 59)
    let objects = (0..<1500).map { number in
      let twice = random.next() % 9 == 0 ? StufAnswer.element("geslachtsnaam", "X") : ""
      return StufAnswer.object(
        StufAnswer.element("geslachtsnaam", "Naam\(number)") + twice
          + StufAnswer.element("overlijdensdatum", nothing: "geenWaarde"),
        kind: random.next() % 11 == 0 ? "ADR" : "NPS"
      )
    }
    let text = StufAnswer(objects: objects).text
    let extract = Extract.stuf("bsn", "surname", "deceased", required: ["surname"])
    let whole = try extract.read(text)
    #expect(whole.read == 1500 && whole.rejected > 50 && whole.accepted > 1000)
    for size in [16, 1000, 70_001] {
      let pieces = try extract.inChunks(of: size).read(text)
      #expect(pieces.meaning == whole.meaning, "chunks of \(size)")
      #expect(pieces.ordinals.count > 1)
    }
  }
}
