import PipelineFile

@testable import Tabular

/// What an outcome costs, added up person by person.
struct PlainValueTable {
  let plain: PlainTables
  let value: ValueDefinition
  let minimum: Int
  let levels: [Double]

  /// By name; nil where it is hidden.
  func figures(of persons: [Int]) -> [String: PlainFigure?] {
    var known: [(outcome: Double, cost: Double)] = []
    var rest: [Double] = []
    for person in persons {
      guard let cost = number(value.cost, person) else { continue }
      if let outcome = number(value.outcome, person) {
        known.append((outcome, cost))
      } else {
        rest.append(cost)
      }
    }
    let knownAreShown = isShown(known.count, of: persons.count)
    let restAreShown = isShown(rest.count, of: persons.count)
    func mean(_ numbers: [Double]) -> PlainFigure {
      let sum = numbers.reduce(0, +)
      return PlainFigure(
        value: numbers.isEmpty ? nil : sum / Double(numbers.count) * 1_000_000,
        unit: 1_000_000
      )
    }
    return [
      "n": knownAreShown ? PlainFigure(value: Double(known.count)) : nil,
      "outcome": knownAreShown ? mean(known.map(\.outcome)) : nil,
      "cost": knownAreShown ? mean(known.map(\.cost)) : nil,
      "value": knownAreShown ? ratio(known) : nil,
      "without_outcome": restAreShown ? PlainFigure(value: Double(rest.count)) : nil,
      "cost_without_outcome": restAreShown ? mean(rest) : nil,
    ]
  }

  /// R = ō/c̄, Var R = (s_o² + R²s_c² − 2R·s_oc)/(n·c̄²).
  private func ratio(_ known: [(outcome: Double, cost: Double)]) -> PlainFigure {
    let n = Double(known.count)
    let outcome = known.reduce(0) { $0 + $1.outcome } / n
    let cost = known.reduce(0) { $0 + $1.cost } / n
    let none = PlainFigure(value: nil, unit: 1_000_000, limits: levels.map { _ in nil })
    guard n > 0, cost != 0 else { return none }
    let ratio = outcome / cost
    var (outcomes, costs, both) = (0.0, 0.0, 0.0)
    for person in known {
      outcomes += (person.outcome - outcome) * (person.outcome - outcome)
      costs += (person.cost - cost) * (person.cost - cost)
      both += (person.outcome - outcome) * (person.cost - cost)
    }
    let variance =
      (outcomes + ratio * ratio * costs - 2 * ratio * both) / (n - 1) / (n * cost * cost)
    let scale = Double(value.per)
    return PlainFigure(
      value: ratio * scale * 1_000_000,
      unit: 1_000_000,
      limits: levels.map { level in
        guard n > 1 else { return nil }
        // Persons who are alike have a variance of nought, give or take a rounding.
        let width = PlainLimits.z(level) * max(0, variance).squareRoot()
        return PlainLimits(lower: ratio - width, upper: ratio + width).scaled(by: scale)
      }
    )
  }

  /// Money in euros.
  private func number(_ typed: TypedExpression, _ person: Int) -> Double? {
    switch plain.measured(typed, person) {
    case .integer(let number): typed.type == .money ? Double(number) / 100 : Double(number)
    case .decimal(let number): (number * 10_000).rounded() / 10_000
    default: nil
    }
  }

  private func isShown(_ part: Int, of persons: Int) -> Bool {
    ![persons, part, persons - part].contains { 0 < $0 && $0 < minimum }
  }
}
