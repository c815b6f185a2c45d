import Foundation
import PipelineFile
import Tabular
import TestSupport
import Testing

@testable import Ingest

extension Extract {
  /// All columns that a source of these rows offers, or those of these names.
  static func fhir(_ rows: String, _ names: String...) -> Extract {
    let offered = KnownFormat.fhir.columns(of: [rows, "Patient"]).map {
      column($0.name, $0.type, values: $0.values.map { ($0.written, $0.meaning) })
    }
    let columns = names.compactMap { name in offered.first { $0.name == name } }
    return Extract(
      columns: names.isEmpty ? offered : columns,
      format: .fhir(rows: rows),
      fileName: "export.ndjson"
    )
  }
}

private let definition = "http://hl7.org/fhir/StructureDefinition/"

/// An extension of a JSON primitive.
private func extended(_ name: String, _ value: String, _ key: String = "valueString") -> String {
  "{\"url\":\"\(definition)\(name)\",\"\(key)\":\"\(value)\"}"
}

private func extensions(_ all: String...) -> String {
  "{\"extension\":[\(all.joined(separator: ","))]}"
}

/// A patient as nl-core writes it, with what must never be read.
private let patient = """
  {"resourceType":"Patient","id":"p1","text":{"status":"extensions","div":"<div>Canary 123456782</div>"},
  "identifier":[{"system":"urn:other","value":"1"},{"value":"111222333","system":"http://fhir.nl/fhir/NamingSystem/bsn"}],
  "name":[{"use":"usual","given":["Jo"]},{"use":"official","text":"Canary","family":"van Putten-van der Giessen",
  "_family":\(extensions(extended("humanname-own-prefix", "van"), extended("humanname-own-name", "Putten"), extended("humanname-partner-prefix", "van der"), extended("humanname-partner-name", "Giessen"))),
  "given":["Johanna","Petronella","Maria","J.","P.","Roos"],
  "_given":[\(extensions(extended("iso21090-EN-qualifier", "BR", "valueCode"))),null,{"id":"x"},\(extensions(extended("iso21090-EN-qualifier", "IN", "valueCode"))),\(extensions(extended("iso21090-EN-qualifier", "IN", "valueCode"))),\(extensions(extended("iso21090-EN-qualifier", "CL", "valueCode")))]}],
  "gender":"female","birthDate":"1934-04-28","deceasedBoolean":false,
  "address":[{"use":"temp","postalCode":"9999 ZZ"},{"use":"home","line":["1e Jacob van Campenstr 15"],
  "_line":[\(extensions(extended("iso21090-ADXP-streetName", "Canary"), extended("iso21090-ADXP-houseNumber", "15"), extended("iso21090-ADXP-buildingNumberSuffix", "a")))],"postalCode":"1012 NX"}],
  "contact":[{"name":{"use":"official","family":"Canary","given":["Canary"]},"gender":"male","address":{"use":"home","postalCode":"1111 AA"}}]}
  """.replacing("\n", with: "")

@Suite("FHIR")
struct FhirTests {
  @Test("a patient of nl-core gives its columns, and nothing of relatives, text or narrative")
  func dutchPatient() throws {
    let rows = try Extract.fhir("Patient").read(patient).rows
    #expect(
      rows == [
        "p1|111222333|Putten|van|Giessen|van der|Johanna Petronella Maria|J.P.|female|19340428|no|-"
          + "|1012NX|15|a"
      ]
    )
  }

  @Test("what a patient lacks is missing, never taken from elsewhere")
  func lackingPatient() throws {
    let outcome = try Extract.fhir("Patient").read(
      """
      {"resourceType":"Patient","id":"a","name":[{"family":"Jansen","given":["An"]},{"use":"usual","family":"X"}],"gender":"other","birthDate":"1934-04","deceasedDateTime":"2020-02-03T23:30:00-05:00"}
      {"resourceType":"Patient","id":"b","gender":"unknown","birthDate":"1934","deceasedBoolean":true,"address":[{"postalCode":"1012 NX"}]}
      {"resourceType":"Patient","id":"c","contact":[{"name":{"use":"official","family":"Canary"}}]}
      {"resourceType":"Patient","id":"d","name":[{"use":"usual","family":"X"},{"use":"old","given":["Y"]}]}
      {"resourceType":"Patient","id":"e","name":[{"use":"nickname","given":["X"]},{"family":"Bos"}]}
      """
    )
    #expect(
      outcome.rows == [
        "a|-|Jansen|-|-|-|An|-|unknown|19340400|yes|20200203|-|-|-",
        "b|-|-|-|-|-|-|-|unknown|19340000|yes|-|-|-|-", "c|-|-|-|-|-|-|-|-|-|unknown|-|-|-|-",
        "d|-|-|-|-|-|-|-|-|-|unknown|-|-|-|-", "e|-|Bos|-|-|-|-|-|-|-|unknown|-|-|-|-",
      ]
    )
  }

  @Test("encounters are rows; patients complete them, other types and logs are passed over")
  func encounters() throws {
    let extract = Extract.fhir(
      "Encounter",
      "id",
      "patient",
      "status",
      "class",
      "type",
      "start",
      "end",
      "bsn"
    )
    let outcome = try extract.read(
      """
      {"resourceType":"Encounter","id":"e1","status":"finished","class":{"code":"AMB"},"type":[{"coding":[{"code":"1","display":"Canary"},{"code":"2"}]}],"subject":{"reference":"Patient/p1","display":"Canary"},"period":{"start":"1989-10-04T23:25:16-04:00","end":"1989-10"}}
      \(patient)
      {"resourceType":"Encounter","id":"e2","status":"entered-in-error"}
      {"resourceType":"Encounter","id":"e3","subject":{"reference":"Patient?identifier=x|Patient/1"}}
      {"id":"e4","subject":{"reference":"https://x.nl/fhir/Patient/p2/_history/3"},"resourceType":"Encounter"}
      {"resourceType":"Practitioner","id":"z"}
      {"exportId": "export-10", "eventDetail": {}}
      {"resourceType":"Encounter","id":"e5","subject":{"reference":"Group/1"}
      """
    )
    #expect(
      outcome.rows == [
        "e1|p1|finished|AMB|1|19891004|19891000|-", "-|p1|-|-|-|-|-|111222333",
        "e3|-|-|-|-|-|-|-", "e4|p2|-|-|-|-|-|-",
      ]
    )
    #expect(outcome.lines == [1, 2, 4, 5])
    #expect(outcome.rejects == ["8  structure "])
    #expect(outcome.skipped == [.otherType: 3, .withdrawn: 1])
    #expect(outcome.accepted == 3)
    #expect(outcome.read == 8)
  }

  @Test("the last day of births judges births, not what happened later")
  func lastDay() throws {
    var extract = Extract.fhir("Encounter", "start", "birth_date")
    extract.lastDay = CivilDate(year: 2026, month: 1, day: 1)
    let outcome = try extract.read(
      """
      {"resourceType":"Encounter","period":{"start":"2027-02-03"}}
      {"resourceType":"Patient","birthDate":"2027-02-03"}
      """
    )
    #expect(outcome.rows == ["20270203|-", "-|-"])
    #expect(outcome.blanked == ["birth_date": 1])
  }

  @Test("rows have the role that completion needs")
  func roles() throws {
    let text = "{\"resourceType\":\"Encounter\"}\n{\"resourceType\":\"Patient\"}\n"
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = try folder.write(Array(text.utf8), named: "x.ndjson")
    let source = Extract.fhir("Encounter", "patient").source
    let reader = try ExtractReader(source: source, wanted: ["patient"], files: [path])
    let chunk = try #require(try reader.next())
    #expect(try reader.makeParser().parse(chunk).batch.roles == [.event, .person])
  }

  @Test("conditions give their codes by system")
  func conditions() throws {
    let extract = Extract.fhir(
      "Condition",
      "patient",
      "encounter",
      "snomed",
      "icpc",
      "icd10",
      "clinical_status",
      "verification_status",
      "start",
      "end"
    )
    let outcome = try extract.read(
      """
      {"resourceType":"Condition","clinicalStatus":{"coding":[{"code":"active"}]},"verificationStatus":{"coding":[{"system":"urn:x","code":"no"},{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":"confirmed"}]},"code":{"coding":[{"system":"http://hl7.org/fhir/sid/icpc-1-nl","code":"T90"},{"code":"91302008","system":"http://snomed.info/sct"},{"system":"http://hl7.org/fhir/sid/icd-10-nl","code":"A41.9"}],"text":"Canary"},"subject":{"reference":"Patient/p"},"encounter":{"reference":"Encounter/e"},"onsetDateTime":"1976-01-19T22:58:16-05:00","abatementDateTime":"1977","note":[{"text":"Canary"}]}
      {"resourceType":"Condition","verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":"entered-in-error"}]}}
      """
    )
    #expect(outcome.rows == ["p|e|91302008|T90|A41.9|active|confirmed|19760119|19770000"])
    #expect(outcome.skipped == [.withdrawn: 1])
  }

  /// A claim of these items.
  private func claim(
    _ items: String...,
    total: String? = nil,
    status: String = "active",
    use: String = "claim"
  ) -> String {
    let total = total.map { ",\"total\":{\"value\":\($0),\"currency\":\"EUR\"}" } ?? ""
    return """
      {"resourceType":"Claim","id":"c","status":"\(status)","use":"\(use)","patient":{"reference":"Patient/p"},\
      "created":"2026-08-02","billablePeriod":{"start":"2026-08-01","end":"2026-08-31"},\
      "item":[\(items.joined(separator: ","))]\(total)}

      """
  }

  private func item(_ value: String, _ extra: String = "") -> String {
    """
    {"sequence":1,"productOrService":{"coding":[{"code":"A1"}]},"net":{"value":\(value),"currency":"EUR"}\(extra)}
    """
  }

  private let claimItems = Extract.fhir(
    "Claim",
    "patient",
    "created",
    "start",
    "end",
    "activity",
    "amount"
  )

  @Test("a row of a claim is an item, exact to the cent")
  func claims() throws {
    let text =
      claim(
        item("0.10", ",\"servicedDate\":\"2026-08-03T01:00:00+02:00\""),
        item(
          "12345678901.07",
          ",\"servicedPeriod\":{\"start\":\"2026-08-04\",\"end\":\"2026-08-05\"}"
        ),
        item("-3"),
        total: "12345678898.17"
      ) + claim(item("0.300"), item("0.1"), total: "0.40")
    let outcome = try claimItems.read(text)
    #expect(
      outcome.rows == [
        "p|20260802|20260803|20260803|A1|10",
        "p|20260802|20260804|20260805|A1|1234567890107",
        "p|20260802|20260801|20260831|A1|-300", "p|20260802|20260801|20260831|A1|30",
        "p|20260802|20260801|20260831|A1|10",
      ]
    )
  }

  @Test("a claim whose items do not add up to its total is refused, one cent off too")
  func total() throws {
    let text =
      claim(item("10.00"), item("0.01"), total: "10.02") + claim(item("1"), total: "1")
      + claim(item("1")) + claim(item("1"), total: "1e0")
    let outcome = try claimItems.read(text)
    #expect(outcome.lines == [2, 3])
    #expect(
      outcome.rejects == [
        "1 amount structure 9{4}", "1 amount structure 9", "4 amount structure 9{3}",
      ]
    )
  }

  @Test("an amount that is no whole number of cents, or not in euros, is refused")
  func amounts() throws {
    let text =
      claim(item("1.005")) + claim(item("1e2")) + claim(item("\"1.00\""))
      + claim(item("1").replacing("EUR", with: "USD"))
      + claim("{\"net\":{\"value\":1}}") + claim(item("99999999999999999999"))
    let outcome = try claimItems.read(text)
    #expect(outcome.rows == [])
    #expect(outcome.rejectReasons == ["currency", "money", "structure"])
    #expect(outcome.rejected == 6)
  }

  @Test("only an active claim is read, and none without items")
  func claimStatus() throws {
    let text =
      claim(item("1"), status: "cancelled") + claim(item("1"), status: "entered-in-error")
      + claim(item("1"), status: "draft") + claim(item("1"), use: "predetermination")
      + claim(item("1"), status: "odd") + claim()
    let outcome = try claimItems.read(text)
    #expect(outcome.rows == [])
    #expect(outcome.skipped == [.withdrawn: 2, .notAsked: 2])
    #expect(outcome.rejects == ["5  structure ", "6  structure "])
    #expect(outcome.read == 6)
  }

  @Test("a real bulk export is read whole")
  func samples() throws {
    let folder = repositoryRoot() + "/../shared/data/fhir/bulk"
    guard FileManager.default.fileExists(atPath: folder) else { return }
    let paths = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".ndjson") }.sorted().map { folder + "/" + $0 }
    var lineCount = 0
    for path in paths {
      lineCount += try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").count
    }
    let patients = try Extract.fhir("Patient", "patient", "sex", "birth_date", "surname").read(
      paths: paths
    )
    #expect(patients.accepted == 13)
    #expect(patients.read == lineCount)
    #expect(patients.rejected == 0)
    #expect(!patients.rows.contains { $0.contains("|-") })
    let encounters = try Extract.fhir("Encounter", "patient", "start", "class").read(paths: paths)
    #expect(encounters.accepted == 60)
    #expect(encounters.rows.contains("79a66c97-6131-3213-f3c9-4606946ab056|19891004|AMB"))
    #expect(encounters.read == lineCount)
  }

  @Test("10,000 mutated lines are all accounted for", arguments: 0..<10 as Range<UInt64>)
  func mutated(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let lines = [
      patient, claim(item("1"), item("2"), total: "3").trimmingCharacters(in: .newlines),
      "{\"resourceType\":\"Encounter\",\"subject\":{\"reference\":\"Patient/p1\"}}",
    ].map { Array($0.utf8) }
    var bytes: [UInt8] = []
    for _ in 0..<1000 {
      var line = lines.randomElement(using: &random) ?? []
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        let place = line.indices.randomElement(using: &random) ?? 0
        switch Int.random(in: 0..<3, using: &random) {
        case 0: line[place] = UInt8.random(in: 0x20...255, using: &random)
        case 1: line.insert(Array("{}[],\"\\".utf8).randomElement(using: &random) ?? 0, at: place)
        default: line.remove(at: place)
        }
      }
      bytes += line + [0x0A]
    }
    for rows in ["Patient", "Encounter", "Claim"] {
      let extract = Extract.fhir(rows)
      let outcome = try extract.read(bytes)
      let skipped = outcome.skipped.values.reduce(0, +)
      #expect(outcome.read == outcome.accepted + outcome.rejected + skipped, "seed \(seed)")
      #expect(rows == "Claim" ? outcome.read >= 1000 : outcome.read == 1000, "seed \(seed)")
      #expect(try extract.inChunks(of: 5000).read(bytes).meaning == outcome.meaning, "seed \(seed)")
    }
  }
}
