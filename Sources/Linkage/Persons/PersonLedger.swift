import Tabular

/// Who was known before tonight: what all events up to now come to.
///
/// An id is a number from 1, given once. It holds anchors, of which one is its first (the founder, which
/// keeps the id when it splits) and one is of the person's own row tonight. The likeness of a person is
/// a hash of what is compared of them but their number: by it a corrected number is known. 0 is none.
package struct PersonLedger: Sendable {
  private struct Marks: OptionSet {
    let rawValue: UInt8
    static let apart = Marks(rawValue: 1)
    static let absent = Marks(rawValue: 2)
    /// The anchor of its own row is a number.
    static let numbered = Marks(rawValue: 4)
  }

  /// In the order in which they were taken, each once.
  private var anchors: [Token] = []
  /// By anchor: the id that took it last.
  private var holders: [Int32] = []
  /// Where anchors are; nil until an event names one that somebody holds.
  private var places: TokenSlots?
  // By id - 1.
  private var founders: [Int32] = []
  private var own: [Int32] = []
  private var successors: [Int32] = []
  /// Up to the last that is none of 0.
  private var likenesses: [UInt64] = []
  private var marks: [Marks] = []
  /// Numbers that were corrected.
  private(set) var aliases: [Token] = []

  /// - Parameter expected: persons for whom room is made; more may come.
  package init(expected: Int = 0) {
    anchors.reserveCapacity(expected)
    holders.reserveCapacity(expected)
    founders.reserveCapacity(expected)
    own.reserveCapacity(expected)
    successors.reserveCapacity(expected)
    marks.reserveCapacity(expected)
  }

  /// So many persons in a row may be gone before others are searched.
  private static let widestGap = 8

  /// The greatest id that was given.
  package var personCount: Int { successors.count }

  /// Whether an id still stands for a person of its own.
  func isLiving(_ id: Int32) -> Bool { successors[Int(id) - 1] == 0 }
  func isApart(_ id: Int32) -> Bool { marks[Int(id) - 1].contains(.apart) }
  func isAbsent(_ id: Int32) -> Bool { marks[Int(id) - 1].contains(.absent) }

  /// The id that holds each of some tokens, after all merges; 0 where nobody does.
  ///
  /// Persons mostly stand in the order of the night that first saw them: those tokens are read one
  /// after the other, and what else is asked for is found in one pass over all.
  ///
  /// - Parameters:
  ///   - wanted: distinct.
  ///   - next: where the anchors begin that are in their order; moves behind those that are found.
  /// - Returns: one id a token.
  func holders(of wanted: [Token], from next: inout Int) -> [Int32] {
    var found = [Int32](repeating: 0, count: wanted.count)
    var rest: [Int] = []
    for place in wanted.indices {
      // Whoever is gone since has left a gap.
      let ahead = next..<min(next + Self.widestGap, anchors.count)
      guard let code = ahead.first(where: { anchors[$0] == wanted[place] }) else {
        rest.append(place)
        continue
      }
      found[place] = living(holders[code])
      next = code + 1
    }
    guard !rest.isEmpty, !anchors.isEmpty else { return found }
    var places = TokenSlots(expected: rest.count)
    for place in rest { _ = places.note(place, of: wanted) }
    for code in anchors.indices {
      let place = places.place(of: anchors[code], in: wanted)
      if place >= 0 { found[Int(place)] = living(holders[code]) }
    }
    return found
  }

  /// The same of tokens in any order.
  func holders(of wanted: [Token]) -> [Int32] {
    var next = 0
    return holders(of: wanted, from: &next)
  }

  func founder(of id: Int32) -> Token { anchors[Int(founders[Int(id) - 1])] }
  /// The anchor of the person's own row, and whether that is a number.
  func own(of id: Int32) -> PersonAnchor {
    PersonAnchor(
      token: anchors[Int(own[Int(id) - 1])],
      isNumber: marks[Int(id) - 1].contains(.numbered)
    )
  }
  func likeness(of id: Int32) -> UInt64 {
    Int(id) <= likenesses.count ? likenesses[Int(id) - 1] : 0
  }

  /// The id that one became; itself unless it was merged.
  ///
  /// Only a living id is merged, and into another living one: so this ends.
  func living(_ id: Int32) -> Int32 {
    var id = id
    while case let next = successors[Int(id) - 1], next != 0 { id = next }
    return id
  }

  /// Lets events take effect, in their order.
  ///
  /// - Returns: false when they cannot follow what was before; then nothing of this holds any more.
  package mutating func apply(_ events: [PersonEvent]) -> Bool { events.allSatisfy { apply($0) } }

  private mutating func apply(_ event: PersonEvent) -> Bool {
    let place = Int(event.person) - 1
    if event.kind == .create || event.kind == .split {
      guard place == personCount, personCount < Int32.max else { return false }
    } else {
      guard 0..<personCount ~= place else { return false }
    }
    guard 0...personCount ~= Int(event.other) else { return false }
    switch event.kind {
    case .create, .split:
      let code = take(event.anchor.token, by: event.person, isNew: event.kind == .create)
      founders.append(code)
      own.append(code)
      successors.append(0)
      set(event.likeness, at: place)
      var mark: Marks = event.isApart ? .apart : []
      if event.anchor.isNumber { mark.insert(.numbered) }
      marks.append(mark)
    case .merge:
      guard event.other > 0, event.other != event.person, isLiving(event.person),
        isLiving(event.other)
      else { return false }
      successors[place] = event.other
    case .absorb, .moved:
      _ = take(event.anchor.token, by: event.person, isNew: event.kind == .absorb)
    case .alias: aliases.append(event.anchor.token)
    case .status:
      if event.isApart { marks[place].insert(.apart) } else { marks[place].remove(.apart) }
    case .changed:
      own[place] = take(event.anchor.token, by: event.person, isNew: false)
      set(event.likeness, at: place)
      if event.anchor.isNumber {
        marks[place].insert(.numbered)
      } else {
        marks[place].remove(.numbered)
      }
    case .absent: marks[place].insert(.absent)
    case .returned: marks[place].remove(.absent)
    }
    return true
  }

  private mutating func set(_ likeness: UInt64, at place: Int) {
    if place >= likenesses.count {
      if likeness == 0 { return }
      likenesses += repeatElement(0, count: place + 1 - likenesses.count)
    }
    likenesses[place] = likeness
  }

  /// The code of a token that an id takes; one that nobody held before need not be looked for.
  private mutating func take(_ token: Token, by id: Int32, isNew: Bool) -> Int32 {
    if !isNew, case let code = code(of: token), code >= 0 {
      holders[Int(code)] = id
      return code
    }
    anchors.append(token)
    holders.append(id)
    _ = places?.note(anchors.count - 1, of: anchors)
    return Int32(truncatingIfNeeded: anchors.count - 1)
  }

  private mutating func code(of token: Token) -> Int32 {
    if let places { return places.place(of: token, in: anchors) }
    var all = TokenSlots(expected: anchors.count)
    for code in anchors.indices { _ = all.note(code, of: anchors) }
    places = all
    return all.place(of: token, in: anchors)
  }
}

extension PersonLedger: Equatable {
  /// Whether both say the same of every person; in which order they learnt of anchors is no matter.
  package static func == (left: PersonLedger, right: PersonLedger) -> Bool {
    left.anchors.count == right.anchors.count && left.successors == right.successors
      && left.marks == right.marks && left.aliases == right.aliases
      && left.holders(of: left.anchors) == right.holders(of: left.anchors)
      && left.founders.indices.allSatisfy { place in
        let id = Int32(place) + 1
        return left.founder(of: id) == right.founder(of: id)
          && left.own(of: id) == right.own(of: id)
          && left.likeness(of: id) == right.likeness(of: id)
      }
  }
}
