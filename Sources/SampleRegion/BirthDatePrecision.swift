/// How much of a birth date is known.
enum BirthDatePrecision: UInt8, Comparable {
  case year = 0
  case month = 1
  case day = 2

  static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
