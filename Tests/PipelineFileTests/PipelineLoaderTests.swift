import Diagnostics
import Tabular
import Testing

@testable import PipelineFile

@Suite struct PipelineLoaderTests {
  @Test("The region's pipeline is valid")
  func loadsRegion() throws {
    let pipeline = try PipelineLoader.load(
      path: repository + "/pipelines/region.yaml",
      today: today
    )
    #expect(pipeline.name == "region")
    #expect(pipeline.sources.map(\.name) == ["register", "care", "support"])
    #expect(
      pipeline.sources[1].columns.map(\.name) == [
        "claim_id", "insurer", "provider", "bsn", "care_type", "product", "date", "amount",
      ]
    )
    #expect(pipeline.sources[1].drift.namesAllColumns)
    #expect(pipeline.period?.label == "2026-08")
    #expect(pipeline.pseudonymise.release == "region/2026-08")
    #expect(pipeline.publish.to == repository + "/pipelines/out/2026-08")
    #expect(pipeline.aggregate.tables.map(\.name) == pipeline.publish.tables)
    #expect(pipeline.aggregate.persons.first?.expression.type == .integer)
    let warnings = pipeline.warnings.filter { $0.severity == .warning }
    #expect(warnings.allSatisfy { $0.sentence.contains("'hide'") })
  }

  @Test("The benchmark's pipeline is valid, and its settings are relative to the current folder")
  func loadsBenchmark() throws {
    let pipeline = try PipelineLoader.load(
      path: repository + "/pipelines/benchmark.yaml",
      settings: ["data": "in*put", "out": "/tmp/out"],
      today: today
    )
    #expect(pipeline.sources.map(\.files).first == "in\\*put/brp.csv")
    #expect(pipeline.publish.to == "/tmp/out")
    #expect(pipeline.source(named: "support")?.column(named: "care_type")?.pattern == "wmo:{}")
    #expect(pipeline.pseudonymise.sourceRelease == "benchmark")
  }
}
