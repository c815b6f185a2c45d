/// A person with support, as municipality and provider know them: perhaps wrongly.
struct SupportClient {
  /// What they know of a birth date; the number is that of `DatumGebruik`.
  enum BirthDateUse: Int {
    case complete = 0
    case dayUnknown = 1
    case monthUnknown = 2
    case unknown = 3
  }

  /// From 0, over all clients.
  let number: Int
  /// Number in the population.
  let person: Int
  /// Nil when they have none.
  var bsn: Int?
  var surname: String
  var prefix: String
  var firstNames: String?
  var initials: String
  var partnerSurname: String?
  var partnerPrefix = ""
  /// 1 own, 2 partner, 3 partner then own, 4 own then partner.
  var nameUse = 1
  /// Days since 1970-01-01.
  var birthDay: Int
  var birthDateUse: BirthDateUse
  /// 0 unknown, 1 male, 2 female.
  var sex: Int
  var postcode: Postcode
  var houseNumber: Int
  var houseLetter: UInt8?
  /// Which municipality decides, from 0.
  let municipality: Int
  /// Which provider helps, from 0.
  let provider: Int
  /// Whether support began within the months of the extracts; earlier messages are not in them.
  let isNew: Bool
  var assignments: [SupportAssignment] = []
  /// What is wrong or hard about the record, as the truth tells it.
  var planted: [String] = []
}
