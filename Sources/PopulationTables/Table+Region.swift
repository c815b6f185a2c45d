import PipelineFile
import Tabular

extension Table {
  /// The residents with the region that each lives in, as a file of areas tells it.
  ///
  /// It follows from the first of neighbourhood, district and municipality that is kept of them.
  ///
  /// - Parameter areas: nil leaves the residents as they are.
  /// - Returns: with a column `region`; the same where none of these columns is kept.
  func addingRegion(_ areas: AreaFile?) -> Table {
    guard let areas else { return self }
    let levels = RegionLevel.allCases.lazy.compactMap { self[$0.rawValue] }
    guard case .codes(let codes, let dictionary)? = levels.first else { return self }
    let regions = AreaRegions(areas.areas)
    let found = dictionary.map { regions.region(of: $0) }
    let unified = UnifiedDictionary([found.compactMap { $0 }])
    var next = unified.codes[0].makeIterator()
    let regionOfCode = found.map { $0 == nil ? missingCode : next.next() ?? missingCode }
    return Table(
      names: names + ["region"],
      columns: columns + [
        .codes(
          codes.map {
            regionOfCode.indices.contains(Int($0)) ? regionOfCode[Int($0)] : missingCode
          },
          dictionary: unified.texts
        )
      ],
      rowCount: rowCount
    )
  }
}
