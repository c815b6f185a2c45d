import Foundation
import TestSupport
import Testing

@Suite("The question of a data subject")
struct SubjectRequestTests {
  @Test("is answered per source for a number on standard input, and leaves no trace of it")
  func answers() throws {
    let folder = try Self.region()
    #expect(try runKoppel(["run", "night.yaml"], in: folder.path).status == 0)
    let asked: [(number: String, register: String, care: String)] = [
      ("999990007\n", "yes", "yes"), ("9999.90.020", "yes", "no"), ("999990263\n", "no", "no"),
    ]
    for (number, register, care) in asked {
      let run = try Self.ask(number, in: folder)
      #expect(run.status == 0, "\(run.standardError)")
      #expect(
        run.standardOutput == """
          release subjects, source register: \(register)
          release subjects, source care: \(care)

          """
      )
      #expect(!run.standardOutput.contains("99999") && !run.standardError.contains("9999"))
    }
    let log = String(decoding: try folder.bytes(of: ".koppel/subjects/privacy.log"), as: UTF8.self)
    #expect(log.components(separatedBy: #""event":"subject.asked""#).count == 1 + 2 * asked.count)
    #expect(!log.contains("99999") && !log.contains("9999.90"))
    // Neither answer nor token: the lines are alike but for what every line has.
    let answers = log.split(separator: "\n").filter { $0.contains(#""outcome":"answered""#) }
    func rest(_ line: Substring) -> String {
      String(line.replacing(#/"(prev|run)":"[0-9a-f]+"|"(seq|ts)":[0-9]+/#, with: ""))
    }
    #expect(Set(answers.map(rest)).count == 1)
    for name in folder.files() where name.hasPrefix(".koppel") && !name.hasSuffix("demo.key") {
      let bytes = (try? folder.bytes(of: name)) ?? []
      #expect(bytes.firstRange(of: Array("999990263".utf8)) == nil, "\(name)")
    }
    // What was asked does not stand in the way of the next night.
    #expect(try runKoppel(["run", "night.yaml"], in: folder.path).status == 0)
    #expect(try runKoppel(["log", "verify", "night.yaml"], in: folder.path).status == 0)
    let report = try runKoppel(["log", "report", "night.yaml"], in: folder.path)
    #expect(report.standardOutput.contains("<5 requests answered"))
  }

  @Test(
    "is not answered for what is no number of a person, and the text is not repeated",
    arguments: ["", "\n", "999990008", "12345678901", "Jansen", String(repeating: "1", count: 90)]
  )
  func refuses(text: String) throws {
    let folder = try Self.region()
    #expect(try runKoppel(["run", "night.yaml"], in: folder.path).status == 0)
    let run = try Self.ask(text, in: folder)
    #expect(run.status == 65 || run.status == 64, "\(run.standardError)")
    #expect(run.standardOutput.isEmpty)
    #expect(text.count < 4 || !run.standardError.contains(text.prefix(20)))
    let log = String(decoding: try folder.bytes(of: ".koppel/subjects/privacy.log"), as: UTF8.self)
    #expect(!log.contains("subject.asked"))
  }

  @Test("is not told no for another period than the one that is staged")
  func otherPolicy() throws {
    let folder = try Self.region()
    #expect(try runKoppel(["run", "night.yaml"], in: folder.path).status == 0)
    let other = Self.pipeline.replacing(
      #"release: "{pipeline}""#,
      with: #"release: "{pipeline}/2""#
    )
    try folder.write(Array(other.utf8), to: "night.yaml")
    let run = try Self.ask("999990007", in: folder)
    #expect(run.status == 0, "\(run.standardError)")
    #expect(!run.standardOutput.contains(": no"))
    #expect(run.standardOutput.contains("care: cannot be told: it was staged by another period"))
  }

  private static func ask(_ number: String, in folder: TemporaryFolder) throws -> CommandRun {
    try folder.write(Array(number.utf8), to: "number")
    defer { try? FileManager.default.removeItem(atPath: folder.file("number")) }
    return try runCommand(
      "/bin/sh",
      [
        "-c", #"exec "$0" "$@" < number"#, koppelPath(), "log", "show", "--subject", "-",
        "night.yaml",
      ],
      in: folder.path
    )
  }

  private static func region() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(Array(pipeline.utf8), to: "night.yaml")
    try folder.write(
      Array("bsn;sex\n999990007;V\n999990019;V\n999990020;M\n".utf8),
      to: "register.csv"
    )
    try folder.write(Array("bsn\n999990007\n999990019\n".utf8), to: "care.csv")
    return folder
  }

  private static let pipeline = """
    koppel: 1
    pipeline: subjects
    owner: tests
    purpose: {text: tests, basis: made-up data}
    sample: true
    keys:
      region: {file: demo.key}
    ingest:
      register:
        domain: municipal
        read: csv
        files: register.csv
        columns:
          bsn: {type: bsn, required: true}
          sex: {type: code, values: {M: male, V: female}}
      care:
        domain: care
        read: csv
        files: care.csv
        columns:
          bsn: {type: bsn, required: true}
    pseudonymise:
      key: region
      release: "{pipeline}"
      columns:
        bsn: {token: person}
        sex: keep
    link:
      spine: register
      exact:
        - {on: [bsn]}
    aggregate:
      tables:
        by-sex:
          by: [sex]
          measure: {persons: count}
      protect: {minimum: 10, method: hide}
    publish:
      to: out
      tables: [by-sex]

    """
}
