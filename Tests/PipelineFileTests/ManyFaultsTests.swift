import Diagnostics
import Testing

@testable import PipelineFile

@Suite struct ManyFaultsTests {
  /// What is changed in the small pipeline, and the place and sentence that it draws.
  private static let mistakes = [
    FaultCase("owner: someone", "ownr: someone", at: "ownr", "no key 'ownr'"),
    FaultCase("default: 2026-08}", "default: 2026-18}", at: "2026-18", "expected a month"),
    FaultCase("{type: name}", "{type: nam}", at: "nam}", "found 'nam'"),
    FaultCase("BU[0-9]{4}", "BU[0-9{4}", at: "\"BU", "POSIX extended expression"),
    FaultCase("range: 0..99999999", "range: 9..1", at: "9..1", "a range that is none"),
    FaultCase("read: iwmo\n", "read: iwmo\n    messages: [302]\n", at: "302", "not built yet"),
    FaultCase("surname: {token: surname}", "surname: keep", at: "keep\n    birth", "by itself"),
    FaultCase("area: keep", "aera: keep", at: "aera: keep", "no source has a column 'aera'"),
    FaultCase("date: keep", "date: &a keep", at: "&a", "an anchor"),
    FaultCase("sex, postcode]}", "sx, postcode]}", at: "sx, postcode", "no column 'sx'"),
    FaultCase("fail_above: 5 %}", "fail_above: 5}", at: "5}", "expected a percentage"),
    FaultCase("0, 18, 65)", "0, 65, 18)", at: "18)", "do not rise"),
    FaultCase("care.count > 0", "cre.count > 0", at: "cre.count", "no source 'cre'"),
    FaultCase(
      "method: hide",
      "method: round, recode: [age_band: total]",
      at: "recode",
      "suppress only"
    ),
    FaultCase("[use, contacts]", "[use, contcts]", at: "contcts", "no table 'contcts'"),
  ]

  @Test("Fifteen mistakes draw fifteen messages, each at its place, in file order")
  func tellsFifteen() throws {
    var text = smallPipeline
    for mistake in Self.mistakes {
      try #require(text.contains(mistake.old), "the pipeline has no '\(mistake.old)'")
      text = text.replacing(mistake.old, with: mistake.new, maxReplacements: 1)
    }
    let found = faults(of: text)
    #expect(found.count == 15, "\(found.map(\.text).joined(separator: "\n"))")
    for (fault, mistake) in zip(found, Self.mistakes) {
      #expect(fault.place == place(of: mistake.caret, in: text), "\(fault.text)")
      #expect(fault.sentence.contains(mistake.sentence), "\(fault.text)")
      #expect(fault.excerpt != nil)
    }
  }
}
