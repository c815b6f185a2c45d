package import Tabular

/// What happened to a person's id in one night; holds ids and pseudonyms, never a clear value.
package struct PersonEvent: Sendable, Hashable {
  /// In the order in which events of one night take effect.
  package enum Kind: UInt8, Sendable, CaseIterable {
    /// A person whom no night has seen.
    case create = 1
    /// Two persons were one: the other is the id that they had.
    case split
    /// Two ids were one person: the other is the one that stays.
    case merge
    /// A number or identity that is new belongs to the person.
    case absorb
    /// A number or identity belongs to another person than before, who is the other.
    case moved
    /// The number was corrected: the one told is the old one.
    case alias
    /// The register has the person now, or has them no more.
    case status
    /// What is compared of the person is not what it was.
    case changed
    /// The person is in no source tonight; the id waits.
    case absent
    /// Somebody who was absent is back.
    case returned

    /// Whether it names a second id.
    package var hasOther: Bool { self == .split || self == .merge || self == .moved }
    /// Whether it tells what the person is like.
    package var hasLikeness: Bool { self == .create || self == .split || self == .changed }
    /// Whether it tells who is kept apart, or of what an anchor is.
    package var hasMarks: Bool { hasAnchor || self == .status }
    /// Whether it is about something that the person is known by.
    package var hasAnchor: Bool {
      switch self {
      case .create, .split, .absorb, .moved, .alias, .changed: true
      case .merge, .status, .absent, .returned: false
      }
    }
  }

  package let kind: Kind
  /// From 1.
  package let person: Int32
  /// The other id, or 0.
  package var other: Int32 = 0
  /// Of `create`, `split` and `status`: no resident has the person's number.
  package var isApart = false
  /// What the event is about; missing where it is about the person alone.
  package var anchor = PersonAnchor.none
  /// Of `create`, `split` and `changed`: see `PersonLedger`.
  package var likeness: UInt64 = 0

  package init(
    _ kind: Kind,
    _ person: Int32,
    other: Int32 = 0,
    isApart: Bool = false,
    anchor: PersonAnchor = .none,
    likeness: UInt64 = 0
  ) {
    self.kind = kind
    self.person = person
    self.other = other
    self.isApart = isApart
    self.anchor = anchor
    self.likeness = likeness
  }
}

/// What a person is known by from one night to the next.
package struct PersonAnchor: Sendable, Hashable {
  /// A token of a BSN, or one of all that an identity holds.
  package let token: Token
  /// Whether it is of a BSN.
  package let isNumber: Bool

  package static let none = PersonAnchor(token: .missing, isNumber: false)

  package init(token: Token, isNumber: Bool) {
    self.token = token
    self.isNumber = isNumber
  }
}
