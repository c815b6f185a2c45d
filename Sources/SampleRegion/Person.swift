/// A made-up person, held small: there are as many as residents.
struct Person {
  /// Nine digits that pass the eleven-test; nobody else has them.
  var bsn: Int32 = 0
  /// Whose address it is; people from outside have one too.
  var household: Int32
  /// Days since 1970-01-01; the true one, also when the register knows only a part.
  var birthDay: Int32
  var sex: Sex
  var birthDatePrecision = BirthDatePrecision.day
  /// Number in the name stock.
  var surname: UInt16 = 0
  /// Number in the name stock of the spouse's surname.
  var partnerSurname: UInt16?
  /// Number in the name stock.
  var firstName: UInt16 = 0
  /// Number in the name stock; most have one name.
  var secondName: UInt16?
  var origin = Origin.dutch
  /// The person born on the same day of the same mother.
  var twin: Int32?

  /// The sex as the register tells it.
  enum Sex: UInt8 {
    case male
    case female
    case unknown
  }
}

/// Where a family's names come from.
enum Origin: UInt8, CaseIterable {
  case dutch
  case turkish
  case moroccan
  case polish
  case elsewhere
}
