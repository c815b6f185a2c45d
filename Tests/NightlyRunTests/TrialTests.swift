import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import NightlyRun

@Suite("A pipeline on trial")
struct TrialTests {
  private struct Silence: RunObserver {
    func note(_ sentence: String) { #expect(!sentence.contains("CANARY")) }
    func warn(_ diagnostic: Diagnostic) { #expect(!diagnostic.text.contains("CANARY")) }
    func progress(_ subject: String, rows: Int) {}
  }

  private static func rows(_ count: Int) -> String {
    "number;surname;birth_date\n"
      + (1...count).map {
        "CANARY-\($0);Name\($0 % 7);1950-01-\($0 % 28 < 9 ? "0" : "")\($0 % 28 + 1)\n"
      }
      .joined()
  }

  private static let pipeline = """
    koppel: 1
    pipeline: canaries
    owner: tests
    purpose: {text: tests, basis: made-up data}
    keys: {region: {file: /nowhere/real.key}}
    ingest:
      people:
        domain: municipal
        read: csv
        files: people.csv
        record_key: number
        columns:
          number: {type: text, unique: true}
          surname: {type: name}
          birth_date: {type: date, required: true}
      others:
        domain: social
        read: csv
        files: others.csv
        record_key: number
        columns:
          number: {type: text}
          surname: {type: name}
          birth_date: {type: date}
    pseudonymise:
      key: region
      release: "{pipeline}"
      columns:
        surname: {token: surname}
        birth_date: {token: birth-date, keep: year}
    link:
      spine: people
      exact:
        - {on: [surname, birth_date]}
    aggregate:
      tables:
        t: {by: [birth_date_year], measure: {residents: count}}
      protect: {minimum: 10, method: hide}
    publish: {to: out, tables: [t]}

    """

  @Test(
    "keys of records are in no file while it lasts, a real key is not asked for, and nothing stays"
  )
  func leavesNoCanary() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.pipeline.utf8, to: "p.yaml")
    try folder.write(Self.rows(200).utf8, to: "people.csv")
    try folder.write(Self.rows(40).utf8, to: "others.csv")
    var options = RunOptions()
    options.workers = 2
    let records = try Night.tried(
      path: folder.file("p.yaml"),
      options: options,
      clock: { 1_788_000_000_000 },
      observer: Silence()
    ) { trial in
      let work = folder.file(".koppel/canaries.trial")
      var searched = 0
      for name in try FileManager.default.subpathsOfDirectory(atPath: work) {
        guard let bytes = FileManager.default.contents(atPath: "\(work)/\(name)") else { continue }
        searched += 1
        #expect(bytes.range(of: Data("CANARY".utf8)) == nil, "\(name)")
      }
      #expect(searched > 3)
      return trial.records
    }
    #expect(!FileManager.default.fileExists(atPath: folder.file(".koppel/canaries.trial")))
    let people = try #require(records["people"])
    #expect(people.rowCount == 200 && people.count == 200)
    for number in [1, 17, 200] {
      #expect(try people.find(Array("CANARY-\(number)".utf8)) == .record(number - 1))
    }
    #expect(try people.find(Array("CANARY-201".utf8)) == .unknown)
    // Rows 1 and 29 have the day of birth and, 28 being 4 times 7, the name of each other.
    #expect(people.identities[0] == people.identities[28])
    #expect(people.identities[0] != people.identities[1])
  }
}
