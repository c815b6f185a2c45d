package import PipelineFile
import Statistics
package import Tabular

/// Lays a protected table out as indicators of the Triple Aim: a row for each cell and indicator.
///
/// It only moves what is shown already, so it tells nothing new. The region is the cell of all
/// totals. A verdict is given where the limits of a cell exclude the region's value: `better` or
/// `worse`, else `as the region`. An aim without indicators has a row that says `no source`.
struct LensTable {
  private let table: ProtectedTable
  /// All persons of each cell; nil when no measure counts them.
  private let persons: ProtectedTable.Figure?
  /// In the order of the rows: by aim, then by name.
  private let rows: [(aim: String, indicator: Indicator?)]
  private let region: Int?

  private struct Indicator {
    let name: String
    let better: Lens.Direction
    let figure: ProtectedTable.Figure
    /// The persons of whom it is known; nil of what is known of everybody.
    let known: [Int64]?
  }

  /// - Parameters:
  ///   - lenses: by aim; a measure that the table lacks is left out.
  ///   - cells: before protection.
  ///   - table: the same, protected.
  init(_ lenses: [Lens], _ cells: CellTable, _ table: ProtectedTable) {
    self.table = table
    let persons = cells.figures.first { $0.kind == .count }.flatMap { count in
      table.figures.first { $0.name == count.name }
    }
    self.persons = persons
    rows = lenses.sorted { $0.aim.rawValue < $1.aim.rawValue }.flatMap { lens in
      let indicators = lens.indicators.sorted {
        $0.measure.utf8.lexicographicallyPrecedes($1.measure.utf8)
      }
      let found = indicators.compactMap { measure, better -> Indicator? in
        guard let figure = table.figures.first(where: { $0.name == measure }) else { return nil }
        return Indicator(
          name: measure,
          better: better,
          figure: figure,
          known: Self.known(measure, cells, table, of: persons)
        )
      }
      let rows = found.map { (aim: lens.aim.rawValue, indicator: Optional($0)) }
      return rows.isEmpty ? [(lens.aim.rawValue, nil)] : rows
    }
    region = (0..<cells.cellCount).first { cell in
      cells.dimensions.allSatisfy { $0.codes[cell] == CellTable.total }
    }
  }

  /// The persons of each cell of whom a measure is known, as far as they are shown.
  private static func known(
    _ name: String,
    _ cells: CellTable,
    _ table: ProtectedTable,
    of persons: ProtectedTable.Figure?
  ) -> [Int64]? {
    guard let place = cells.figures.firstIndex(where: { $0.name == name }) else { return nil }
    let asked: Int
    switch cells.figures[place].kind {
    case .mean, .quantile:
      return table.figures[place].companions.first { $0.suffix == "_n" }?.values
    case .part: asked = place
    case .quotient(let of, _, _, _), .ratio(let of, _, _): asked = of
    case .fitted(let parts): asked = parts.first ?? place
    case .count, .group, .sum, .open: return nil
    }
    guard table.figures.indices.contains(asked), let persons,
      let unknown = table.figures[asked].companions.first(where: { $0.suffix == "_unknown" })
    else { return nil }
    return zip(persons.values, unknown.values).map { persons, unknown in
      [persons, unknown].contains(missingInteger) ? missingInteger : persons - unknown
    }
  }

  func table(named name: String) -> ProtectedTable {
    let aims = Lens.Aim.allCases.map(\.rawValue).sorted()
    let names = Set(rows.compactMap(\.indicator?.name)).union([""]).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    let dimensions = table.dimensions.map { dimension in
      CellTable.Dimension(
        name: dimension.name,
        labels: dimension.labels,
        codes: dimension.codes.flatMap { [Int32](repeating: $0, count: rows.count) }
      )
    }
    let lens = rows.map { row in Int32(aims.firstIndex(of: row.aim) ?? 0) }
    let indicator = rows.map { row in
      Int32(names.firstIndex(of: row.indicator?.name ?? "") ?? 0)
    }
    let repeated = 0..<table.cellCount
    return ProtectedTable(
      name: name,
      dimensions: dimensions + [
        CellTable.Dimension(name: "lens", labels: aims, codes: repeated.flatMap { _ in lens }),
        CellTable.Dimension(
          name: "indicator",
          labels: names,
          codes: repeated.flatMap { _ in indicator }
        ),
      ],
      figures: figures(),
      cellCount: table.cellCount * rows.count
    )
  }

  private func figures() -> [ProtectedTable.Figure] {
    var values: [Int64] = []
    var marks: [CellMark] = []
    var region: [Int64] = []
    var verdicts: [Int64] = []
    var responses: [Int64] = []
    let suffixes = rows.compactMap(\.indicator).flatMap { $0.figure.limits.map(\.suffix) }
    let limitNames = suffixes.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    var limits = [[Int64]](repeating: [], count: limitNames.count)
    for cell in 0..<table.cellCount {
      for row in rows {
        guard let indicator = row.indicator else {
          values.append(missingInteger)
          marks.append(.missing)
          region.append(missingInteger)
          responses.append(missingInteger)
          verdicts.append(Int64(Self.verdicts.count - 1))
          for limit in limits.indices { limits[limit].append(missingInteger) }
          continue
        }
        let figure = indicator.figure
        let usual = self.region.map { inMillionths(figure.values[$0], figure.unit) }
        values.append(inMillionths(figure.values[cell], figure.unit))
        marks.append(figure.marks[cell])
        region.append(usual ?? missingInteger)
        verdicts.append(verdict(indicator, cell: cell, usual: usual ?? missingInteger))
        responses.append(response(indicator, cell: cell))
        for (limit, name) in limitNames.enumerated() {
          let beside = figure.companions.first { $0.suffix == name }
          limits[limit].append(beside?.values[cell] ?? missingInteger)
        }
      }
    }
    let companions = zip(limitNames, limits).map {
      CellTable.Companion(suffix: $0, unit: .millionths, values: $1)
    }
    // What stands beside a value has no mark of its own: it is empty where it is not shown.
    let none = [CellMark](repeating: .none, count: values.count)
    return [
      ProtectedTable.Figure(
        name: "value",
        unit: .millionths,
        values: values,
        marks: marks,
        companions: companions
      ),
      ProtectedTable.Figure(name: "region", unit: .millionths, values: region, marks: none),
      ProtectedTable.Figure(
        name: "verdict",
        unit: .text,
        values: verdicts,
        marks: none,
        texts: Self.verdicts
      ),
      ProtectedTable.Figure(name: "response", unit: .millionths, values: responses, marks: none),
    ]
  }

  private static let verdicts = ["better", "worse", "as the region", "no source"]

  private func verdict(_ indicator: Indicator, cell: Int, usual: Int64) -> Int64 {
    let limits = indicator.figure.limits.prefix(2).map { $0.values[cell] }
    guard cell != region, usual != missingInteger, limits.count == 2,
      !limits.contains(missingInteger)
    else { return missingInteger }
    if limits[0] <= usual, usual <= limits[1] { return 2 }
    let isHigher = limits[0] > usual
    return isHigher == (indicator.better == .higher) ? 0 : 1
  }

  /// The share of the cell's persons of whom something is known; where the table counts them, and
  /// both are shown.
  private func response(_ indicator: Indicator, cell: Int) -> Int64 {
    guard indicator.figure.marks[cell] != .hidden, let known = indicator.known?[cell],
      known != missingInteger, let persons = persons?.values[cell], persons > 0
    else { return missingInteger }
    return millionths(Double(known) / Double(persons))
  }

  private func inMillionths(_ value: Int64, _ unit: FigureUnit) -> Int64 {
    guard value != missingInteger else { return missingInteger }
    let scale: Int64 =
      switch unit {
      case .millionths: 1
      case .tenThousandths: 100
      case .number, .cents, .text: 1_000_000
      }
    let (product, overflow) = value.multipliedReportingOverflow(by: scale)
    return overflow ? missingInteger : product
  }
}

extension ProtectedTable.Figure {
  /// The limits among what stands beside it, those of the first level first.
  fileprivate var limits: [CellTable.Companion] {
    companions.filter { $0.suffix.hasPrefix("_lower") || $0.suffix.hasPrefix("_upper") }
  }
}

/// Lays a protected table out as its definition tells.
///
/// - Parameters:
///   - table: protected.
///   - cells: what it was made from.
///   - content: of the table; measures stay as they are.
/// - Returns: a table of the same name.
package func laidOut(
  _ table: ProtectedTable,
  of cells: CellTable,
  as content: TableContent
) -> ProtectedTable {
  switch content {
  case .lenses(_, let lenses): LensTable(lenses, cells, table).table(named: table.name)
  case .measures, .value, .segmentsReport, .hotSpots, .strata, .progress, .benchmark,
    .savings:
    table
  }
}
