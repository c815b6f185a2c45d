package import PipelineFile
import Statistics
import Tabular

/// Tells who brings and who takes of what is saved, and what is paid out.
///
/// All is computed of what the protected tables show, and of files that hold no persons: it tells
/// nothing that they do not. A payer brings what it invested, and takes what its costs stay below the
/// baseline; both together are those of the region. The payout is what all payers owe together.
///
/// - Parameters:
///   - table: of `savingsCells`, protected.
///   - savings: what was agreed, and who invested.
///   - quality: the protected tables of progress, in the order of `savings.quality`.
/// - Returns: the same rows, a payer each and then all together.
package func savingsTable(
  _ table: ProtectedTable,
  _ savings: SavingsDefinition,
  quality: [ProtectedTable]
) -> ProtectedTable {
  SavingsTable(table, savings, reached: shareReached(savings, quality)).table()
}

/// The share of targets that were reached in the last period; nil where one cannot be told.
private func shareReached(_ savings: SavingsDefinition, _ tables: [ProtectedTable]) -> Double? {
  guard !tables.isEmpty, tables.count == savings.quality.count else { return nil }
  let reached = tables.map(isReached)
  guard !reached.contains(nil) else { return nil }
  return Double(reached.count { $0 == true }) / Double(reached.count)
}

/// What the verdict of the region in the last period says; nil where it is not shown.
private func isReached(_ progress: ProtectedTable) -> Bool? {
  guard let periods = progress.dimensions.first(where: { $0.name == "period" }),
    let verdict = progress.figures.first(where: { $0.name == "verdict" })
  else { return nil }
  let sides = progress.dimensions.first { $0.name == "side" }
  let last = periods.codes.indices.last { cell in
    Int(periods.codes[cell]) == periods.labels.count - 1
      && sides.map { $0.labels[Int($0.codes[cell])] == "region" } ?? true
  }
  guard let last, verdict.values[last] != missingInteger else { return nil }
  return verdict.texts[Int(verdict.values[last])] == TargetPath.Verdict.reached.rawValue
}

private struct SavingsTable {
  private let cells: ProtectedTable
  private let savings: SavingsDefinition
  private let reached: Double?
  /// Of each cell, what was saved; nil where it is not shown.
  private let found: [Savings?]
  /// Of what is computed of both costs.
  private let marks: [CellMark]

  init(_ cells: ProtectedTable, _ savings: SavingsDefinition, reached: Double?) {
    self.cells = cells
    self.savings = savings
    self.reached = reached
    let (baseline, actual) = (cells.figures[0], cells.figures[1])
    found = (0..<cells.cellCount).map { cell in
      let costs = [baseline, actual].map { $0.values[cell] }
      return costs.contains(missingInteger)
        ? nil
        : Savings(
          baseline: Int(costs[0]),
          actual: Int(costs[1]),
          invested: Int(Self.brings(cell, cells, savings))
        )
    }
    marks = found.indices.map { cell in
      let marks = (baseline.marks[cell], actual.marks[cell])
      if marks.0 == .hidden || marks.1 == .hidden { return .hidden }
      return combined(marks.0, marks.1)
    }
  }

  func table() -> ProtectedTable {
    let all = cells.cellCount - 1
    return ProtectedTable(
      name: cells.name,
      dimensions: cells.dimensions,
      figures: cells.figures + [
        open("brings", .cents, found.indices.map { Self.brings($0, cells, savings) }),
        made("takes", .cents) { $0.saving },
        made("net", .cents) { $0.net },
        made("roi", .millionths) { $0.returnOnInvestment.map { Int(millionths($0)) } },
        open(
          "quality",
          .millionths,
          found.indices.map { $0 == all ? millionths(reached) : missingInteger }
        ),
        payout(of: all),
      ],
      cellCount: cells.cellCount
    )
  }

  /// What a payer invested, or all together.
  private static func brings(
    _ cell: Int,
    _ cells: ProtectedTable,
    _ savings: SavingsDefinition
  ) -> Int64 {
    let invested = savings.invested?.cents ?? [:]
    guard let payers = cells.dimensions.first, payers.codes[cell] != CellTable.total else {
      return invested.values.reduce(0, +)  // whoever read them looked whether that fits
    }
    return invested[payers.labels[Int(payers.codes[cell])]] ?? 0
  }

  private func payout(of all: Int) -> ProtectedTable.Figure {
    let agreement = SavingsAgreement(
      trend: savings.trend,
      corridor: savings.corridor,
      share: savings.share,
      cap: savings.cap
    )
    let paid = made("payout", .cents) { savings in
      reached.flatMap { agreement.payout(of: savings, quality: $0) }
    }
    // It is one sum, whoever pays which part of it.
    return ProtectedTable.Figure(
      name: paid.name,
      unit: paid.unit,
      values: paid.values.indices.map { $0 == all ? paid.values[$0] : missingInteger },
      marks: paid.marks.indices.map { $0 == all ? paid.marks[$0] : .missing }
    )
  }

  private func open(
    _ name: String,
    _ unit: FigureUnit,
    _ values: [Int64]
  ) -> ProtectedTable.Figure {
    ProtectedTable.Figure(
      name: name,
      unit: unit,
      values: values,
      marks: values.map { $0 == missingInteger ? .missing : .none }
    )
  }

  /// What is made of both costs; missing where there is no such number.
  private func made(
    _ name: String,
    _ unit: FigureUnit,
    _ value: (Savings) -> Int?
  ) -> ProtectedTable.Figure {
    let values = found.map { $0.flatMap(value).map { Int64($0) } ?? missingInteger }
    return ProtectedTable.Figure(
      name: name,
      unit: unit,
      values: values,
      marks: values.indices.map { cell in
        values[cell] == missingInteger && marks[cell] != .hidden ? .missing : marks[cell]
      }
    )
  }
}
