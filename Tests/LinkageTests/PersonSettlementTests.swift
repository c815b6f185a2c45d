import Linkage
import TestSupport
import Testing

@_spi(Pseudonymisation) @testable import Tabular

@Suite struct PersonSettlementTests {
  private let anna: PlainRecord = [
    "bsn": "1", "surname": "a", "birth_date": "d1", "sex": "v", "postcode_pc4": "7001",
  ]
  private let bert: PlainRecord = [
    "bsn": "2", "surname": "b", "birth_date": "d2", "sex": "m", "postcode_pc4": "7002",
  ]
  /// A client who lacks a number.
  private let nameless: PlainRecord = ["surname": "x", "birth_date": "d9", "sex": "v"]

  @Test("New persons get ids from 1, and the same night again adds nothing")
  func creates() {
    let nights = PersonNights()
    let first = nights.night([anna, bert])
    #expect(first.residents.sorted() == [1, 2])
    #expect(first.told == ["create 1", "create 2"])
    #expect(nights.night([bert, anna]).events.isEmpty)
    #expect(nights.settled([bert, anna]).residents == first.residents.reversed())
  }

  @Test("Who moves keeps the id by the number")
  func moves() {
    let nights = PersonNights()
    let first = nights.night([anna])
    var moved = anna
    moved["postcode_pc4"] = "9999"
    let second = nights.night([moved])
    #expect(second.residents == first.residents)
    #expect(second.told == ["changed 1"])
  }

  @Test("An id absorbs what is linked to its person, and a record that changes person is moved")
  func absorbsAndMoves() {
    let nights = PersonNights()
    _ = nights.night([anna, bert])
    let ids = nights.settled([anna, bert]).residents
    let linked = nights.night([anna, bert], [.init(record: nameless, resident: 0)])
    #expect(linked.told == ["absorb \(ids[0])"])
    #expect(linked.clients == [ids[0]])
    let moved = nights.night([anna, bert], [.init(record: nameless, resident: 1)])
    #expect(moved.told == ["moved \(ids[1]) \(ids[0])"])
    #expect(moved.residents == ids)
    // Nobody becomes another because a record of theirs moved, even when its person is gone.
    let alone = nights.night([anna], [.init(record: nameless, resident: 0)])
    #expect(alone.told == ["moved \(ids[0]) \(ids[1])", "absent \(ids[1])"])
  }

  @Test("A resident without a number who moved is known by what is linked")
  func keepsByRecords() {
    let nights = PersonNights()
    var unnumbered = anna
    unnumbered["bsn"] = nil
    let client = PersonNights.Client(record: nameless, resident: 0)
    let first = nights.night([unnumbered], [client])
    unnumbered["postcode_pc4"] = "9999"
    let second = nights.night([unnumbered], [client])
    #expect(second.residents == first.residents)
    #expect(second.told == ["absorb 1", "changed 1"])
  }

  @Test("A number that no resident has is a person apart, S→R when the register gets it")
  func apart() {
    let nights = PersonNights()
    let client = PersonNights.Client(record: bert)
    let first = nights.night([anna], [client])
    #expect(first.told == ["create 1", "create 2"])
    #expect(first.events.map(\.isApart) == [false, true])
    #expect(first.clients == [2])
    let second = nights.night([anna, bert], [client])
    #expect(second.residents == [1, 2] && second.clients == [2])
    #expect(second.told == ["status 2", "changed 2"])
    #expect(second.events.first?.isApart == false)
    // And back, when the register has them no more.
    let third = nights.night([anna], [client])
    #expect(third.told == ["status 2"] && third.events[0].isApart)
    #expect(nights.night([anna]).told == ["absent 2"])
    #expect(nights.night([anna], [client]).told == ["returned 2"])
  }

  @Test("Two ids that turn out one are merged, split again, and merged again")
  func mergesAndSplits() {
    let nights = PersonNights()
    var unnumbered = anna
    unnumbered["bsn"] = nil
    var client = PersonNights.Client(record: bert)
    let apart = nights.night([unnumbered], [client])
    #expect(apart.residents == [1] && apart.clients == [2])
    // Linking finds out that the client is the resident.
    client.resident = 0
    let merged = nights.night([unnumbered], [client])
    #expect(merged.told == ["merge 2 1"])
    #expect(merged.residents == [1] && merged.clients == [1])
    client.resident = nil
    let split = nights.night([unnumbered], [client])
    #expect(split.told == ["split 3 1"])
    #expect(split.residents == [1] && split.clients == [3])
    client.resident = 0
    let again = nights.night([unnumbered], [client])
    #expect(again.told == ["merge 3 1"])
    #expect(nights.night([unnumbered], [client]).events.isEmpty)
  }

  @Test("Of merged ids that with most identities stays, then the oldest")
  func mostStays() {
    let nights = PersonNights()
    var unnumbered = anna
    unnumbered["bsn"] = nil
    var other = bert
    other["surname"] = "another spelling"
    var clients = [PersonNights.Client(record: bert), PersonNights.Client(record: other)]
    #expect(nights.night([unnumbered], clients).clients == [2, 2])
    clients[0].resident = 0
    clients[1].resident = 0
    #expect(nights.night([unnumbered], clients).told == ["merge 1 2", "status 2", "changed 2"])
  }

  @Test("A corrected number is an alias: the id stays, and who still has the old number is linked")
  func corrects() {
    let nights = PersonNights()
    let client = PersonNights.Client(record: anna)
    let first = nights.night([anna, bert], [client])
    var corrected = anna
    corrected["bsn"] = "3"
    let second = nights.night([corrected, bert], [client])
    #expect(second.residents == first.residents && second.clients == first.clients)
    let id = first.residents[0]
    #expect(second.told == ["absorb \(id)", "alias \(id)", "changed \(id)"])
    // The old number goes on to lead there, also when the resident has moved since.
    corrected["postcode_pc4"] = "9999"
    let third = nights.night([corrected, bert], [client])
    #expect(third.told == ["changed \(id)"] && third.clients == [id])
    #expect(nights.night([corrected, bert], [client]).events.isEmpty)
  }

  @Test("Without another telling value, or with two who are alike, no number counts as corrected")
  func correctsNotBlindly() {
    let nights = PersonNights()
    var twin = anna
    twin["bsn"] = "4"
    let first = nights.night([anna, twin])
    var (corrected, another) = (anna, anna)
    corrected["bsn"] = "3"
    another["bsn"] = "5"
    // The twin is as like her as she is, and known by her own number.
    #expect(nights.night([corrected, twin]).residents == first.residents)
    // Of two who are new and one who is gone, each might be her.
    corrected["bsn"] = "6"
    #expect(nights.night([corrected, twin, another]).told.prefix(2) == ["create 3", "create 4"])

    let others = PersonNights()
    let vague = ["bsn": "5", "sex": "m", "birth_date": "d5"]
    _ = others.night([vague])
    let other = ["bsn": "6", "sex": "m", "birth_date": "d5"]
    #expect(others.night([other]).told == ["create 2", "absent 1"])
  }

  @Test("Who was registered twice keeps one id when the second row goes", arguments: [true, false])
  func registeredTwice(sharesNumber: Bool) {
    let nights = PersonNights()
    let first = nights.night([anna, bert])
    var second = anna
    if !sharesNumber { second["bsn"] = nil }
    let twice = nights.night([anna, bert, second])
    #expect(Array(twice.residents.prefix(2)) == first.residents)
    #expect(twice.told == ["create 3"])
    let once = nights.night([anna, bert])
    #expect(once.residents == first.residents)
    #expect(once.told == ["merge 3 \(first.residents[0])"])
  }

  @Test("A number that two residents share is no reason for one id")
  func sharedNumber() {
    let nights = PersonNights()
    var thief = bert
    thief["bsn"] = anna["bsn"]
    let first = nights.night([anna])
    let second = nights.night([anna, thief])
    #expect(second.residents[0] == first.residents[0])
    #expect(second.residents[1] == 2)
    #expect(nights.night([thief, anna]).events.isEmpty)
  }

  @Test("Clusters keep their ids: by the founder when they split, and a record alone moves")
  func clusters() {
    var ledger = PersonLedger()
    func night(_ records: [(name: String, person: Int32)]) -> (ids: [Int32], told: [String]) {
      let table = PersonRecords(
        staged(records.map { ["surname": $0.name] }, ["surname"]),
        source: "files",
        number: "bsn",
        birthDate: nil
      )
      let persons = records.map(\.person)
      let tonight = PersonsTonight(
        clusters: [(table, persons)],
        personCount: Int((persons.max() ?? -1) + 1),
        ledger: ledger
      )
      let settlement = PersonSettlement(tonight)
      precondition(
        ledger.apply(Array(settlement.events.joined())),
        "the ledger takes its own events"
      )
      let words = settlement.events.joined().filter { $0.kind != .absorb }.map { event in
        "\(event.kind) \(event.person)" + (event.other == 0 ? "" : " \(event.other)")
      }
      return (persons.map { settlement.ids[Int($0)] }, words)
    }
    #expect(night([("a", 0), ("b", 0), ("c", 1), ("d", 1)]).ids == [1, 1, 2, 2])
    // b changes person: no merge, no split.
    let moved = night([("a", 0), ("b", 1), ("c", 1), ("d", 1)])
    #expect(moved.ids == [1, 2, 2, 2] && moved.told == ["moved 2 1"])
    let merged = night([("a", 0), ("b", 0), ("c", 0), ("d", 0)])
    #expect(merged.ids == [2, 2, 2, 2] && merged.told == ["merge 1 2"])
    let split = night([("a", 0), ("b", 1), ("c", 1), ("d", 0), ("e", 2)])
    #expect(split.ids == [4, 2, 2, 4, 3])
    #expect(split.told == ["create 3", "split 4 2", "moved 4 2"])
    #expect(night([("a", 0), ("b", 1), ("c", 1), ("d", 0), ("e", 2)]).told.isEmpty)
  }

  @Test("A ledger takes no events that cannot follow it")
  func refusesOtherEvents() {
    let anchor = PersonAnchor(token: Token(high: 1, low: 2), isNumber: true)
    let wrong: [[PersonEvent]] = [
      [PersonEvent(.absent, 1)], [PersonEvent(.create, 2, anchor: anchor)],
      [PersonEvent(.create, 1, anchor: anchor), PersonEvent(.create, 1, anchor: anchor)],
      [PersonEvent(.create, 1, anchor: anchor), PersonEvent(.merge, 1, other: 1)],
      [PersonEvent(.create, 1, anchor: anchor), PersonEvent(.merge, 1, other: 2)],
      [PersonEvent(.create, 0, anchor: anchor)], [PersonEvent(.create, -1, anchor: anchor)],
      [PersonEvent(.create, 1, other: -1, anchor: anchor)],
    ]
    for events in wrong {
      var ledger = PersonLedger()
      let isTaken = ledger.apply(events)
      #expect(!isTaken, "\(events)")
    }
  }
}
