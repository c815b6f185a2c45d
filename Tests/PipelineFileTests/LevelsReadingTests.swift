import Diagnostics
import Tabular
import Testing

@testable import PipelineFile

@Suite("The levels of pseudonyms in a pipeline file")
struct LevelsReadingTests {
  private static let handOver = """
    koppel: 1
    pipeline: supplier
    owner: someone
    purpose: {text: Testing, basis: made-up data}
    sample: true
    period: {unit: month, default: 2026-08}
    keys:
      source: {file: demo.key}
    ingest:
      care:
        domain: care
        read: csv
        files: care/{period}.csv
        columns:
          bsn: {type: bsn}
          surname: {type: name}
          amount: {type: money}
    pseudonymise:
      key: source
      level: source
      source_release: region
      hand_over: out/{period}
      columns:
        bsn: {token: person}
        amount: keep

    """

  private static let region = smallPipeline.replacing(
    "  region: {file: demo.key}",
    with: "  region: {file: demo.key}\n  source: {file: source.key}"
  )

  private func pipeline(_ text: String) throws -> Pipeline {
    try PipelineLoader.load(bytes: Array(text.utf8), path: "small.yaml", today: today)
  }

  @Test("a supplier's pipeline ends with the hand-over, and has one scope")
  func supplier() throws {
    let pipeline = try pipeline(Self.handOver)
    #expect(pipeline.handsOver)
    #expect(pipeline.pseudonymise.handOver == "out/2026-08")
    #expect(pipeline.pseudonymise.sourceRelease == "region")
    #expect(pipeline.pseudonymise.release == "region")
    #expect(pipeline.aggregate.tables.isEmpty)
    #expect(pipeline.warnings.isEmpty)
  }

  @Test(
    "what does not fit a hand-over is told once, with its place",
    arguments: [
      ("  level: source\n", "", "hand_over", "found 'hand_over' without 'level: source'"),
      ("  hand_over: out/{period}\n", "", "level", "found 'level: source' without 'hand_over'"),
      ("level: source", "level: both", "both", "found 'both'"),
      (
        "  level: source\n  source_release: region\n  hand_over: out/{period}", "  level: both",
        "both", "found 'both'"
      ),
      (
        "  level: source", "  level: source\n  release: \"{pipeline}\"", "release",
        "found 'release'"
      ),
      (
        "pseudonymise:", "link: {spine: care, exact: [{on: [bsn]}]}\npseudonymise:", "link",
        "found 'link' in a pipeline that hands"
      ),
      (
        "{file: demo.key}", "{fingerprint: 4a87a90e3b88d749}", "fingerprint",
        "named by its fingerprint alone"
      ),
      (
        "    files: care", "    arrives: pseudonymised\n    files: care", "pseudonymised",
        "has its first level already"
      ),
      (
        "    amount: keep",
        "    surname: {token: surname, bloom: surname}\n    surname_bloom: keep",
        "surname: {token", "leaves 'surname_bloom', which a source has as a column of its own"
      ),
    ]
  )
  func handOverFaults(old: String, new: String, caret: String, sentence: String) {
    var text = Self.handOver.replacing(old, with: new)
    #expect(text != Self.handOver)
    if new.contains("surname_bloom") {
      text = text.replacing("amount: {type: money}", with: "surname_bloom: {type: text}")
    }
    let found = faults(of: text)
    #expect(found.count == 1, "\(found.map(\.text))")
    #expect(found.first?.sentence.contains(sentence) == true)
    #expect(found.first?.place == place(of: caret, in: text))
  }

  @Test(
    "what does not fit the second level is told once, with its place",
    arguments: [
      (
        "  key: region", "  key: source", "source\n  release",
        "found the suppliers' key for the second"
      ),
      (
        "{file: source.key}", "{fingerprint: 4a87a90e3b88d749}", "fingerprint",
        "'register', 'care' and 'support' arrive in clear"
      ),
      (
        "files: register.csv",
        "files: register.csv.gz\n    arrives: pseudonymised\n    signer: AAAA",
        "AAAA", "found no public key, expected 32 bytes in base64"
      ),
      (
        "files: register.csv", "files: register.csv\n    signer: AAAA", "signer",
        "arrives in clear, which nobody signs"
      ),
      (
        "files: register.csv", "files: register.csv\n    arrives: pseudonymized", "pseudonymized",
        "found 'pseudonymized'"
      ),
      ("  release: \"{pipeline}/{period}\"\n", "", "pseudonymise", "has no 'release'"),
      (
        "  source: {file: source.key}", "  other: {file: source.key}", "arrives",
        "no key 'source' tells by which key"
      ),
    ]
  )
  func regionFaults(old: String, new: String, caret: String, sentence: String) {
    var text = Self.region
    if caret == "arrives" {
      text = text.replacing(
        "files: register.csv",
        with: "files: register.csv.gz\n    arrives: pseudonymised"
      )
    }
    text = text.replacing(old, with: new)
    let found = faults(of: text)
    #expect(found.count == 1, "\(found.map(\.text))")
    #expect(found.first?.sentence.contains(sentence) == true)
    #expect(found.first?.place == place(of: caret, in: text))
  }

  @Test("a first level of its own for each period cannot stand in for another")
  func scopeOfPeriod() {
    let text = Self.region.replacing(
      "  release: \"{pipeline}/{period}\"",
      with: "  release: \"{pipeline}/{period}\"\n  source_release: \"region/{period}\""
    )
    #expect(faults(of: text).isEmpty)
    let late = text.replacing(
      "files: care/{period}.csv",
      with: "files: care/{period}.csv\n    delivery: {due: \"04:00\", late: use-previous}"
    )
    #expect(faults(of: late).first?.sentence.contains("a scope that names {period}") == true)
  }

  @Test("of what arrives the columns are those that policies leave, under their staged names")
  func arrivingColumns() throws {
    let text = Self.region.replacing(
      "files: register.csv",
      with: "files: register/*.csv.gz\n    arrives: pseudonymised"
    )
    let source = try #require(try pipeline(text).source(named: "register"))
    #expect(
      source.columns.map(\.name) == [
        "bsn", "surname", "birth_date", "birth_date_year", "sex", "postcode", "postcode_pc4",
        "area",
      ]
    )
    #expect(source.columns[0].arrived == .token(label: "person"))
    #expect(source.columns[0].required)
    #expect(source.columns[3].arrived == .kept(.year, .partialDate))
    #expect(source.columns[4].values.map(\.written) == ["male", "female"])
    #expect(source.declaredColumns.map(\.name).contains("postcode"))
    #expect(source.format == .csv(.handOver, .utf8))
  }

  @Test("filters arrive in a column of their own, behind the token")
  func arrivingFilters() throws {
    let text = Self.region.replacing(
      "files: register.csv",
      with: "files: register/*.csv.gz\n    arrives: pseudonymised"
    ).replacing("surname:    {token: surname}", with: "surname: {token: surname, bloom: surname}")
      .replacing("surname: {token: surname}", with: "surname: {token: surname, bloom: surname}")
    let source = try #require(try pipeline(text).source(named: "register"))
    #expect(source.columns.map(\.name).prefix(3) == ["bsn", "surname", "surname_bloom"])
    #expect(source.columns[2].arrived == .filter(label: "surname", of: "surname"))
    #expect(!source.columns[2].required && !source.columns[2].unique)
  }

  @Test("that one hand keeps both keys is noted, but not of made-up data")
  func oneCustody() throws {
    let real = smallPipeline.replacing("sample: true\n", with: "")
    let notes = try pipeline(real).warnings.filter { $0.sentence.contains("one custody") }
    #expect(notes.count == 1)
    #expect(notes.first?.severity == .note)
    #expect(try pipeline(smallPipeline).warnings.allSatisfy { !$0.sentence.contains("custody") })
    let two = real.replacing(
      "  region: {file: demo.key}",
      with: "  region: {file: demo.key}\n  source: {file: source.key}"
    )
    #expect(try pipeline(two).warnings.allSatisfy { !$0.sentence.contains("custody") })
  }
}
