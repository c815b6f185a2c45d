import Foundation
import TestSupport
import Testing

@Suite("Rates standardised to a population in a file")
struct StandardPopulationTests {
  private let folder: TemporaryFolder

  /// 2,360 residents of three ages, of whom 60 are ill: the example of the design.
  init() throws {
    folder = try TemporaryFolder()
    var numbers = (999_900_006...999_999_990).lazy.filter(Self.passes).makeIterator()
    var register = "bsn;birth_date\n"
    var care = "bsn\n"
    for (year, ill, persons) in [(2000, 6, 1200), (1970, 21, 900), (1940, 33, 260)] {
      for person in 0..<persons {
        guard let number = numbers.next() else { continue }
        register += "\(number);\(year)-03-01\n"
        if person < ill { care += "\(number)\n" }
      }
    }
    try write(register, to: "register.csv")
    try write(care, to: "care.csv")
    try write(
      """
      koppel: 1
      pipeline: p
      sample: true
      period: {unit: month, default: 2026-08}
      keys: {region: {file: demo.key}}
      ingest:
        register:
          read: csv
          files: register.csv
          columns: {bsn: {type: bsn, required: true}, birth_date: {type: partial-date}}
        care: {read: csv, files: care.csv, columns: {bsn: {type: bsn}}}
      pseudonymise:
        key: region
        release: "{pipeline}"
        columns: {bsn: {token: person}, birth_date: {keep: year}}
      link: {spine: register, exact: [{on: [bsn]}]}
      aggregate:
        persons: {age_band: "band(years from birth_date_year to {period.end}, 0, 45, 75)"}
        tables:
          use:
            by: [age_band]
            totals: [age_band]
            measure:
              residents: count
              ill:       count where care.count > 0
              rate:      ill per 1000 residents, standardised by age_band to codes/standard.csv
        protect: {minimum: 10, method: hide}
      publish: {to: out, tables: [use]}
      """,
      to: "p.yaml"
    )
    try FileManager.default.createDirectory(
      atPath: folder.file("codes"),
      withIntermediateDirectories: true
    )
  }

  private static func passes(_ number: Int) -> Bool {
    let digits = String(number).compactMap(\.wholeNumberValue)
    let sum = zip(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]).reduce(0) { $0 + $1.0 * $1.1 }
    return sum % 11 == 0
  }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder.file(name)))
  }

  private func koppel(_ command: String) throws -> CommandRun {
    try runKoppel([command, "p.yaml"], in: folder.path)
  }

  @Test(
    "The rate of the design comes out, by whatever weights stand in the file, and the file is told"
  )
  func standardises() throws {
    try write(
      "weight;age_band;remark\n1500;75+;\n5000;0-44;x\n3500;45-74;\n",
      to: "codes/standard.csv"
    )
    let run = try koppel("run")
    #expect(run.status == 0, "\(run.standardError)")
    #expect(!run.standardError.contains("warning"), "\(run.standardError)")
    let table = try String(contentsOfFile: folder.file("out/use.csv"), encoding: .utf8)
    #expect(table.contains("total,2360,,60,,29.705128,22.549467,38.379371,"), "\(table)")
    let manifest = try String(contentsOfFile: folder.file("out/manifest.json"), encoding: .utf8)
    #expect(manifest.contains("\"standards\""), "\(manifest)")
    #expect(manifest.contains("\"file\": \"standard.csv\""), "\(manifest)")
    // Other weights, the same extracts: it is counted anew.
    try write("age_band;weight\n75+;0\n0-44;0\n45-74;1\n", to: "codes/standard.csv")
    #expect(try koppel("run").status == 0)
    let other = try String(contentsOfFile: folder.file("out/use.csv"), encoding: .utf8)
    #expect(other.contains("total,2360,,60,,23.333333,"), "\(other)")
  }

  @Test(
    "A population that cannot be used is told by check, with its line and its cure",
    arguments: [
      ("75+;1\n0-44;1\n", ".csv: error: found no weight for age_band 45-74", "add the row"),
      ("75+;1\n0-44;1\n45-74;-1\n", ".csv:4: error: found no weight, expected", "write how many"),
      ("75+;1\n0-44;1\n45-74;1\n0-44;1\n", ".csv:5: error: found a stratum twice", "keep one"),
      ("75+;1\n0-45;1\n45-74;1\n", ".csv:3: error: found a label that 'age_band'", "0-44"),
      ("75+;0\n0-44;0\n45-74;0\n", ".csv: error: found no weight", "write how many"),
    ]
  )
  func refuses(rows: String, sentence: String, cure: String) throws {
    try write("age_band;weight\n" + rows, to: "codes/standard.csv")
    let run = try koppel("check")
    #expect(run.status == 78)
    #expect(run.standardError.contains(sentence), "\(run.standardError)")
    #expect(run.standardError.contains(cure), "\(run.standardError)")
  }

  @Test("One that is not there is told where the pipeline names it")
  func isNotThere() throws {
    let run = try koppel("check")
    #expect(run.status == 78)
    #expect(
      run.standardError.contains("p.yaml:26:72: error: the table cannot be read"),
      "\(run.standardError)"
    )
  }
}
