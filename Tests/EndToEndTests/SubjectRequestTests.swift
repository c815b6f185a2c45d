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
    #expect(run.standardOutput.contains("care: cannot be told: it was staged for another period"))
  }

  @Test("is answered for what arrives pseudonymised too, unless the supplier alone has the key")
  func arriving() throws {
    let region = try HandOverRegion()
    #expect(try region.runSupplier().status == 0)
    let held = String(
      decoding: try region.folder.bytes(of: "supplier/in/care.csv"),
      as: UTF8.self
    ).split(separator: "\n").dropFirst().compactMap {
      $0.split(separator: ";").first.map(String.init)
    }
    for form in [HandOverRegion.Form.mixed, .packages] {
      try region.writeRegion(form)
      #expect(try region.runRegion(form).status == 0)
      // The first two object.
      for (number, isResident) in [(region.numbers[0], false), (region.numbers[5], true)] {
        let run = try Self.ask(
          number,
          "region/\(form.rawValue).yaml",
          ["--work", "work-\(form.rawValue)"],
          in: region.folder
        )
        #expect(run.status == 0, "\(run.standardError)")
        guard form == .mixed else {
          let sentence =
            "cannot be told here: the supplier keeps the key of the first level (fingerprint "
            + "\(try region.fingerprint())); ask who hands it over"
          #expect(
            run.standardOutput == """
              release region, source register: \(sentence)
              release region, source care: \(sentence)

              """
          )
          continue
        }
        let isInCare = isResident && held.contains(number)
        #expect(
          run.standardOutput == """
            release region, source register: \(isResident ? "yes" : "no")
            release region, source care: \(isInCare ? "yes" : "no")

            """
        )
      }
      let log = String(
        decoding: try region.folder.bytes(of: "work-\(form.rawValue)/privacy.log"),
        as: UTF8.self
      )
      #expect(log.contains(#""counts":{"sources":2,"untold":\#(form == .mixed ? 0 : 2)}"#))
      let verified = try runKoppel(
        ["log", "verify", "work-\(form.rawValue)"],
        in: region.folder.path
      )
      #expect(verified.status == 0 && !verified.standardError.contains("not signed"))
    }
    // The supplier answers for its own.
    let own = try Self.ask(
      region.numbers[5],
      "supplier/supplier.yaml",
      ["--work", "work-supplier"],
      in: region.folder
    )
    #expect(own.standardOutput.contains("source register: yes"), "\(own.standardError)")
  }

  @Test("is not told no of rows that have no number")
  func withoutNumber() throws {
    let folder = try Self.region()
    let columns = "    files: care.csv\n    columns:\n      bsn: {type: bsn"
    let pipeline = Self.pipeline.replacing("\(columns), required: true}", with: "\(columns)}")
    #expect(pipeline != Self.pipeline)
    try folder.write(Array(pipeline.utf8), to: "night.yaml")
    try folder.write(Array("bsn;kind\n999990007;a\n999990019;b\n;c\n".utf8), to: "care.csv")
    #expect(try runKoppel(["run", "night.yaml"], in: folder.path).status == 0)
    let absent = try Self.ask("999990263", in: folder)
    #expect(absent.standardOutput.contains("source register: no\n"), "\(absent.standardError)")
    #expect(
      absent.standardOutput.contains(
        "source care: no, by number; of its rows without a number nobody can tell"
      )
    )
    #expect(try Self.ask("999990007", in: folder).standardOutput.contains("source care: yes"))
  }

  private static func ask(
    _ number: String,
    _ pipeline: String = "night.yaml",
    _ options: [String] = [],
    in folder: TemporaryFolder
  ) throws -> CommandRun {
    try folder.write(Array(number.utf8), to: "number")
    defer { try? FileManager.default.removeItem(atPath: folder.file("number")) }
    return try runCommand(
      "/bin/sh",
      [
        "-c", #"exec "$0" "$@" < number"#, koppelPath(), "log", "show", "--subject", "-", pipeline,
      ] + options,
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
