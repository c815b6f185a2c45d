import Tabular

/// What a night tells of one kind, in order.
///
/// A first night tells something of each person: it is kept in some bytes each, and made when asked for.
package struct PersonEvents: Sendable, RandomAccessCollection {
  package let kind: PersonEvent.Kind
  /// What the places of anchors count.
  private let tokens: [Token]
  private var persons: [Int32] = []
  private var others: [Int32] = []
  private var anchors: [Int32] = []
  private var marks: [Marks] = []
  private var likenesses: [UInt64] = []
  private let hasLikeness: Bool
  /// How many tell that a person is kept apart.
  package private(set) var apartCount = 0

  private struct Marks: OptionSet {
    let rawValue: UInt8
    static let apart = Marks(rawValue: 1)
    static let number = Marks(rawValue: 2)
  }

  /// - Parameters:
  ///   - kind: of all that will be told.
  ///   - tokens: among which their anchors are.
  ///   - hasLikeness: whether anybody tonight has one.
  init(_ kind: PersonEvent.Kind, tokens: [Token], hasLikeness: Bool) {
    self.kind = kind
    self.tokens = tokens
    self.hasLikeness = kind.hasLikeness && hasLikeness
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { persons.count }

  package subscript(place: Int) -> PersonEvent {
    var event = PersonEvent(kind, persons[place])
    if kind.hasOther { event.other = others[place] }
    if kind.hasMarks { event.isApart = marks[place].contains(.apart) }
    if kind.hasAnchor {
      event.anchor = PersonAnchor(
        token: tokens[Int(anchors[place])],
        isNumber: marks[place].contains(.number)
      )
    }
    if hasLikeness { event.likeness = likenesses[place] }
    return event
  }

  mutating func reserveCapacity(_ count: Int) {
    persons.reserveCapacity(count)
    if kind.hasOther { others.reserveCapacity(count) }
    if kind.hasAnchor { anchors.reserveCapacity(count) }
    if kind.hasMarks { marks.reserveCapacity(count) }
    if hasLikeness { likenesses.reserveCapacity(count) }
  }

  /// Tells one more, of an anchor at that place among the tokens; what its kind does not have is left
  /// out.
  mutating func tell(
    _ person: Int32,
    other: Int32 = 0,
    isApart: Bool = false,
    anchor: Int32 = 0,
    isNumber: Bool = false,
    likeness: UInt64 = 0
  ) {
    persons.append(person)
    if kind.hasOther { others.append(other) }
    if kind.hasAnchor { anchors.append(anchor) }
    if hasLikeness { likenesses.append(likeness) }
    guard kind.hasMarks else { return }
    var mark: Marks = isApart ? .apart : []
    if isNumber { mark.insert(.number) }
    marks.append(mark)
    if isApart { apartCount += 1 }
  }
}
