import TestSupport
import Testing

@testable import Linkage
@testable import Tabular

@Suite("What the ledger of persons knows")
struct PersonLedgerTests {
  @Test("the holders of tokens are found whoever came, went or stands elsewhere")
  func holders() {
    for seed in 0..<100 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let tokens = (0..<300).map { _ in Token(high: random.next() & 63, low: random.next()) }
      let known = Array(tokens.prefix(Int.random(in: 0...250, using: &random)))
      var ledger = PersonLedger()
      var plain: [Token: Int32] = [:]
      func tell(_ event: PersonEvent) {
        precondition(ledger.apply([event]), "an event that can follow")
        plain[event.anchor.token] = event.person
      }
      for (number, token) in known.enumerated() {
        let anchor = PersonAnchor(token: token, isNumber: false)
        tell(PersonEvent(.create, Int32(number) + 1, anchor: anchor))
      }
      for _ in 0..<(known.isEmpty ? 0 : Int.random(in: 0...40, using: &random)) {
        let anchor = PersonAnchor(
          token: tokens[Int.random(in: 0..<300, using: &random)],
          isNumber: false
        )
        let person = Int32.random(in: 1...Int32(known.count), using: &random)
        let before = plain[anchor.token]
        tell(
          PersonEvent(before == nil ? .absorb : .moved, person, other: before ?? 0, anchor: anchor)
        )
      }
      // As they stand from night to night, or as they like.
      var wanted = tokens.filter { _ in Int.random(in: 0..<10, using: &random) > 0 }
      if seed % 2 == 0 { wanted.shuffle(using: &random) }
      #expect(ledger.holders(of: wanted) == wanted.map { plain[$0] ?? 0 }, "seed \(seed)")
    }
  }

  @Test("a run of more persons gone than the gap that is looked over hides nobody")
  func longGap() {
    var ledger = PersonLedger()
    let tokens = (1...60 as ClosedRange<UInt64>).map { Token(high: SplitMix64.hash($0), low: $0) }
    let events = tokens.enumerated().map { number, token in
      PersonEvent(
        .create,
        Int32(number) + 1,
        anchor: PersonAnchor(token: token, isNumber: true)
      )
    }
    let isTaken = ledger.apply(events)
    #expect(isTaken)
    #expect(ledger.holders(of: Array(tokens[30...])) == Array(31...60))
  }

  @Test("slots find each token of an array, and tell of a second that is equal")
  func slots() {
    var random = SeededGenerator(seed: 5)
    var tokens: [Token] = []
    var slots = TokenSlots(expected: 0)
    for place in 0..<2_000 {
      let token = Token(high: random.next() & 7, low: random.next() & 255)
      let first = tokens.firstIndex(of: token)
      tokens.append(token)
      let found = slots.note(place, of: tokens)
      #expect(found == first.map { Int32($0) })
    }
    for token in Set(tokens) {
      let first = tokens.firstIndex(of: token).map { Int32($0) }
      #expect(slots.place(of: token, in: tokens) == first)
    }
    #expect(slots.place(of: Token(high: 8, low: 0), in: tokens) == missingCode)
  }

  @Test("events are told as they were, of every kind")
  func events() {
    let tokens = [Token(high: 1, low: 2), Token(high: 3, low: 4)]
    for kind in PersonEvent.Kind.allCases {
      var events = PersonEvents(kind, tokens: tokens, hasLikeness: true)
      events.tell(7, other: 3, isApart: true, anchor: 1, isNumber: true, likeness: 9)
      events.tell(8, other: 4, isApart: false, anchor: 0, isNumber: false, likeness: 0)
      #expect(events.count == 2)
      #expect(events.apartCount == (kind.hasMarks ? 1 : 0))
      var first = PersonEvent(kind, 7)
      if kind.hasOther { first.other = 3 }
      if kind.hasMarks { first.isApart = true }
      if kind.hasAnchor { first.anchor = PersonAnchor(token: tokens[1], isNumber: true) }
      if kind.hasLikeness { first.likeness = 9 }
      #expect(events[0] == first)
      #expect(events[1].anchor.token == (kind.hasAnchor ? tokens[0] : .missing))
    }
  }
}
