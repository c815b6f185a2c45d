import Diagnostics
import Testing

@testable import PipelineFile

@Suite struct PipelineReadingTests {
  @Test("The small pipeline has no fault") func smallIsValid() {
    #expect(faults(of: smallPipeline).map(\.text) == [])
  }

  @Test("Each mistake draws one message, at its place", arguments: FaultCase.all)
  func tellsOnce(_ mistake: FaultCase) throws {
    let text = smallPipeline.replacing(mistake.old, with: mistake.new, maxReplacements: 1)
    try #require(text != smallPipeline, "the pipeline has no '\(mistake.old)'")
    let found = faults(of: text)
    #expect(found.count == 1, "\(found.map(\.text))")
    let fault = try #require(found.first)
    #expect(fault.place == place(of: mistake.caret, in: text), "\(fault.text)")
    #expect(fault.sentence.contains(mistake.sentence), "\(fault.text)")
    if !mistake.hint.isEmpty {
      #expect(fault.hint?.contains(mistake.hint) == true, "\(fault.text)")
    }
  }

  @Test("A message shows the line, a caret under the mistake and a hint") func showsCaret() {
    let text = smallPipeline.replacing("bsn: {token: person}", with: "bsm: {token: person}")
    #expect(
      faults(of: text).map(\.text) == [
        """
        small.yaml:40:5: error: no source has a column 'bsm'
           40 |     bsm: {token: person}
              |     ^^^
        hint: did you mean 'bsn'?
        """
      ]
    )
  }

  @Test("Everything of the vocabulary reaches the pipeline") func readsVocabulary() throws {
    let text =
      smallPipeline
      .replacing(
        "    files: register.csv\n",
        with: """
              files: register.csv
              encoding: iso-8859-1
              dialect: {delimiter: tab, quote: none, decimal: ",", missing: [".", "-"]}
              rejects: {warn_above: 0.5 %, fail_above: 2%}

          """
      )
      .replacing("sex: keep", with: "sex: {keep: value}")
      .replacing("date: keep", with: "date: drop")
      .replacing("care.max(date) > {period.start}", with: "care.max(amount) > 5")
      .replacing("method: hide", with: "method: round, zeros: show")
      .replacing("care.count > 0 or recent", with: "coalesce(sex, unknown) in [male, unknown]")
      .replacing(
        "amount: {type: money, unit: cent, range: 0..99999999}",
        with: "amount: {type: money, unit: euro, range: -1.5..10}"
      )
    let pipeline = try PipelineLoader.load(bytes: Array(text.utf8), path: "x.yaml", today: today)
    let register = try #require(pipeline.source(named: "register"))
    guard case .csv(let dialect, .latin1) = register.format else {
      Issue.record("no Latin-1")
      return
    }
    #expect(dialect.delimiter == 9 && dialect.quote == nil && dialect.decimal == 0x2C)
    #expect(dialect.missing == ["", ".", "-"])
    #expect(register.rejects == RejectThresholds(warnAbove: 0.005, failAbove: 0.02))
    let amount = pipeline.source(named: "care")?.column(named: "amount")
    #expect(amount?.euros == true && amount?.range == -150...1000)
    #expect(pipeline.aggregate.protect == Protection(minimum: 10, method: .round(base: 5)))
    #expect(pipeline.link.assignment(of: "support") == .oneToOne)
    #expect(pipeline.link.assignment(of: "care") == .manyToOne)
    #expect(pipeline.link.exact.first?.unless == Veto(differ: ["birth_date", "sex"]))
    #expect(pipeline.link.unlinked == UnlinkedThresholds(warnAbove: 0.02, failAbove: 0.05))
    #expect(pipeline.pseudonymise.policy(for: "sex")?.keep == .value)
    #expect(pipeline.pseudonymise.policy(for: "date")?.keep == .nothing)
    #expect(pipeline.source(named: "support")?.format == .iwmo(messages: [301, 305, 307, 323]))
  }

  @Test("Tables are protected across releases where the file says so", arguments: [true, false])
  func readsAcross(isAcross: Bool) throws {
    let text = smallPipeline.replacing(
      "method: hide",
      with: "method: suppress" + (isAcross ? ", across: releases" : "")
    )
    let pipeline = try PipelineLoader.load(bytes: Array(text.utf8), path: "x.yaml", today: today)
    #expect(pipeline.aggregate.protect.isAcrossReleases == isAcross)
  }
}
