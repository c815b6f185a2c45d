import Diagnostics
import Tabular
import Testing

@testable import PipelineFile

@Suite("Tables of savings in a pipeline file")
struct SavingsReadingTests {
  private let savings =
    "of: sum care.amount + (care.sum(amount) where care_type = b) + support.amount, baseline: 2025, "
    + "adjust: [age_band, segment], trend: 3 %, corridor: 2 %, share: 50 %, cap: 10 %, "
    + "quality: [less], invested: codes/invested.csv, payers: codes/payers.csv"
  private let progress =
    "of: use.rate, periods: 2025-11..2026-08, changed: 2026-03, "
    + "target: {value: 40.5, by: 2027-02, better: lower, owner: region}"

  private func load(
    _ savings: String,
    progress: String? = nil,
    files: String = "care.csv",
    segment: String = "age > 80",
    period: String? = nil,
    countingOnePeriod: Bool = false,
    publishing tables: String = "use, contacts"
  ) throws -> Pipeline {
    let text =
      ratedPipeline
      .replacing("files: care/{period}.csv", with: "files: \(files)")
      .replacing("tables: [use, contacts]", with: "tables: [\(tables)]")
      .replacing("amount: keep", with: "amount: keep\n    start: keep")
      .replacing(
        "  tables:\n    use:",
        with: "  segments: {old: \(segment), others: otherwise}\n"
          + "  time: {care: date, support: start}\n  tables:\n"
          + "    saved: {savings: {\(savings)}}\n"
          + "    less: {progress: {\(progress ?? self.progress)}}\n    use:"
      )
    return try PipelineLoader.load(
      bytes: Array(text.utf8),
      path: "folder/p.yaml",
      settings: period.map { ["period": $0] } ?? [:],
      today: today,
      countingOnePeriod: countingOnePeriod
    )
  }

  private func sentences(
    _ old: String,
    _ new: String,
    progress: String? = nil,
    files: String = "care.csv",
    segment: String = "age > 80"
  ) -> [String] {
    do {
      _ = try load(
        savings.replacing(old, with: new),
        progress: progress,
        files: files,
        segment: segment
      )
      return []
    } catch {
      return (error as? PipelineFileError)?.diagnostics.map(\.sentence) ?? ["?"]
    }
  }

  private func definition(_ stage: AggregateStage) throws -> SavingsDefinition {
    guard case .savings(let savings)? = stage.tables.first?.content else {
      throw PipelineFileError.faulty([])
    }
    return savings
  }

  @Test("costs are of a source each, and what strata ask is kept of the person columns alone")
  func reads() throws {
    let stage = try load(savings).aggregate
    let found = try definition(stage)
    #expect(found.costs.map(\.name) == ["care", "support"])
    #expect(found.costs.map { $0.kind.expression?.expression.accumulators.count } == [2, 1])
    #expect(found.baseline.map(\.label).first == "2025-01" && found.baseline.count == 12)
    #expect([found.trend, found.corridor, found.share, found.cap] == [0.03, 0.02, 0.5, 0.1])
    #expect(found.quality.map(\.name) == ["less"])
    #expect(found.payers?.path == "folder/codes/payers.csv")
    let counting = try #require(stage.counting(savingsOf: "saved"))
    #expect(counting.tables.count == 1)
    #expect(counting.tables[0].measures.map(\.name) == ["person years", "care", "support"])
    #expect(counting.tables[0].by == ["age_band", "segment"])
    #expect(counting.persons.map(\.name) == ["age", "age_band"])
    #expect(counting.segments.count == 2)
    #expect(stage.counting(savingsOf: "use") == nil)
    #expect(stage.countingOnce.tables.allSatisfy { !["saved", "less"].contains($0.name) })
    #expect(stage.putTogether(for: ["saved"]) == ["saved", "less"])
  }

  @Test(
    "a baseline is a period, several, or a year of months",
    arguments: [("2025-11", 1), ("2025-11..2026-02", 4), ("2024", 12), ("2023-01..2024-12", 24)]
  )
  func readsBaselines(text: String, count: Int) throws {
    let found = try definition(
      load(savings.replacing("baseline: 2025", with: "baseline: \(text)")).aggregate
    )
    #expect(found.baseline.count == count)
    #expect(
      zip(found.baseline, found.baseline.dropFirst()).allSatisfy {
        $0.lastDay.dayNumber + 1 == $1.firstDay.dayNumber
      }
    )
  }

  @Test(
    "each mistake draws one message",
    arguments: [
      ("sum care.amount +", "sum care.cost +", "no column 'cost'"),
      ("sum care.amount +", "mean care.sum(amount) +", "found no sum of money"),
      (
        "of: sum care.amount + (care.sum(amount) where care_type = b) + support.amount",
        "of: sum care.count",
        "found no sum of money"
      ),
      ("+ support.amount", "- support.amount", "found costs of 'care' and 'support' in one"),
      (
        "b) + support.amount", "b over last 3 months) + support.amount",
        "found costs of other months"
      ),
      ("baseline: 2025", "baseline: previous", "found no baseline"),
      ("baseline: 2025", "baseline: 25", "found no baseline"),
      ("baseline: 2025", "baseline: 2026-01..2025-01", "found no baseline"),
      ("baseline: 2025", "baseline: 2001-01..2025-12", "found no baseline"),
      ("baseline: 2025", "baseline: 2026-01..2026-08", "found a baseline that is not before"),
      ("[age_band, segment]", "[age_bnd, segment]", "no column 'age_bnd'"),
      ("[age_band, segment]", "[]", "at least 1"),
      ("trend: 3 %", "trend: 3", "trend"),
      ("corridor: 2 %, ", "", "has no 'corridor'"),
      ("cap: 10 %", "cap: 110 %", "cap"),
      ("quality: [less]", "quality: [les]", "there is no table 'les'"),
      ("quality: [less]", "quality: [use]", "found 'use', which tells no progress"),
      ("quality: [less]", "quality: [less, less]", "found table 'less' twice"),
      (", payers:", ", payer:", "payer"),
    ]
  )
  func refuses(old: String, new: String, sentence: String) {
    let found = sentences(old, new)
    #expect(found.count == 1 && found.first?.contains(sentence) == true, "\(found)")
  }

  @Test("progress without a target says nothing of quality; what is wrong with it is told once")
  func asksForTargets() {
    let bare = "of: use.rate, periods: 2025-11..2026-08, changed: 2026-03"
    #expect(sentences("", "", progress: bare) == ["found 'less', whose progress has no target"])
    let wrong = progress.replacing("use.rate", with: "use.rat")
    let found = sentences("", "", progress: wrong)
    #expect(found.count == 1 && found[0].contains("no table of persons"), "\(found)")
    let late = sentences("", "", progress: progress.replacing("value: 40.5", with: "value: many"))
    #expect(late.count == 1 && late[0].contains("found no number as a target"), "\(late)")
  }

  @Test("two kinds of table in one are told")
  func standsAlone() {
    let found = sentences("", "", progress: "\(progress)}, savings: {\(savings)")
    #expect(
      found.contains { $0.contains("table 'less' has 'progress', and 'savings'") },
      "\(found)"
    )
  }

  @Test("a run of a period that the baseline has is refused, and counting such a period is not")
  func countsOnePeriod() throws {
    #expect(throws: PipelineFileError.self) { try load(savings, period: "2025-11") }
    let stage = try load(savings, period: "2025-11", countingOnePeriod: true).aggregate
    #expect(stage.counting(savingsOf: "saved")?.period?.label == "2025-11")
  }

  @Test("of files by period those of the baseline and of the targets are read")
  func readsPeriods() throws {
    func months(_ tables: String) throws -> [String] {
      let care = try load(savings, files: "care/{period}.csv", publishing: tables)
        .source(named: "care")
      return care?.otherFiles.map(\.period) ?? []
    }
    let saved = try months("saved")
    #expect(saved.first == "2025-01" && saved.last == "2026-07" && saved.count == 19)
    #expect(try months("use").isEmpty)
  }

  @Test("nothing is left of it without a source of its costs, its strata or its targets")
  func needsSources() throws {
    let stage = try load(savings, segment: "support.count > 3").aggregate
    let table = stage.tables[0]
    #expect(SourceNeeds(of: ["care"], in: stage).hold(all: table))
    #expect(SourceNeeds(of: ["support"], in: stage).hold(all: table))
    let other = savings.replacing("+ support.amount", with: "")
    let plain = try load(other, segment: "age > 80").aggregate
    #expect(!SourceNeeds(of: ["support"], in: plain).hold(all: plain.tables[0]))
    let cut = try load(other, segment: "support.count > 3").aggregate
    #expect(SourceNeeds(of: ["support"], in: cut).hold(all: cut.tables[0]))
  }
}
