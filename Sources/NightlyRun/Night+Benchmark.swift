import Diagnostics
import DisclosureControl
import Files
import FoundationEssentials
import Linkage
import PipelineFile
import Publication
import Tabular

/// What other regions published, for tables that compare.
extension Night {
  /// The other regions of each table that compares, by its name; one whose table cannot be read is there
  /// without numbers, and told.
  mutating func otherRegions(of names: [String]) throws -> [String: [PublishedRegion]] {
    var regions: [String: [PublishedRegion]] = [:]
    for table in pipeline.aggregate.keeping(names).tables {
      guard case .benchmark(let benchmark) = table.content else { continue }
      var known: Set<String> = [pipeline.name]
      var found: [PublishedRegion] = []
      for folder in benchmark.from {
        var region = try Self.region(publishedIn: folder, benchmark)
        if region == nil {
          warn(
            Diagnostic(
              .warning,
              at: Place(file: folder),
              "table '\(table.name)': found no \(benchmark.table).csv with "
                + "\(benchmark.parts.map { "'\($0.name)'" }.joined(separator: " and ")) of everyone, "
                + "and a manifest",
              hint: "has that region published it, with totals?"
            )
          )
        }
        if let name = region?.name, !known.insert(name).inserted {
          warn(
            Diagnostic(
              .warning,
              at: Place(file: folder),
              "table '\(table.name)': found region '\(name)' twice; it counts once",
              hint: "give each region's pipeline a name of its own"
            )
          )
          continue
        }
        if region == nil, known.insert(folder).inserted {
          region = PublishedRegion(name: folder, events: nil, base: nil, coverage: nil)
        }
        if let region { found.append(region) }
      }
      regions[table.name] = found
    }
    return regions
  }

  /// - Returns: nil where no such table stands, or none that is comparable.
  private static func region(
    publishedIn folder: String,
    _ benchmark: BenchmarkDefinition
  ) throws -> PublishedRegion? {
    guard let (manifest, published) = try published(benchmark.table, in: folder),
      let name = manifest["pipeline"]?["name"]?.stringValue, !name.isEmpty
    else { return nil }
    let places = benchmark.parts.map { part in
      // Where everyone could appear, a region counts nobody apart.
      ([part.name] + [part.inPlaceOf].compactMap(\.self))
        .compactMap(published.columns.firstIndex).first
    }
    guard let events = places.first ?? nil, let base = places.last ?? nil else { return nil }
    // It may be cut otherwise than ours; figures are numbers, and no label is called so but of a total.
    let cuts = benchmark.strata.compactMap(published.columns.firstIndex)
    guard cuts.count == benchmark.strata.count else { return nil }
    let dimensions = published.columns.indices.filter { column in
      column < min(events, base)
        && published.rows.contains { $0.count > column && $0[column] == "total" }
    }
    let total = published.rows.first { row in
      row.count == published.columns.count && !dimensions.isEmpty
        && dimensions.allSatisfy { row[$0] == "total" }
    }
    guard let total else { return nil }
    let shares = published.columns.indices.filter {
      ["coverage_", "linked_"].contains(where: published.columns[$0].hasPrefix)
    }
    .compactMap { Double(total[$0]) }.filter { 0...100 ~= $0 }
    return PublishedRegion(
      name: name,
      events: number(total[events]),
      base: number(total[base]),
      coverage: shares.min().map { $0 / 100 },
      strata: strata(of: published.rows, cuts, beside: dimensions, events, base)
    )
  }

  /// What is published of each stratum, whatever else the table is cut by.
  private static func strata(
    of rows: [[String]],
    _ cuts: [Int],
    beside dimensions: [Int],
    _ events: Int,
    _ base: Int
  ) -> [[String]: PublishedRegion.Counts] {
    var strata: [[String]: PublishedRegion.Counts] = [:]
    let others = dimensions.filter { !cuts.contains($0) }
    for row in rows where !cuts.isEmpty && row.count > max(events, base) {
      guard others.allSatisfy({ row[$0] == "total" }),
        !cuts.contains(where: { row[$0] == "total" }),
        let counted = number(row[events]), let persons = number(row[base])
      else { continue }
      strata[cuts.map { row[$0] }] = PublishedRegion.Counts(events: counted, persons: persons)
    }
    return strata
  }

  private static func number(_ text: String) -> Double? {
    Double(text).flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
  }
}
