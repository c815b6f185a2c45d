import PipelineFile
import Statistics
import Tabular

/// Moves the figures of a table by what the keys of the persons behind them draw.
///
/// The same set is moved alike in every table and night of a release (Fraser and Wooton, 2005). All
/// that protection decides it decides by counts as they are moved: a figure tells no more of who is
/// behind it than they do. Below the minimum they are hidden, and so is what has no set.
struct Perturbation {
  private let noise: NoiseTable
  let rule: MinimumRule
  /// In millionths of the largest contribution.
  private let ofLargest: Int64
  let table: CellTable
  /// One a cell: all its persons, moved.
  let persons: [Int64]

  /// - Returns: nil where the policy moves nothing.
  /// - Throws: `noise`.
  init?(_ table: CellTable, _ policy: Protection) throws(DisclosureControlError) {
    guard case .cellKey(let asked) = policy.method else { return nil }
    let noise = try NoiseTable(asked)
    self.noise = noise
    rule = MinimumRule(minimum: policy.minimum)
    ofLargest = asked.ofLargest
    self.table = table
    persons = zip(table.persons, table.sets).map { $0 + noise.move(of: $0, at: $1.countDraw) }
  }

  /// The figure as it is shown; one that is made of others is hidden until they are.
  ///
  /// - Throws: `overflow` for a mean that 64 bits cannot hold.
  func figure(
    _ figure: CellTable.Figure,
    _ levels: [Confidence]
  ) throws(DisclosureControlError) -> ProtectedTable.Figure {
    switch figure.kind {
    case .count: return counted(figure, figure.values) { isHidden(count: $0, cell: $1) }
    case .part:
      // Of whom it is unknown there is no set: that column stays empty.
      let nobody = table.persons.map { _ in CellMark.hidden }
      return part(figure, figure.values).adding(figure.companions.map { hiding($0, nobody) })
    case .sum:
      let count = counted(figure, figure.contributors) { isHidden(count: $0, cell: $1) }
      let sum = summed(figure, over: count)
      return sum.adding([hiding(.persons(count.values), sum.marks)])
    case .mean(let known, let spread):
      let count = part(figure, known)
      return try Quotient(summed(figure, over: count), per: 1, by: count, coarser(spread))
        .figure(named: figure.name, levels, beside: [.persons(count.values)])
    case .quantile(let known): return quantile(figure, part(figure, known))
    case .open:
      return shown(figure) { cell in
        isHidden(count: 0, cell: cell) ? nil : (figure.values[cell], mark(of: figure, cell: cell))
      }
    case .group, .quotient, .ratio, .fitted: return shown(figure) { _ in nil }
    }
  }

  private func moved(_ count: Int64, _ set: SetKey) -> Int64 {
    count + noise.move(of: count, at: set.countDraw)
  }

  private func isHidden(count: Int64, cell: Int) -> Bool {
    rule.isSensitive(count: count, persons: persons[cell])
  }

  private func counted(
    _ figure: CellTable.Figure,
    _ counts: [Int64],
    isHidden: (_ moved: Int64, _ cell: Int) -> Bool
  ) -> ProtectedTable.Figure {
    shown(figure) { cell in
      let count = moved(counts[cell], figure.sets[cell])
      return isHidden(count, cell) ? nil : (count, .changed)
    }
  }

  /// Some persons of the cell: whom it leaves out are a cell too.
  private func part(_ figure: CellTable.Figure, _ counts: [Int64]) -> ProtectedTable.Figure {
    counted(figure, counts) { count, cell in
      let rest = moved(table.persons[cell] - counts[cell], table.sets[cell] &- figure.sets[cell])
      return isHidden(count: count, cell: cell) || isHidden(count: rest, cell: cell)
    }
  }

  /// A sum X as X + δx₁v; 0 of nobody, as moved.
  private func summed(
    _ figure: CellTable.Figure,
    over count: ProtectedTable.Figure
  ) -> ProtectedTable.Figure {
    shown(figure) { cell in
      if count.marks[cell] == .hidden || figure.largest.isEmpty { return nil }
      if figure.values[cell] == missingInteger { return (missingInteger, .missing) }
      if count.values[cell] == 0 { return (0, .changed) }
      return moved(sum: figure, cell).map { ($0, .changed) }
    }
  }

  /// A sum moved by a part of its largest contribution (Gießing and Tent, 2019).
  ///
  /// Uniformly within δ of it; where the others hold too little beside the largest two, between δ and
  /// 2δ. Nil where 64 bits cannot hold it.
  private func moved(sum figure: CellTable.Figure, _ cell: Int) -> Int64? {
    let (largest, second) = (Int128(figure.largest[0][cell]), Int128(figure.largest[1][cell]))
    let value = Int128(figure.values[cell])
    // v is a step of 2⁻³²: 2u−1, or 2u−2 below a half and 2u from there.
    let draw = Int128(figure.sets[cell].sumDraw)
    let others = Int128(value.magnitude) - largest - second
    let half: Int128 = 1 << 31
    let step =
      others * 1_000_000 < Int128(ofLargest) * largest
      ? 2 * draw - (draw < half ? 4 * half : 0) : 2 * draw - 2 * half
    return rounded(Int128(ofLargest) * largest * step, dividedBy: 1_000_000 * 2 * half)
      .flatMap { Int64(exactly: value + Int128($0)) }
  }

  /// Three digits, with the minimum on either side.
  private func quantile(
    _ figure: CellTable.Figure,
    _ count: ProtectedTable.Figure
  ) -> ProtectedTable.Figure {
    let value = shown(figure) { cell in
      let value = figure.values[cell]
      if value == missingInteger { return isHidden(count: 0, cell: cell) ? nil : (value, .missing) }
      let side = figure.contributors[cell]
      return count.marks[cell] == .hidden || rule.isSensitive(side: side, persons: persons[cell])
        ? nil : (roundedToThreeDigits(value), .changed)
    }
    return value.adding([hiding(.persons(count.values), value.marks)])
  }

  /// A figure of one cell after the other; nil is hidden, and so is all without sets.
  func shown(
    _ figure: CellTable.Figure,
    _ value: (_ cell: Int) -> (Int64, CellMark)?
  ) -> ProtectedTable.Figure {
    var values = [Int64](repeating: missingInteger, count: table.cellCount)
    var marks = [CellMark](repeating: .hidden, count: table.cellCount)
    let isTold =
      persons.count == table.cellCount && figure.values.count == table.cellCount
      && (figure.sets.count == table.cellCount || !figure.kind.hasSets)
    for cell in isTold ? values.indices : 0..<0 {
      guard let (own, mark) = value(cell) else { continue }
      values[cell] = own
      marks[cell] = mark
    }
    return ProtectedTable.Figure(
      name: figure.name,
      unit: figure.unit,
      values: values,
      marks: marks,
      texts: figure.texts
    )
  }
}

extension CellTable.Figure.Kind {
  /// Whether its values are moved by sets of its own.
  fileprivate var hasSets: Bool {
    switch self {
    case .open, .fitted: false
    case .count, .part, .group, .sum, .mean, .quantile, .quotient, .ratio: true
    }
  }
}
