import PipelineFile
import Statistics
import Tabular

/// Standardised rates, told in as few digits as it takes.
extension TableProtection {
  /// What may be seen of a rate, by the pattern of a release.
  ///
  /// Where each cell is looked at by itself it is told as it is, and in few digits where all numbers are
  /// rounded.
  private func state(_ figure: Int, _ cell: Int) -> RateConstraints.RateState {
    guard let pattern = hiding.pattern else { return isRounding ? .rounded : .exact }
    return pattern.suppression.rateState(table: pattern.table, figure: figure, cell: cell)
      ?? .rounded
  }

  private var isRounding: Bool { if case .round = policy.method { true } else { false } }

  /// What is expected of each cell, as it is told.
  ///
  /// - Parameters:
  ///   - expected: of each cell, in events.
  ///   - figure: the place of the ratio that it is of.
  /// - Returns: one a cell.
  func told(_ expected: [Double], of figure: Int) -> [ToldExpectation] {
    expected.enumerated().map { cell, number in
      switch state(figure, cell) {
      case .hidden: .hidden
      case .exact: .asItIs(number)
      case .rounded:
        .rounded(Double(RateRounding.rate(millionths(number), ofEvents: number)) / 1_000_000)
      }
    }
  }

  /// A rate by direct standardisation, or what is expected; hidden where one of its parts is.
  ///
  /// Its limits are made of the rate and of their width for one event, as both are told.
  ///
  /// - Parameters:
  ///   - figure: as it was computed.
  ///   - place: of the figure.
  ///   - parts: what is counted, and who could be, as they are shown.
  /// - Returns: one value and one mark a cell.
  func standardised(
    _ figure: CellTable.Figure,
    _ place: Int,
    of parts: [ProtectedTable.Figure]
  ) -> ProtectedTable.Figure {
    var values = [Int64](repeating: missingInteger, count: figure.values.count)
    var marks = [CellMark](repeating: .hidden, count: figure.values.count)
    var limits = figure.companions.map(\.values)
    for cell in figure.values.indices {
      let state = state(place, cell)
      guard state != .hidden, parts.allSatisfy({ $0.marks[cell] != .hidden }) else { continue }
      let value = figure.values[cell]
      marks[cell] = mark(of: figure, cell: cell)
      values[cell] = value
      guard state == .rounded, value != missingInteger else { continue }
      if marks[cell] == .none { marks[cell] = .changed }
      // Without parts it is what is expected.
      let observed = parts.first?.values[cell]
      values[cell] = RateRounding.rate(
        value,
        ofEvents: observed.map(Double.init) ?? Double(value) / 1_000_000
      )
      guard let observed else { continue }
      for (number, level) in levels.enumerated() where 2 * number + 1 < limits.count {
        let interval = interval(
          of: values[cell],
          width: limits[2 * number + 1][cell].subtractingReportingOverflow(value).partialValue,
          observed: Int(observed),
          level
        )
        limits[2 * number][cell] = interval.lower
        limits[2 * number + 1][cell] = interval.upper
      }
    }
    return ProtectedTable.Figure(
      name: figure.name,
      unit: figure.unit,
      values: values,
      marks: marks,
      companions: zip(figure.companions, limits).map { companion, values in
        DisclosureControl.hiding(
          CellTable.Companion(suffix: companion.suffix, unit: companion.unit, values: values),
          marks
        )
      }
    )
  }

  /// The limits of a rate as it is told, in few digits themselves.
  ///
  /// - Parameters:
  ///   - value: the rate, in millionths.
  ///   - width: from the rate as it is to its upper limit, in millionths.
  ///   - observed: events.
  ///   - level: of the limits.
  /// - Returns: in millionths.
  private func interval(
    of value: Int64,
    width: Int64,
    observed: Int,
    _ level: Confidence
  ) -> (lower: Int64, upper: Int64) {
    let above = poissonInterval(observed: observed, level).upper - Double(observed)
    let ofOne = Int64(exactly: (Double(width) / above).rounded()) ?? 0
    let limits = DirectRate.interval(
      of: Double(value),
      width: Double(RateRounding.width(ofOne)),
      observed: observed,
      level
    )
    func told(_ limit: Double) -> Int64 {
      roundedToThreeDigits(Int64(exactly: limit.rounded()) ?? missingInteger)
    }
    return (told(limits.lower), told(limits.upper))
  }
}

/// What is told of an expected number of events.
enum ToldExpectation {
  case hidden
  case asItIs(Double)
  case rounded(Double)

  /// Nil where nothing is told.
  var value: Double? {
    switch self {
    case .hidden: nil
    case .asItIs(let value), .rounded(let value): value
    }
  }

  var isRounded: Bool { if case .rounded = self { true } else { false } }
}
