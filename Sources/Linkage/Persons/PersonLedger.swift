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

  private var anchors: CodeBook
  /// By anchor: the id that took it last.
  private var holders: [Int32] = []
  // By id - 1.
  private var founders: [Int32] = []
  private var own: [Int32] = []
  private var successors: [Int32] = []
  private var likenesses: [UInt64] = []
  private var marks: [Marks] = []
  /// Numbers that were corrected.
  private(set) var aliases: [Token] = []

  /// - Parameter expected: persons for whom room is made; more may come.
  package init(expected: Int = 0) { anchors = CodeBook(expected: expected) }

  /// The greatest id that was given.
  package var personCount: Int { successors.count }

  /// Whether an id still stands for a person of its own.
  func isLiving(_ id: Int32) -> Bool { successors[Int(id) - 1] == 0 }
  func isApart(_ id: Int32) -> Bool { marks[Int(id) - 1].contains(.apart) }
  func isAbsent(_ id: Int32) -> Bool { marks[Int(id) - 1].contains(.absent) }

  /// The id that holds a token tonight, after all merges; 0 when nobody does.
  func holder(of token: Token) -> Int32 {
    let code = anchors.knownCode(of: token)
    return code < 0 ? 0 : living(holders[Int(code)])
  }

  func founder(of id: Int32) -> Token { anchors.value(of: founders[Int(id) - 1]) }
  /// The anchor of the person's own row, and whether that is a number.
  func own(of id: Int32) -> PersonAnchor {
    PersonAnchor(
      token: anchors.value(of: own[Int(id) - 1]),
      isNumber: marks[Int(id) - 1].contains(.numbered)
    )
  }
  func likeness(of id: Int32) -> UInt64 { likenesses[Int(id) - 1] }

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
      let code = take(event.anchor.token, by: event.person)
      founders.append(code)
      own.append(code)
      successors.append(0)
      likenesses.append(event.likeness)
      var mark: Marks = event.isApart ? .apart : []
      if event.anchor.isNumber { mark.insert(.numbered) }
      marks.append(mark)
    case .merge:
      guard event.other > 0, event.other != event.person, isLiving(event.person),
        isLiving(event.other)
      else { return false }
      successors[place] = event.other
    case .absorb, .moved: _ = take(event.anchor.token, by: event.person)
    case .alias: aliases.append(event.anchor.token)
    case .status:
      if event.isApart { marks[place].insert(.apart) } else { marks[place].remove(.apart) }
    case .changed:
      own[place] = take(event.anchor.token, by: event.person)
      likenesses[place] = event.likeness
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

  private mutating func take(_ token: Token, by id: Int32) -> Int32 {
    let code = anchors.code(of: token)
    if Int(code) == holders.count { holders.append(id) } else { holders[Int(code)] = id }
    return code
  }
}

extension PersonLedger: Equatable {
  /// Whether both say the same of every person; in which order they learnt of anchors is no matter.
  package static func == (left: PersonLedger, right: PersonLedger) -> Bool {
    guard left.personCount == right.personCount, left.holders.count == right.holders.count,
      left.successors == right.successors, left.likenesses == right.likenesses,
      left.marks == right.marks, left.aliases == right.aliases
    else { return false }
    let hold = left.holders.indices.allSatisfy { code in
      let token = left.anchors.value(of: Int32(code))
      let other = right.anchors.knownCode(of: token)
      return other >= 0 && right.holders[Int(other)] == left.holders[code]
    }
    return hold
      && left.founders.indices.allSatisfy { place in
        let id = Int32(place) + 1
        return left.founder(of: id) == right.founder(of: id)
          && left.own(of: id) == right.own(of: id)
      }
  }
}
