import Cryptography
import Files
import Linkage
import Pseudonymisation
import Tabular

/// What takes the place of the tokens of a ledger of persons when their key is rotated, or a rotation is
/// taken back.
///
/// Numbers are wrapped as all tokens are. The token of an identity is made of several, so those that are
/// staged are made anew; for others a token stands in that nobody will bear. So who has no number, and
/// is absent on the day of a rotation, has a new id when they return.
struct CarriedPersons {
  /// The labels of pairs that the table of a rotation holds.
  static let numbers = "person"
  static let identities = "identity"
  static let likenesses = "likeness"

  private var others: [String: [Token: Token]] = [:]
  /// Of numbers that have no pair; nil when a token stands in.
  private let wrap: TokenWrap?
  private let standIn: TokenWrap

  /// - Parameters:
  ///   - old: the fingerprint of the key of the tokens.
  ///   - new: the key that they are to be of.
  ///   - scope: their release.
  ///   - wraps: whether numbers are wrapped; else all go by pairs.
  /// - Throws: `memoryLock`, `library`.
  init(
    from old: String,
    to new: RootKey,
    scope: String,
    wraps: Bool
  ) throws(CryptographyError) {
    wrap =
      wraps ? try TokenWrap(from: old, to: new, label: Self.numbers, scope: scope) : nil
    standIn = try TokenWrap(from: old, to: new, label: Self.identities, scope: scope)
  }

  /// Learns what takes the place of tokens of a label.
  mutating func add(_ label: String, _ old: [Token], _ new: [Token]) {
    for (before, after) in zip(old, new) { others[label, default: [:]][before] = after }
  }

  /// The same event with the tokens that take the place of its own.
  func carried(_ event: PersonEvent) throws(CryptographyError) -> PersonEvent {
    var event = event
    let anchor = event.anchor
    if !anchor.token.isMissing {
      let label = anchor.isNumber ? Self.numbers : Self.identities
      let token: Token
      if let known = others[label]?[anchor.token] {
        token = known
      } else if anchor.isNumber, let wrap {
        token = try wrap.wrap(anchor.token)
      } else {
        token = try standIn.wrap(anchor.token)
      }
      event.anchor = PersonAnchor(token: token, isNumber: anchor.isNumber)
    }
    if event.likeness != 0 {
      event.likeness = others[Self.likenesses]?[Token(high: 0, low: event.likeness)]?.low ?? 0
    }
    return event
  }
}
