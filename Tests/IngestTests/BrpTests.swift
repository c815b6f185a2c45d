import Foundation
import PipelineFile
import Tabular
import TestSupport
import Testing

@testable import Ingest

private let brpColumns = KnownFormat.brp.columns.map {
  column($0.name, $0.type, values: $0.values.map { ($0.written, $0.meaning) })
}

extension Extract {
  static func brp(_ names: String...) -> Extract {
    Extract(
      columns: names.isEmpty
        ? brpColumns : names.compactMap { name in brpColumns.first { $0.name == name } },
      format: .brp,
      fileName: "persons.json"
    )
  }
}

private let person = """
  {"burgerservicenummer":"999993628","naam":{"voornamen":"Geertje","geslachtsnaam":"Huijgen"},
  "geslacht":{"code":"V"},"geboorte":{"datum":{"type":"Datum","datum":"1901-06-13"}}}
  """

@Suite("BRP")
struct BrpTests {
  @Test("a person of the older and of the newer form gives the same columns")
  func forms() throws {
    let newer = """
      {"personen":[{"aNummer":"3461805105","burgerservicenummer":"999993628",
      "geheimhoudingPersoonsgegevens":true,"geslacht":{"code":"M"},"immigratie":{},"overlijden":{},
      "naam":{"aanduidingNaamgebruik":{"code":"E"},"voornamen":"Jan Piet","voorvoegsel":"van der",
      "geslachtsnaam":"B\\u00e9amont","voorletters":"J.P.","volledigeNaam":"Canary"},
      "geboorte":{"datum":{"type":"JaarMaandDatum","jaar":1968,"maand":5}},
      "gemeenteVanInschrijving":{"code":"0518"},
      "verblijfplaats":{"type":"Adres","functieAdres":{"code":"W"},
      "verblijfadres":{"postcode":"2597LD","huisnummer":58,"huisletter":"a","huisnummertoevoeging":"II"},
      "adresseerbaarObjectIdentificatie":"0518013530058001","datumVan":{"type":"JaarDatum","jaar":2004}}}]}
      """
    let older = """
      [{"burgerservicenummer":"999993628","aNummer":"3461805105","geheimhoudingPersoonsgegevens":"true",
      "geslacht":{"code":"M"},"naam":{"aanduidingNaamgebruik":{"code":"E"},"voornamen":"Jan Piet",
      "voorvoegsel":"van der","geslachtsnaam":"Béamont","voorletters":"J.P."},
      "geboorte":{"datum":"19680500"},"gemeenteVanInschrijving":{"code":"0518"},
      "verblijfplaats":{"functieAdres":{"code":"W"},"postcode":"2597 ld","huisnummer":"58",
      "huisletter":"a","huisnummertoevoeging":"II","datumAanvangAdreshouding":20040000,
      "adresseerbaarObjectIdentificatie":"0518013530058001"}}]
      """
    let expected =
      "999993628|3461805105|Jan Piet|J.P.|van der|Béamont|E|male|19680500|-|no|-|true|0518|W"
      + "|20040000|2597LD|58|a|II|0518013530058001"
    #expect(try Extract.brp().read(newer).rows == [expected])
    #expect(try Extract.brp().read(older).rows == [expected])
  }

  @Test(
    "dates have a type, or eight digits",
    arguments: [
      ("{\"type\":\"Datum\",\"datum\":\"1980-05-26\"}", "19800526"),
      ("{\"type\":\"JaarMaandDatum\",\"jaar\":1980,\"maand\":12}", "19801200"),
      ("{\"type\":\"JaarDatum\",\"jaar\":1980}", "19800000"),
      ("{\"type\":\"DatumOnbekend\",\"onbekend\":true}", "-"), ("\"19800526\"", "19800526"),
      ("19800500", "19800500"), ("\"00000000\"", "-"), ("null", "-"),
      ("{\"datum\":\"1980-05-26\",\"jaar\":1980}", "19800526"),
      ("{\"jaar\":1980,\"maand\":5}", "19800500"), ("{\"langFormaat\":\"onbekend\"}", "-"),
    ]
  )
  func dates(written: String, cell: String) throws {
    let text = "[{\"naam\":{},\"geboorte\":{\"datum\":\(written)}}]"
    let outcome = try Extract.brp("birth_date").read(text)
    #expect(outcome.rows == [cell])
    #expect(outcome.blanked == [:])
  }

  @Test("a date of another form is refused")
  func wrongDates() throws {
    let outcome = try Extract.brp("birth_date").read(
      """
      [{"naam":{},"geboorte":{"datum":{"type":"Dag","datum":"1980-05-26"}}},
      {"naam":{},"geboorte":{"datum":{"type":"Datum"}}},
      {"naam":{},"geboorte":{"datum":{"type":"JaarDatum","jaar":"18x"}}}]
      """
    )
    #expect(outcome.rejects == ["1 birth_date structure {", "2 birth_date structure {"])
    #expect(outcome.rows == ["-"])
    #expect(outcome.blanked == ["birth_date": 1])
  }

  @Test("sex, death and suspension are told in words")
  func words() throws {
    let outcome = try Extract.brp("sex", "deceased", "death_date", "suspended").read(
      """
      {"naam":{},"geslacht":{"code":"V"},"overlijden":{"datum":{"type":"Datum","datum":"2020-01-02"}}}
      {"naam":{},"geslacht":{"code":"O"},"opschortingBijhouding":{"reden":{"code":"O"}}}
      {"naam":{},"opschortingBijhouding":{"reden":{"code":"E"}},"overlijden":null}
      {"naam":{},"opschortingBijhouding":{"reden":{"code":"F"}}}
      {"naam":{},"opschortingBijhouding":{"reden":{"code":"W"}}}
      {"naam":{},"geslacht":{"code":"X"}}
      """
    )
    #expect(outcome.rows == ["female|yes|20200102|-", "unknown|yes|-|O", "-|no|-|E", "-|no|-|-"])
    #expect(outcome.skipped == [.withdrawn: 2])
    #expect(outcome.read == 6)
    #expect(outcome.blanked == ["sex": 1])
  }

  @Test("an address that is not in the Netherlands has no postcode")
  func addressType() throws {
    let text = """
      [{"naam":{},"verblijfplaats":{"type":"VerblijfplaatsBuitenland","verblijfadres":{"postcode":"2597LD"}}},
      {"naam":{},"verblijfplaats":{"type":"Adres","verblijfadres":{"postcode":"2597LD"}}}]
      """
    #expect(try Extract.brp("postcode").read(text).rows == ["-", "2597LD"])
  }

  @Test("relatives, lines of address and the whole name are never read")
  func canaries() throws {
    let secret =
      "{\"burgerservicenummer\":\"123456782\",\"naam\":{\"voornamen\":\"Canary\",\"geslachtsnaam\":\"Canary\"},\"geboorte\":{\"datum\":\"19000101\"},\"geslacht\":{\"code\":\"M\"}}"
    let text = """
      {"personen":[{"naam":{"volledigeNaam":"Canary","geslachtsnaam":"Jansen"},"ouders":[\(secret)],
      "partners":[\(secret)],"kinderen":[\(secret)],"adressering":{"aanhef":"Canary"}}]}
      """
    let rows = try Extract.brp().read(text).rows
    #expect(rows == ["-|-|-|-|-|Jansen|-|-|-|-|no|-|-|-|-|-|-|-|-|-|-"])
  }

  @Test("persons are told by the line where they begin, however the file is laid out")
  func lines() throws {
    let inList = "{\n\"type\": \"x\",\n\"personen\": [\n\(person)\n,\n \(person)],\"z\":[{}]\n}\n"
    #expect(try Extract.brp("bsn").read(inList).lines == [4, 7])
    #expect(try Extract.brp("bsn").read("\(person)\n\(person)\n").lines == [1, 3])
    #expect(try Extract.brp("bsn").read("[\(person),\(person)]").lines == [1, 2])
    #expect(try Extract.brp("bsn").read("{\"personen\":[]}").read == 0)
  }

  @Test("a faulty person costs itself alone")
  func faulty() throws {
    let text = "{\"personen\":[\(person),{\"naam\":tru},7,\"x\",null,{},\(person)]}"
    let outcome = try Extract.brp("bsn").read(text)
    #expect(outcome.rows.count == 2)
    #expect(outcome.rejected == 5)
    #expect(outcome.rejectReasons == ["structure"])
  }

  @Test("in a file of a person a line, a broken line costs itself alone")
  func brokenLine() throws {
    let line = person.replacing("\n", with: "")
    let text = "\(line)\n\(line.dropLast(9))\n\(line)\nnope\n{\"naam\":\"x\n\(line)\n"
    let outcome = try Extract.brp("bsn").read(text)
    #expect(outcome.lines == [1, 3, 6])
    #expect(outcome.rejects.map { $0.prefix(1) } == ["2", "4", "5"])
  }

  @Test("a file that is cut anywhere is refused")
  func cut() throws {
    for text in ["{\"type\":\"x\",\"personen\":[\(person),\(person)]}", "[\(person)]", person] {
      let bytes = Array(text.utf8)
      for end in bytes.indices {
        #expect(throws: IngestError.self, "cut at \(end)") {
          _ = try Extract.brp("bsn").read(Array(bytes[..<end]))
        }
      }
    }
  }

  @Test(
    "what stands around persons must be JSON",
    arguments: [
      "{\"personen\":[,]}", "{\"personen\":[{} {}]}",
      "{\"personen\":[],\"personen\":[]}", "{\"personen\":[],\"a\":01}", "nope", "[{},]",
      "{\"personen\":[]},", "\"personen\"",
    ]
  )
  func malformed(text: String) {
    #expect(Extract.brp("bsn").refusal(of: text).contains("no JSON"))
  }

  @Test("how the file is cut into pieces changes no row", arguments: [16, 100, 1000, 100_000])
  func chunkSize(size: Int) throws {
    let persons = (0..<60).map { number in
      number % 7 == 3 ? "{\"naam\":{\"x\":\"\\\"]}\"},\"a\":[tru]}" : person
    }
    let text =
      "{\"x\":{\"personen\":[1]},\"personen\":[\(persons.joined(separator: ", "))],\"y\":\"é\"}"
    let whole = try Extract.brp().read(text)
    #expect(whole.rows.count > 20)
    #expect(try Extract.brp().inChunks(of: size).read(text).meaning == whole.meaning)
  }

  @Test(
    "read = accepted + rejected + skipped for mutated files",
    arguments: 0..<200 as Range<UInt64>
  )
  func mutated(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var bytes = Array("{\"type\":\"x\",\"personen\":[\(person),\(person)]}\n".utf8)
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = bytes.indices.randomElement(using: &random) ?? 0
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.insert(Array("{}[],\"\\\n".utf8).randomElement(using: &random) ?? 0, at: place)
      default: bytes.remove(at: place)
      }
    }
    guard let outcome = try? Extract.brp().read(bytes) else { return }
    #expect(
      outcome.read == outcome.accepted + outcome.rejected + outcome.skipped.values.reduce(0, +),
      "seed \(seed)"
    )
    let pieces = try? Extract.brp().inChunks(of: 16).read(bytes)
    #expect(pieces?.meaning == outcome.meaning, "seed \(seed)")
  }

  @Test("answers of a real connector are read")
  func samples() throws {
    let folder = repositoryRoot() + "/../shared/data/stuf-bg"
    guard FileManager.default.fileExists(atPath: folder) else { return }
    let outcome = try Extract.brp("bsn", "surname", "birth_date", "sex", "postcode", "house_number")
      .read(paths: [
        folder + "/RaadpleegMetBurgerservicenummer/07/BRP_out.json",
        folder + "/ZoekMetPostcodeEnHuisnummer/03/BRP_out.json",
      ])
    #expect(outcome.rows.count == 4)
    #expect(outcome.rows.first == "999993628|Huijgen|19010613|female|2597LD|58")
    #expect(outcome.lines.first == 4)
  }
}

extension Outcome {
  /// The reasons of the rejects, each once.
  var rejectReasons: [String] {
    Set(rejects.map { String($0.split(separator: " ", omittingEmptySubsequences: false)[2]) })
      .sorted()
  }
}
