import Diagnostics
import Testing

@testable import PipelineFile

@Suite("Tables that compare regions in a pipeline file")
struct BenchmarkReadingTests {
  private func text(_ of: String, by: String = "[area, age_band]", count: String = "residents")
    -> String
  {
    smallPipeline
      .replacing("by: [area, age_band]", with: "by: \(by)")
      .replacing("totals: [area]", with: "totals: \(by)")
      .replacing(
        "residents: count",
        with: count == "residents" ? "residents: count" : "others: count where age > 3"
      )
      .replacing(
        "costs: sum care.amount",
        with: "costs: sum care.amount\n        smr: in_care, expected by age_band"
      )
      .replacing(
        "  tables:\n    use:",
        with: "  tables:\n    regions: {benchmark: {of: \(of), from: [../other]}}\n    use:"
      )
  }

  @Test("a ratio is compared by its strata, of what it counts and of all persons")
  func readsRatio() throws {
    let stage = try PipelineLoader.load(
      bytes: Array(text("use.smr").utf8),
      path: "p.yaml",
      today: today
    ).aggregate
    guard case .benchmark(let benchmark)? = stage.tables.first?.content else {
      Issue.record("no benchmark")
      return
    }
    #expect(benchmark.strata == ["age_band"])
    #expect(benchmark.parts.map(\.name) == ["in_care", "residents"])
    #expect(benchmark.rate.name == "smr")
  }

  @Test("each mistake draws one message with its cure")
  func refuses() {
    let uncut = faults(of: text("use.smr", by: "[area]")).filter { $0.severity == .error }
    #expect(
      uncut.map(\.sentence) == ["found a ratio expected by 'age_band', by which 'use' is not cut"]
    )
    #expect(uncut.first?.hint?.hasPrefix("add them to its 'by'") == true)
    let uncounted = faults(of: text("use.smr", count: "")).filter { $0.severity == .error }
    #expect(
      uncounted.map(\.sentence) == ["found 'use.smr' in a table that does not count everyone"]
    )
    let sum = faults(of: text("use.costs")).filter { $0.severity == .error }
    #expect(sum.map(\.sentence) == ["found 'use.costs', which is no quotient, expected a rate"])
  }
}
