/// A field of a record that a source reads: where it stands, and what becomes of its bytes.
struct EiField: Sendable {
  /// What becomes of the bytes; blanks around them always go, and blanks alone are no value.
  enum Form: Sendable {
    /// They stay.
    case text
    /// They stay; zeros alone are no value, as in dates and AGB codes.
    case zeroNone
    /// Zeros in front go, as XML writes numbers; zeros alone are no value.
    case number
    /// As `zeroNone`, but it has a value where the two digits of a unit behind it are not zeros.
    case volume
    /// HHMMSS becomes HH:MM:SS.
    case time
    /// 1 male, 2 female, else unknown.
    case sex
    /// 1 yes, 2 no, else unknown.
    case deceased
    /// 1 yes, 2 no, else as it is: no value of a yes-no.
    case yesNo
  }

  /// The number of the declared column that it fills.
  let column: Int
  /// Of its first byte, from 0.
  let start: Int
  let length: Int
  let form: Form

  /// - Parameters:
  ///   - column: the number of the declared column that it fills.
  ///   - bytes: where it stands in the record, from 1, both ends inclusive.
  ///   - form: what becomes of it.
  init(column: Int, bytes: ClosedRange<Int>, form: Form) {
    self.column = column
    start = bytes.lowerBound - 1
    length = bytes.count
    self.form = form
  }
}
