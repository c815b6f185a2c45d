import Diagnostics
import Testing

@testable import PipelineFile

@Suite("Pipelines without a spine") struct DeduplicateReadingTests {
  private static let whole = """
    koppel: 1
    pipeline: people
    owner: someone
    purpose: {text: Records that are one person, basis: made-up data}
    sample: true
    keys: {region: {file: demo.key}}
    ingest:
      people:
        domain: test
        read: csv
        files: people.csv
        columns:
          surname: {type: name}
          birth_date: {type: date}
          sex: {type: code, values: {M: male, V: female}, class: quasi}
          town: {type: text}
    pseudonymise:
      key: region
      release: "{pipeline}"
      columns:
        surname: {token: surname}
        birth_date: {token: birth-date, keep: year}
        sex: keep
        town: keep
    link:
      exact: [{on: [surname, birth_date]}]
    aggregate:
      tables:
        t: {by: [sex], measure: {persons: count}}
      protect: {minimum: 10, method: hide}
    publish: {to: out, tables: [t]}

    """

  private func load(_ text: String) throws(PipelineFileError) -> Pipeline {
    try PipelineLoader.load(bytes: Array(text.utf8), path: "people.yaml", today: today)
  }

  @Test("one without a spine is good, and says so in a note") func isGood() throws {
    let pipeline = try load(Self.whole)
    #expect(pipeline.link.spine == nil)
    #expect(pipeline.spine == nil)
    #expect(pipeline.warnings.contains { $0.sentence.contains("names no spine") })
  }

  @Test(
    "what says nothing without residents is told",
    arguments: [
      ("link:\n", "link:\n  assign: one-to-one\n", "found 'assign' without a spine"),
      ("link:\n", "link:\n  unlinked: {warn_above: 2 %}\n", "found 'unlinked' without a spine"),
      ("link:\n", "link:\n  deduplicate: [people]\n", "found 'deduplicate' without a spine"),
      ("[surname, birth_date]", "[surnme]", "no source has a column 'surnme'"),
      ("by: [sex]", "by: [town]", "which differs from row to row"),
    ]
  )
  func tells(old: String, new: String, sentence: String) {
    let text = Self.whole.replacing(old, with: new)
    #expect(text != Self.whole)
    #expect {
      _ = try load(text)
    } throws: { error in
      let errors = (error as? PipelineFileError)?.diagnostics.filter { $0.severity == .error } ?? []
      return errors.count == 1 && errors[0].sentence.contains(sentence)
    }
  }

  @Test("a column that a pass compares is the person's") func knowsCompared() throws {
    let text = Self.whole.replacing("by: [sex]", with: "by: [town]")
      .replacing("[surname, birth_date]", with: "[surname, birth_date, town]")
    #expect(try load(text).aggregate.tables.count == 1)
  }
}
