import Diagnostics
import Testing

@testable import PipelineFile

@Suite("Rates over those who could appear in a source")
struct CoveredReadingTests {
  private func text(_ covers: String, _ more: String = "") -> String {
    smallPipeline
      .replacing(
        "costs: sum care.amount",
        with: """
          costs: sum care.amount
                  old: count where age > 65
                  py: person-years
                  rate: in_care per 1000 residents
                  each: costs per py
                  aged: old per residents
                  smr: in_care, expected by age_band
                  smooth: in_care per residents, standardised by age_band\(more)
          """
      )
      .replacing("  persons:\n", with: "  covers: {\(covers)}\n  persons:\n")
  }

  private func measures(_ covers: String) throws -> [Measure] {
    try PipelineLoader.load(bytes: Array(text(covers).utf8), path: "p.yaml", today: today)
      .aggregate.tables[0].measures
  }

  @Test("rates of a source divide by those who could appear in it, and others by everyone")
  func divides() throws {
    let measures = try measures("care: sex = female")
    let kinds = Dictionary(uniqueKeysWithValues: measures.map { ($0.name, $0.kind) })
    func divisor(_ name: String) -> String? {
      switch kinds[name] {
      case .quotient(_, _, let by)?, .standardised(_, _, let by, _, _)?: by
      default: nil
      }
    }
    #expect(divisor("rate") == "covered_care")
    #expect(divisor("each") == "py_covered_care")
    #expect(divisor("aged") == "residents")
    #expect(divisor("smooth") == "covered_care")
    let added = measures.suffix(2)
    #expect(added.map(\.name) == ["covered_care", "py_covered_care"])
    #expect(added.map(\.inPlaceOf) == ["residents", "py"])
    #expect(measures.first { $0.name == "smr" }?.over == "covered_care")
  }

  @Test("without a source that covers some, nothing is added")
  func leavesOthers() throws {
    let measures = try measures("support: sex = female")
    #expect(!measures.contains { $0.inPlaceOf != nil })
    #expect(measures.last?.name == "smooth")
  }

  @Test("a measure of the name that is needed is told at its place")
  func tellsNames() {
    let found = faults(
      of: text("care: sex = female", "\n        covered_care: count where age > 3")
    ).filter { $0.severity == .error }
    #expect(found.count == 1)
    #expect(found.first?.sentence.hasPrefix("found a measure 'covered_care'") == true)
  }
}
