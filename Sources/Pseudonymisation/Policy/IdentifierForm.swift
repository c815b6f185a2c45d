/// A form of text that leads to a person, in the order in which findings are told.
package enum IdentifierForm: String, Sendable, CaseIterable, Hashable {
  case mail
  case account
  case telephone
  /// A full postcode beside a number.
  case address

  /// As in "found an e-mail address".
  var name: String {
    switch self {
    case .mail: "an e-mail address"
    case .account: "a bank account number (IBAN)"
    case .telephone: "a telephone number"
    case .address: "a full postcode with a house number"
    }
  }
}
