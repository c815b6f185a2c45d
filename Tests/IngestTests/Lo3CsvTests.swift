@testable import PipelineFile
import Tabular
import Testing

@testable import Ingest

@Suite("Extracts of LO3 elements")
struct Lo3CsvTests {
  private static let names = [
    "a_number", "bsn", "first_names", "prefix", "surname", "birth_date", "sex", "death_date",
    "deceased", "suspended", "municipality", "postcode", "house_number", "under_investigation",
  ]

  private func extract(_ names: [String] = names, required: Set<String> = []) -> Extract {
    let columns = names.compactMap { name in
      KnownFormat.lo3.columns.first { $0.name == name }.map {
        column(name, $0.type, required: required.contains(name))
      }
    }
    return Extract(columns: columns, format: .lo3Csv(.lo3, .utf8))
  }

  private static let header =
    ";01.01.10;01.01.20;01.02.10;01.02.30;01.02.40;01.03.10;01.04.10;01.H;01.83.10;02.01.20;"
    + "02.02.40;;06.08.10;06.H;07.67.20;08.09.10;08.11.20;08.11.60;08.H;08.84.10;09.01.20;09.01.20\n"

  /// A row: list number, A-number, BSN, given name, surname, birth date, sex, and some of the rest.
  private func row(
    _ list: String,
    bsn: String = "123456782",
    surname: String = "Jansen",
    born: String = "19680000",
    sex: String = "V",
    died: String = "",
    suspended: String = "",
    municipality: String = "0344",
    wrong: String = "",
    investigated: String = ""
  ) -> String {
    "\(list);1234567890;\(bsn);Ann;van;\(surname);\(born);\(sex);;\(investigated);999990019;Moeder;;"
      + "\(died);;\(suspended);\(municipality);12;7001AB;58;\(wrong);999990019;999990019\n"
  }

  @Test(
    "the first row of a person is current, the rows below it are history",
    arguments: [16, 1 << 20]
  )
  func history(chunkSize: Int) throws {
    let blank = String(repeating: ";", count: 22) + "\n"
    let text =
      Self.header + row("1") + row("", surname: "Oud", municipality: "0363") + blank
      + row("2", bsn: "999990019", surname: "\"de \"\"B\"\"; Vries\"", born: "19500229", sex: "M")
      + row("3", born: "19500203", sex: "O", municipality: "1999") + blank + blank
    let outcome = try extract().inChunks(of: chunkSize).read(text)
    #expect(
      outcome.rows == [
        "1234567890|123456782|Ann|van|Jansen|19680000|female|-|no|-|0344|7001AB|12|0",
        "1234567890|999990019|Ann|van|de \"B\"; Vries|-|male|-|no|-|0344|7001AB|12|0",
        "1234567890|123456782|Ann|van|Jansen|19500203|unknown|-|no|-|-|7001AB|12|0",
      ]
    )
    #expect(outcome.lines == [2, 5, 6])
    #expect(outcome.skipped == [.history: 4])
    #expect(outcome.blanked == ["birth_date": 1])
    #expect(outcome.read == 7 && outcome.accepted == 3)
    #expect(outcome.facts.map(\.rowCount) == [3])
  }

  @Test("who died, who left and who is a mistake")
  func suspension() throws {
    let text =
      Self.header + row("1", died: "20200100", suspended: "O") + row("2", suspended: "O")
      + row("3", died: "00000000") + row("4", suspended: "E") + row("5", suspended: "F")
      + row("6", suspended: "W")
    let outcome = try extract(["death_date", "deceased", "suspended"]).read(text)
    #expect(outcome.rows == ["20200100|yes|O", "-|yes|O", "-|yes|-", "-|no|E"])
    #expect(outcome.skipped == [.withdrawn: 2])
    #expect(outcome.read == 6)
  }

  @Test("an unknown surname has no value, and a category that is marked as wrong is not read")
  func unknown() throws {
    let text =
      Self.header + row("1", surname: ".", investigated: "010000") + row("2", wrong: "O")
    let outcome = try extract(["surname", "municipality", "under_investigation"]).read(text)
    #expect(outcome.rows == ["-|0344|1", "Jansen|-|0"])
  }

  @Test("a faulty row is rejected by itself: a stray quote, fields too few, a bad BSN")
  func faults() throws {
    let text =
      Self.header + row("1", surname: "\"open") + "2;x\n" + row("3", bsn: "123456783") + row("4")
    let outcome = try extract(["bsn", "surname"], required: ["bsn"]).read(text)
    #expect(outcome.rows == ["123456782|Jansen"])
    #expect(
      outcome.rejects == ["2  quote ", "3  field-count ", "4 bsn bsn-check 9{9}"]
    )
    #expect(outcome.read == 4)
  }

  @Test("what is never read is in no batch")
  func relatives() throws {
    let extract = extract()
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = try folder.write(Array((Self.header + row("1")).utf8), named: "a.csv")
    let reader = try ExtractReader(source: extract.source, wanted: Self.names, files: [path])
    let parser = try reader.makeParser()
    while let chunk = try reader.next() {
      let batch = try parser.parse(chunk).batch
      let text = String(decoding: batch.bytes, as: UTF8.self)
      #expect(text.contains("Jansen"))
      #expect(!text.contains("999990019") && !text.contains("Moeder"))
    }
  }

  @Test("a header without elements, or with a name above the list numbers, refuses the file")
  func headers() {
    let extract = extract(["bsn", "surname"], required: ["bsn"])
    #expect(extract.refusal(of: "a;b\n").hasPrefix("found no element in the header"))
    #expect(
      extract.refusal(of: "01.01.20;01.02.40\n").hasPrefix("found a name above the first column")
    )
    #expect(extract.refusal(of: ";01.02.40\n").hasPrefix("found no column '01.01.20'"))
    #expect(extract.refusal(of: ",01.01.20,01.02.40\n").hasSuffix("{delimiter: \",\"}"))
  }
}
