extension ValueType {
  /// As a message names it.
  var name: String {
    switch self {
    case .integer: "a whole number"
    case .decimal: "a decimal number"
    case .money: "an amount of money"
    case .date: "a date"
    case .text: "a text"
    case .boolean: "a condition"
    }
  }

  /// It has no unit.
  var isNumber: Bool { self == .integer || self == .decimal }
  /// It can be added up.
  var isAdditive: Bool { isNumber || self == .money }
  /// One can be less than another.
  var isOrdered: Bool { isAdditive || self == .date }
}
