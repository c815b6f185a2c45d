import PipelineFile
import Tabular

/// Figures of a moved table of which a few persons have changed since they were told.
///
/// A set that drifts draws afresh: the mean of many nights would tell the number. So what was told stays
/// until enough persons differ.
struct DriftingFigures {
  /// By figure, one a cell.
  private(set) var isDrifting: [[Bool]]

  /// - Parameters:
  ///   - table: as it was counted.
  ///   - earlier: releases of earlier nights.
  ///   - minimum: of persons who differ.
  init(_ table: CellTable, since earlier: [EarlierRelease], minimum: Int64) {
    isDrifting = table.figures.map { _ in [Bool](repeating: false, count: table.cellCount) }
    let now = Quantity.quantities(of: table)
    for release in earlier {
      for (before, seen) in zip(release.tables, release.seen)
      where before.name == table.name && before.scope == table.scope
        && before.days.overlaps(table.days)
      {
        let places = CellPlaces(of: before.dimensions).places(
          of: table.dimensions,
          cellCount: table.cellCount
        )
        let old = Quantity.quantities(of: before)
        for ((place, quantity), (other, seen)) in zip(now, zip(old, seen))
        where place == other.place && quantity.identity == other.quantity.identity {
          let version = Version(other.quantity, seen: seen, isJoinable: release.isJoinable)
          let cells = places.indices.filter { cell in
            places[cell] >= 0
              && version.isDrifting(Int(places[cell]), to: quantity, cell, minimum: minimum)
          }
          note(cells, place, table)
        }
      }
    }
    for (number, figure) in table.figures.enumerated() {
      for part in Self.parts(of: figure) where isDrifting.indices.contains(part) {
        for cell in isDrifting[part].indices where isDrifting[part][cell] {
          isDrifting[number][cell] = true
        }
      }
    }
  }

  private mutating func note(_ cells: [Int], _ place: Quantity.Place, _ table: CellTable) {
    let figures: [Int]
    switch place {
    case .persons: figures = table.figures.indices.filter { table.figures[$0].kind == .count }
    case .value(let figure), .behind(let figure), .companion(let figure, _): figures = [figure]
    }
    for figure in figures {
      for cell in cells { isDrifting[figure][cell] = true }
    }
  }

  /// The figures that one is made of.
  private static func parts(of figure: CellTable.Figure) -> [Int] {
    switch figure.kind {
    case .quotient(let of, _, let by, _): [of, by]
    case .ratio(let of, _, _): [of]
    case .fitted(let parts): parts
    case .count, .part, .group, .sum, .mean, .quantile, .open: []
    }
  }

  /// A number as it was counted on an earlier night.
  private struct Version {
    let quantity: Quantity
    let seen: [Bool]
    let isJoinable: Bool

    init(_ quantity: Quantity, seen: [Bool], isJoinable: Bool) {
      (self.quantity, self.seen, self.isJoinable) = (quantity, seen, isJoinable)
    }

    /// Whether it was told, and few differ.
    func isDrifting(
      _ cell: Int,
      to later: Quantity,
      _ laterCell: Int,
      minimum: Int64
    ) -> Bool {
      guard seen.indices.contains(cell), seen[cell], quantity.contributors[cell] > 0 else {
        return false
      }
      let (before, after) = (quantity.powerSums(of: cell), later.powerSums(of: laterCell))
      if isJoinable, !before.isEmpty, before.count == after.count {
        let changed = Int64(ChangedPersons(from: before, to: after).count)
        return 0 < changed && changed < minimum
      }
      let difference = later.values[laterCell].subtractingReportingOverflow(quantity.values[cell])
      if difference.partialValue == 0 { return false }
      // Of amounts it is not known how many differ.
      return later.kind == .sum || difference.partialValue.magnitude < UInt64(minimum)
    }
  }
}
