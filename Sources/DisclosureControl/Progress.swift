package import PipelineFile
package import Statistics
import Tabular

/// Puts the tables of single periods together, and tells how a rate does.
///
/// All that is added is computed of what the tables show: it tells nothing that they do not. The path
/// begins at the mean of the periods before the change; a verdict looks at the whole interval; the
/// effect is the change since the periods before, taken together, for that of the comparator.
///
/// - Parameters:
///   - name: of the table.
///   - progress: what it tells.
///   - tables: of `AggregateStage.counting(progressOf:)`, protected; one a period, in that order.
///   - levels: of the limits; the first is that of the verdict.
/// - Returns: a row a period, and with a comparator one for each side.
package func progressTable(
  named name: String,
  _ progress: ProgressDefinition,
  of tables: [ProtectedTable],
  levels: [Confidence]
) -> ProtectedTable {
  ProgressTable(name: name, progress, tables, levels).table()
}

private struct ProgressTable {
  /// A row: a cell of the table of a period.
  private struct Row {
    let period: Int
    let isComparator: Bool
    let cell: Int
  }

  private let name: String
  private let progress: ProgressDefinition
  private let tables: [ProtectedTable]
  private let levels: [Confidence]
  private let rows: [Row]

  init(
    name: String,
    _ progress: ProgressDefinition,
    _ tables: [ProtectedTable],
    _ levels: [Confidence]
  ) {
    self.name = name
    self.progress = progress
    self.tables = tables
    self.levels = levels
    rows = tables.enumerated().flatMap { period, table in
      [true, false].compactMap { isComparator in
        Self.cell(of: table, isComparator: isComparator).map {
          Row(period: period, isComparator: isComparator, cell: $0)
        }
      }
    }
  }

  func table() -> ProtectedTable {
    ProtectedTable(
      name: name,
      dimensions: dimensions,
      figures: counted + told,
      cellCount: rows.count
    )
  }

  private static func cell(of table: ProtectedTable, isComparator: Bool) -> Int? {
    guard let dimension = table.dimensions.first,
      let label = dimension.labels.firstIndex(of: isComparator ? "yes" : "no")
    else { return nil }
    return dimension.codes.firstIndex(of: Int32(label))
  }

  private var dimensions: [CellTable.Dimension] {
    let periods = CellTable.Dimension(
      name: "period",
      labels: progress.periods.map(\.label),
      codes: rows.map { Int32($0.period) }
    )
    guard progress.comparator != nil else { return [periods] }
    let sides = CellTable.Dimension(
      name: "side",
      labels: ["comparator", "region"],
      codes: rows.map { $0.isComparator ? 0 : 1 }
    )
    return [periods, sides]
  }

  /// The figures of the tables, row by row.
  private var counted: [ProtectedTable.Figure] {
    (tables.first?.figures ?? []).enumerated().map { place, first in
      ProtectedTable.Figure(
        name: first.name,
        unit: first.unit,
        values: rows.map { tables[$0.period].figures[place].values[$0.cell] },
        marks: rows.map { tables[$0.period].figures[place].marks[$0.cell] },
        companions: first.companions.enumerated().map { number, companion in
          CellTable.Companion(
            suffix: companion.suffix,
            unit: companion.unit,
            values: rows.map {
              tables[$0.period].figures[place].companions[number].values[$0.cell]
            }
          )
        }
      )
    }
  }

  /// What is told of them.
  private var told: [ProtectedTable.Figure] {
    (progress.target.map { toTarget($0) } ?? []) + (progress.comparator == nil ? [] : [effect])
  }

  private func toTarget(_ target: ProgressDefinition.Target) -> [ProtectedTable.Figure] {
    let before = rows.filter { $0.period < progress.changed && !$0.isComparator }.map {
      rate(of: $0)
    }
    let shown = before.compactMap(\.self)
    let path =
      shown.isEmpty || shown.count < before.count
      ? nil
      : TargetPath(
        baseline: shown.reduce(0, +) / Double(shown.count),
        target: target.value,
        periods: target.due,
        better: target.isLowerBetter ? .lower : .higher
      )
    let words = [TargetPath.Verdict.behind, .onCourse, .reached]
    var values: [Int64] = []
    var verdicts: [Int64] = []
    for row in rows {
      let elapsed = row.period - progress.changed
      guard let path, elapsed >= 0, !row.isComparator else {
        values.append(missingInteger)
        verdicts.append(missingInteger)
        continue
      }
      values.append(millionths(path.value(after: elapsed)))
      let verdict = rate(of: row).map {
        path.verdict($0, limits(of: row) ?? Interval(lower: $0, upper: $0), after: elapsed)
      }
      verdicts.append(verdict.flatMap(words.firstIndex).map { Int64($0) } ?? missingInteger)
    }
    return [
      figure("path", values),
      ProtectedTable.Figure(
        name: "verdict",
        unit: .text,
        values: verdicts,
        marks: verdicts.map { $0 == missingInteger ? .missing : .none },
        texts: words.map(\.rawValue)
      ),
    ]
  }

  /// (A₁/A₀)/(B₁/B₀) of the rates, and its limits; those of amounts of money are not known.
  private var effect: ProtectedTable.Figure {
    let region = before(isComparator: false)
    let comparator = before(isComparator: true)
    let changes = rows.map { row -> ComparedChange? in
      guard row.period >= progress.changed, !row.isComparator, let region, let comparator,
        let other = rows.first(where: { $0.period == row.period && $0.isComparator }),
        let after = counts(of: row), let otherAfter = counts(of: other)
      else { return nil }
      return ComparedChange(
        before: .init(events: region.events, per: region.base),
        after: .init(events: after.events, per: after.base),
        comparatorBefore: .init(events: comparator.events, per: comparator.base),
        comparatorAfter: .init(events: otherAfter.events, per: otherAfter.base)
      )
    }
    let hasLimits = progress.parts.first?.kind.isOfEvents == true
    return figure(
      "effect",
      changes.map { $0.map { millionths($0.effect) } ?? missingInteger },
      limitColumns(levels, cellCount: rows.count) { row, level in
        hasLimits ? changes[row]?.interval(level) : nil
      }
    )
  }

  /// The periods before the change, taken together; nil when one of them is not shown.
  private func before(isComparator: Bool) -> (events: Int, base: Double)? {
    var sum = (events: 0, base: 0.0)
    for row in rows where row.period < progress.changed && row.isComparator == isComparator {
      guard let counts = counts(of: row) else { return nil }
      let (events, overflow) = sum.events.addingReportingOverflow(counts.events)
      if overflow { return nil }
      sum = (events, sum.base + counts.base)
    }
    return sum
  }

  /// What the rate divides; nil where it is not shown.
  private func counts(of row: Row) -> (events: Int, base: Double)? {
    guard let events = shown(0, row), let base = shown(1, row), events >= 0 else { return nil }
    let unit = tables[row.period].figures[1].unit
    return (Int(events), Double(base) / Double(unit.perWhole))
  }

  private func rate(of row: Row) -> Double? { shown(2, row).map { Double($0) / 1_000_000 } }

  private func limits(of row: Row) -> Interval? {
    let companions = tables[row.period].figures[2].companions
    let limits = ["_lower", "_upper"].compactMap { suffix -> Double? in
      guard let value = companions.first(where: { $0.suffix == suffix })?.values[row.cell],
        value != missingInteger
      else { return nil }
      return Double(value) / 1_000_000
    }
    return limits.count == 2 ? Interval(lower: limits[0], upper: limits[1]) : nil
  }

  private func shown(_ figure: Int, _ row: Row) -> Int64? {
    let figures = tables[row.period].figures
    guard figures.indices.contains(figure), figures[figure].marks[row.cell] != .hidden,
      figures[figure].values[row.cell] != missingInteger
    else { return nil }
    return figures[figure].values[row.cell]
  }

  private func figure(
    _ name: String,
    _ values: [Int64],
    _ companions: [CellTable.Companion] = []
  ) -> ProtectedTable.Figure {
    ProtectedTable.Figure(
      name: name,
      unit: .millionths,
      values: values,
      marks: values.map { $0 == missingInteger ? .missing : .none },
      companions: companions
    )
  }
}
