/// How much of a birth date is known.
enum BirthDatePrecision: UInt8, Comparable {
  case year = 0
  case month = 1
  case day = 2

  /// As the truth tells it: the smallest part that is known.
  var word: String {
    switch self {
    case .year: "year"
    case .month: "month"
    case .day: "day"
    }
  }

  static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
