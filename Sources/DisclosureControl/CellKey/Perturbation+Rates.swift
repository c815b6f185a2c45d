import Glibc
import Tabular

/// What is computed of all persons of a cell before they are moved.
///
/// It would tell the counts that it is made of: of one stratum, a rate is the true quotient. So it
/// moves as they do, and keeps three digits.
extension Perturbation {
  /// A standardised rate moves as the crude one; of fewer than ten times the minimum nothing is fitted.
  ///
  /// - Parameters:
  ///   - figure: the rate, its limits beside it.
  ///   - parts: the places of those who are counted, and of all.
  ///   - shown: both as they are moved; where one is hidden, so is the rate.
  /// - Returns: hidden in every cell of a figure that is made otherwise.
  func fitted(
    _ figure: CellTable.Figure,
    of parts: [Int],
    shown: [ProtectedTable.Figure]
  ) -> ProtectedTable.Figure {
    let scales = (0..<table.cellCount).map { cell -> Double? in
      guard parts.count == 2, persons.indices.contains(cell),
        persons[cell] / 10 >= rule.minimum,
        shown.allSatisfy({ $0.marks[cell] != .hidden })
      else { return nil }
      let moves = zip(parts, shown).map { place, moved in
        let value = table.figures[place].values[cell]
        return value == 0 ? 1 : Double(moved.values[cell]) / Double(value)
      }
      return moves[1] == 0 ? nil : moves[0] / moves[1]
    }
    func moved(_ value: Int64, _ cell: Int) -> Int64 {
      guard let scale = scales[cell], value != missingInteger else { return missingInteger }
      let moved = threeDigits(Double(value) * scale)
      return abs(moved) < 9e18 ? Int64(moved.rounded()) : missingInteger
    }
    let rate = self.shown(figure) { cell in
      guard scales[cell] != nil else { return nil }
      let own = mark(of: figure, cell: cell)
      return (moved(figure.values[cell], cell), own == .none ? .changed : own)
    }
    return rate.adding(
      figure.companions.map { companion in
        let values = companion.values.indices.map { moved(companion.values[$0], $0) }
        return hiding(
          CellTable.Companion(suffix: companion.suffix, unit: companion.unit, values: values),
          rate.marks
        )
      }
    )
  }

  /// What is expected moves as all persons of the cell do.
  func moved(expected: [Double]) -> [Double] {
    guard persons.count == expected.count else { return expected.map { _ in 0 } }
    return expected.indices.map { cell in
      table.persons[cell] == 0
        ? expected[cell]
        : threeDigits(expected[cell] * Double(persons[cell]) / Double(table.persons[cell]))
    }
  }

  /// What limits are made of, in three digits.
  func coarser(_ spread: CellTable.Figure.Spread) -> CellTable.Figure.Spread {
    switch spread {
    case .unknown, .share, .persons: spread
    case .events(let variances): .events(variances.map(threeDigits))
    case .deviations(let deviations): .deviations(deviations.map(threeDigits))
    }
  }
}

/// The nearest number of three significant digits; what is no number, and 0, stay.
private func threeDigits(_ number: Double) -> Double {
  guard number.isFinite, number != 0 else { return number }
  let scale = pow(10, log10(abs(number)).rounded(.down) - 2)
  return (number / scale).rounded() * scale
}
