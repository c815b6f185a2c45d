/// What may be wrong with a claim.
enum CareFault: String {
  case bsnMissing = "bsn-missing"
  /// One digit is another: the eleven-test fails.
  case bsnMistyped = "bsn-wrong-fails-test"
  /// Passes the eleven-test and belongs to nobody.
  case bsnOfNobody = "bsn-wrong-passes-test"
  /// Day 32: the row is rejected.
  case dayOutsideCalendar = "date-faulty"
  /// A letter in the amount: the row is rejected.
  case amountNotNumber = "amount-faulty"

  /// The fault of a row; nearly all have none.
  init?(seed: UInt64, row: Int) {
    var random = RandomStream(seed, .careFault, row)
    switch random.below(20_000) {
    case ..<60: self = .bsnMissing
    case ..<70: self = .bsnMistyped
    case ..<80: self = .bsnOfNobody
    case ..<82: self = .dayOutsideCalendar
    case ..<84: self = .amountNotNumber
    default: return nil
    }
  }
}
