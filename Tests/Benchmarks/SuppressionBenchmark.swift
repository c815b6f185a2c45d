import DisclosureControl
import Glibc
import PipelineFile
import Tabular

/// Hides what must be hidden of tables of made-up persons, and attacks what is left.
struct SuppressionBenchmark {
  private let chosen: [Layout]

  /// Tables of one kind.
  private struct Layout {
    let name: String
    let areas: MadeUpAreas
  }

  /// Of 240 neighbourhoods, 48 districts and one municipality some 6,068 cells, of which 3 % are of
  /// few persons, and some 5,300, of which 64 % are; and 150,000.
  private static let layouts = [
    Layout(name: "dense", areas: areas(240, ages: 6, persons: 190_000, spread: 0.8)),
    Layout(name: "sparse", areas: areas(240, ages: 6, persons: 10_200, spread: 1)),
    Layout(name: "large", areas: areas(3000, ages: 13, persons: 4_400_000, spread: 0.7)),
  ]

  init(_ words: [String]) throws(BenchmarkFault) {
    let names = Self.layouts.map(\.name)
    guard words.allSatisfy(names.contains) else {
      throw BenchmarkFault(sentences: ["expected one of \(names.joined(separator: ", "))"])
    }
    chosen = Self.layouts.filter { words.isEmpty || words.contains($0.name) }
  }

  private static func areas(_ count: Int, ages: Int, persons: Int, spread: Double) -> MadeUpAreas {
    MadeUpAreas(
      neighbourhoodCount: count,
      neighbourhoodsInDistrict: 5,
      districtsInMunicipality: 50,
      ageCount: ages,
      personCount: persons,
      spread: spread
    )
  }

  func run() throws {
    let policy = try MeasuredPipeline(
      format: "csv",
      keys: ["columns: {bsn: {type: bsn}}"],
      method: "suppress"
    ).policy
    let hide = try MeasuredPipeline(
      format: "csv",
      keys: ["columns: {bsn: {type: bsn}}"],
      method: "hide"
    ).policy
    print(
      "tables      cells  few  few-% others ratio hidden-% risk risk-hide seconds audit peak-MiB"
    )
    for layout in chosen {
      let tables = layout.areas.tables()
      let counts = tables.flatMap(\.persons)
      let few = counts.count { 0 < $0 && $0 < policy.minimum }
      let clock = ContinuousClock()
      let start = clock.now
      let published = try protect(tables, policy)
      let made = clock.now
      let audit = try audit(tables, published: published, policy, workers: 2)
      let audited = clock.now
      let hidden = published.reduce(0) { $0 + $1.figures[0].count(of: .hidden) }
      let alone = try DisclosureControl.audit(
        tables,
        published: try protect(tables, hide),
        policy
      )
      var usage = rusage()
      unsafe _ = getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      let columns = [
        "\(counts.count)", "\(few)", percent(few, counts.count), "\(hidden - few)",
        rounded(Double(hidden - few) / Double(max(1, few))), percent(hidden, counts.count),
        "\(audit.atRisk)", "\(alone.atRisk)", rounded((made - start) / .seconds(1)),
        rounded((audited - made) / .seconds(1)), "\(usage.ru_maxrss / 1024)",
      ]
      print(layout.name, columns.joined(separator: "  "))
    }
  }

  private func percent(_ part: Int, _ all: Int) -> String {
    rounded(100 * Double(part) / Double(max(1, all)))
  }

  private func rounded(_ number: Double) -> String { "\((number * 100).rounded() / 100)" }
}
