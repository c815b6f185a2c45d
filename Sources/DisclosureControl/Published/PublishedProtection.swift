package import Tabular

/// How published tables were protected, as far as their manifest tells.
package struct PublishedProtection: Sendable, Hashable {
  /// Of persons in a cell that is shown; nil where nobody tells.
  package let minimum: Int64?
  package let method: Method

  /// What was done to numbers that bear `~`.
  package enum Method: Sendable, Hashable {
    /// Nobody tells.
    case unknown
    /// Nothing: numbers are as they were counted, or hidden.
    case hiding
    /// The nearest multiple.
    case rounding(base: Int64)
    /// Counts were moved by so much at most.
    case moving(atMost: Int64)
  }

  package init(minimum: Int64?, method: Method) {
    self.minimum = minimum
    self.method = method
  }

  /// Reads what a manifest has; nil for what none has.
  ///
  /// - Parameters:
  ///   - json: its member `protection`.
  ///   - asked: a minimum to use instead.
  package init?(_ json: JSONValue, minimum asked: Int64?) {
    switch json["method"]?.stringValue {
    case "hide", "suppress": method = .hiding
    case "round":
      guard let base = json["base"]?.integerValue, base > 0 else { return nil }
      method = .rounding(base: base)
    case "cell-key":
      guard let atMost = json["at_most"]?.integerValue, atMost >= 0 else { return nil }
      method = .moving(atMost: atMost)
    default: return nil
    }
    minimum = asked ?? json["minimum"]?.integerValue
  }

  /// What a changed count tells.
  func range(ofCount value: Int64) -> KnownRange {
    switch method {
    case .unknown, .hiding: .hidden
    case .rounding(let base): Self.range(of: value, base: base)
    case .moving(let atMost):
      KnownRange(
        // Nobody stays nobody.
        lower: max(value == 0 ? 0 : 1, value.subtractingReportingOverflow(atMost).partialValue),
        upper: value.addingReportingOverflow(atMost).overflow ? nil : value + atMost
      )
    }
  }

  /// What a changed sum tells.
  ///
  /// How far cell keys move a sum is told to nobody.
  func range(ofSum value: Int64, _ unit: FigureUnit) -> KnownRange {
    guard case .rounding(let base) = method else { return KnownRange(lower: nil, upper: nil) }
    let (step, overflow) = base.multipliedReportingOverflow(by: unit.perWhole)
    return overflow ? KnownRange(lower: nil, upper: nil) : Self.range(of: value, base: step)
  }

  /// The numbers whose nearest multiple it is; halfway goes away from zero.
  static func range(of value: Int64, base: Int64) -> KnownRange {
    let far = base / 2
    let near = (base - 1) / 2
    let (below, above) = value > 0 ? (far, near) : value < 0 ? (near, far) : (near, near)
    let (lower, lowerOverflow) = value.subtractingReportingOverflow(below)
    let (upper, upperOverflow) = value.addingReportingOverflow(above)
    return KnownRange(
      lower: lowerOverflow ? nil : lower,
      upper: upperOverflow ? nil : upper
    )
  }
}
