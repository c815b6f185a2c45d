import PipelineFile
import Tabular
import Testing

@testable import Ingest

/// Columns of claims by their names, as a pipeline that declares none gets them.
func vektisColumns(_ names: String...) -> [SourceColumn] {
  names.compactMap { name in
    KnownFormat.vektis.columns.first { $0.name == name }.map { column(name, $0.type) }
  }
}

extension Extract {
  static func vektis(_ columns: [SourceColumn], encoding: Encoding = .latin1) -> Extract {
    Extract(columns: columns, format: .vektis(encoding), fileName: "claims.txt")
  }
}

@Suite("Claims of Vektis")
struct VektisTests {
  typealias Standard = VektisFile.Standard

  @Test("each field comes from its place", arguments: Standard.all)
  func fields(standard: Standard) throws {
    let extract = Extract.vektis(
      vektisColumns(
        "bsn",
        "insurer",
        "insured_number",
        "patient_number",
        "birth_date",
        "sex",
        "surname",
        "prefix",
        "partner_surname",
        "partner_prefix",
        "initials",
        "postcode",
        "house_number",
        "house_suffix",
        "deceased",
        "care_type",
        "institution",
        "practice",
        "invoice",
        "code_list",
        "activity",
        "count",
        "performer",
        "reference",
        "previous_reference",
        "start",
        "end",
        "date",
        "amount"
      )
    )
    var file = VektisFile(standard)
    let person = VektisPerson()
    file.add(person)
    file.addPayer()
    file.add(VektisActivity(), of: person)
    if standard.hasTariffs { file.addTariff(1250, VektisActivity(), of: person) }
    file.close()
    let outcome = try extract.read(file.bytes)
    let end = standard.activity["end"] == nil ? "2026-08-03" : "2026-08-05"
    #expect(
      outcome.rows == [
        "999900006|0101|4711|P4711|1950-01-31|female|Jansen|van der|Bakker|-|AB|7001AB|12|a-2|no|"
          + "\(standard.careType)|87654321|12345678|F2026-08|019|0A12|3|11223344|R1|-|"
          + "2026-08-03|\(end)|2026-08-03|1250"
      ]
    )
    #expect(outcome.lines == [5])
  }

  @Test("columns that only one standard has come from there, in others they are missing")
  func ownFields() throws {
    let extract = Extract.vektis(
      vektisColumns("function", "care_package", "care_product", "diagnosis")
    )
    for (standard, row) in [
      (Standard.aw319("187", "wlz"), "H1|005|-|-"), (.zh308, "-|-|C55|3021"), (.mz301, "-|-|-|-"),
    ] {
      var file = VektisFile(standard)
      file.add(VektisPerson())
      file.add(VektisActivity(), of: VektisPerson())
      if standard.hasTariffs { file.addTariff(1250, VektisActivity(), of: VektisPerson()) }
      file.close()
      #expect(try extract.read(file.bytes).rows == [row])
    }
  }

  @Test("values that mean none or unknown are told so")
  func unknowns() throws {
    let extract = Extract.vektis(
      vektisColumns("bsn", "birth_date", "sex", "deceased", "postcode", "house_number", "performer")
    )
    var file = VektisFile(.mz301)
    var person = VektisPerson()
    person.bsn = "999999999"
    person.birthDate = "00000000"
    person.sex = "0"
    person.deceased = " "
    person.postcode = ""
    person.houseNumber = 0
    file.add(person)
    var activity = VektisActivity()
    activity.performer = "00000000"
    file.add(activity, of: person)
    person.sex = "1"
    person.deceased = "1"
    file.add(person)
    file.add(activity, of: person)
    file.close()
    let outcome = try extract.read(file.bytes)
    #expect(outcome.rows == ["-|-|unknown|unknown|-|0|-", "-|-|male|yes|-|0|-"])
    #expect(outcome.blanked.isEmpty)
  }

  @Test("an amount is minus when its sign is C, and the total counts it so")
  func credits() throws {
    let extract = Extract.vektis(vektisColumns("amount"))
    for standard in Standard.all where !standard.hasTariffs {
      var file = VektisFile(standard)
      file.add(VektisPerson())
      for cents in [100, -250, 0, 99_999_999] {
        var activity = VektisActivity()
        activity.cents = cents
        file.add(activity, of: VektisPerson())
      }
      file.close()
      #expect(try extract.read(file.bytes).rows == ["100", "-250", "0", "99999999"])
    }
  }

  @Test("names in ISO-8859-1 become UTF-8; bytes 80–9F refuse the row")
  func latin1() throws {
    let extract = Extract.vektis(vektisColumns("surname"))
    var file = VektisFile(.mz301)
    for surname in [[0x52, 0x65, 0x6E, 0xE9], [0x80, 0x62], Array("Bo".utf8)] as [[UInt8]] {
      var person = VektisPerson()
      person.surname = surname
      file.add(person)
      file.add(VektisActivity(), of: person)
    }
    file.close()
    let outcome = try extract.read(file.bytes)
    #expect(outcome.rows == ["René", "Bo"])
    #expect(outcome.rejects.map { $0.prefix(18) } == ["5 surname encoding"])
  }

  @Test("positions count bytes where the encoding is utf-8")
  func utf8() throws {
    let extract = Extract.vektis(vektisColumns("surname", "initials"), encoding: .utf8)
    var file = VektisFile(.mz301)
    var person = VektisPerson()
    person.surname = Array("René".utf8)
    file.add(person)
    file.add(VektisActivity(), of: person)
    file.close()
    #expect(try extract.read(file.bytes).rows == ["René|AB"])
    #expect(try extract.read([0xEF, 0xBB, 0xBF] + file.bytes).rows == ["René|AB"])
  }

  @Test("several claims stand in one file, each with its own numbers and total")
  func severalClaims() throws {
    let extract = Extract.vektis(vektisColumns("amount", "care_type"))
    var file = VektisFile(.mz301)
    for _ in 0..<3 {
      file.add(VektisPerson())
      file.add(VektisActivity(), of: VektisPerson())
      file.close()
      file.open()
    }
    file.close()
    let outcome = try extract.read(file.bytes)
    #expect(outcome.rows == Array(repeating: "1250|dental", count: 3))
    #expect(outcome.lines == [3, 7, 11])
  }

  @Test("who pays, and remarks, never come out, whatever columns are declared")
  func canaries() throws {
    let all = KnownFormat.vektis.columns.map { column($0.name, $0.type) }
    for standard in Standard.all {
      var file = VektisFile(standard)
      file.add(VektisPerson())
      file.addPayer()
      file.add(VektisActivity(), of: VektisPerson())
      if standard.hasTariffs { file.addTariff(1250, VektisActivity(), of: VektisPerson()) }
      file.close()
      var rows = DocumentRows()
      let extract = Extract.vektis(all)
      let input = DocumentInput(bytes: file.bytes, range: 0..<file.bytes.count)
      let decoder = try DocumentFormat(extract.source)?.decoder(for: input, path: "", file: 0)
      _ = try decoder?.read(into: &rows, byteLimit: .max)
      #expect(rows.rows.count == 1)
      // Not even in the bytes that no value points to.
      let text = String(decoding: rows.bytes, as: UTF8.self)
      #expect(!text.lowercased().contains("kana"))
    }
  }

  @Test("a claim tells who sent it, its invoice and its day")
  func facts() throws {
    var file = VektisFile(.mz301)
    file.add(VektisPerson())
    file.add(VektisActivity(), of: VektisPerson())
    file.add(VektisActivity(), of: VektisPerson())
    file.close()
    let extract = Extract.vektis(vektisColumns("bsn"))
    var rows = DocumentRows()
    let input = DocumentInput(bytes: file.bytes, range: 0..<file.bytes.count)
    let decoder = try DocumentFormat(extract.source)?.decoder(for: input, path: "", file: 0)
    _ = try decoder?.read(into: &rows, byteLimit: .max)
    let facts = try #require(rows.facts.first)
    #expect(facts.sender == Array("87654321".utf8))
    #expect(facts.identifier == Array("F2026-08".utf8))
    #expect(facts.day == 20_260_831)
    #expect(facts.rowCount == 2)
  }
}
