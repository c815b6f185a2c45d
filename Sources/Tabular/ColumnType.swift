/// What a column of an extract holds; each type has its parser and its rejects.
package enum ColumnType: String, Sendable, CaseIterable {
  case text
  case name
  case code
  case integer
  case decimal
  /// Stored in cents.
  case money
  case date
  /// A date of which the day, the month or all may be unknown.
  case partialDate = "partial-date"
  case bsn
  case postcode
  case yesNo = "yes-no"

  /// The least privacy class of a column of this type; a file may raise it, never lower it.
  package var privacyClass: PrivacyClass {
    switch self {
    case .bsn, .name: .direct
    case .postcode, .partialDate: .quasi
    case .text, .code, .integer, .decimal, .money, .date, .yesNo: .plain
    }
  }
}

/// How much a column tells about who a person is.
package enum PrivacyClass: Int, Sendable, Comparable, CaseIterable {
  case plain
  /// Says something about health or support, not about identity.
  case sensitive
  /// Singles people out together with other columns: birth date, postcode, sex.
  case quasi
  /// Identifies by itself: BSN, name, a sender's client number.
  case direct

  /// The word that stands in pipeline files.
  package var name: String { String(describing: self) }

  package static func < (left: PrivacyClass, right: PrivacyClass) -> Bool {
    left.rawValue < right.rawValue
  }
}
