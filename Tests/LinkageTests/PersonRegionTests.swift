import Linkage
import TestSupport
import Testing

/// Thirty nights of a region in which people are born, move, die, return, and have their numbers corrected.
@Suite struct PersonRegionTests {
  /// What a night says of somebody: the person in truth, and which of their rows it is.
  private struct Row: Hashable {
    let truth: Int
    let isSecond: Bool
  }

  @Test(
    "No id changes without an event, and none is of two who live",
    arguments: 0..<5 as Range<UInt64>
  )
  func thirtyNights(seed: UInt64) {
    var region = ChangingRegion(count: 200, seed: seed)
    let nights = PersonNights()
    var before: [Row: Int32] = [:]
    var owners: [Int32: Int] = [:]
    for night in 0..<30 {
      let remark: Comment = "seed \(seed), night \(night)"
      let register = region.register()
      let clients = region.clients(register)
      let records = register.map(\.record)
      let told = nights.night(records, clients.map(\.client))

      // Everybody has an id, and no two residents the same.
      #expect(!told.residents.contains(0), remark)
      #expect(Set(told.residents).count == register.count, remark)
      // A client has the id of the resident whom linking found.
      for (client, id) in zip(clients, told.clients) {
        guard let resident = client.client.resident else { continue }
        #expect(id == told.residents[resident], remark)
      }

      // What can be known is known: the same row, the same id.
      let unknowable = Set(region.people.filter(\.isUnknowable).map(\.truth))
      var now: [Row: Int32] = [:]
      for (row, id) in zip(register, told.residents) {
        now[Row(truth: row.truth, isSecond: row.record["bsn"] == nil)] = id
      }
      let followed = follow(before, told.events)
      for (row, id) in now where !row.isSecond {
        guard let expected = followed[row], expected != id else { continue }
        #expect(
          unknowable.contains(row.truth),
          "\(remark): \(expected) → \(id) of \(region.people[row.truth - 1])"
        )
        #expect(told.events.contains { $0.kind == .create && $0.person == id }, remark)
      }
      // Nobody ever gets an id that was another's.
      for (row, id) in zip(register, told.residents) {
        #expect(owners[id, default: row.truth] == row.truth, "\(remark): id \(id)")
        owners[id] = row.truth
      }
      before.merge(now) { $1 }

      // The same night again tells nothing, in whatever order its rows come.
      #expect(nights.settled(records, clients.map(\.client)).events.isEmpty, remark)
      let again = nights.settled(records.reversed(), [])
      #expect(again.residents.reversed() == told.residents, remark)
      region.day()
    }
    // All events from the beginning come to what is known now.
    var replayed = PersonLedger()
    for events in nights.events {
      let isTaken = replayed.apply(events)
      #expect(isTaken, "seed \(seed)")
    }
    #expect(replayed == nights.ledger, "seed \(seed)")
    let kinds = Set(nights.events.joined().map(\.kind))
    for kind in [PersonEvent.Kind.absorb, .merge, .alias, .status, .changed, .absent, .returned] {
      #expect(kinds.contains(kind), "seed \(seed): no \(kind) in thirty nights")
    }
  }

  /// The ids of the night before as the events of this one leave them.
  private func follow(_ ids: [Row: Int32], _ events: [PersonEvent]) -> [Row: Int32] {
    let merged = Dictionary(
      uniqueKeysWithValues: events.filter { $0.kind == .merge }.map { ($0.person, $0.other) }
    )
    return ids.mapValues { merged[$0] ?? $0 }
  }
}
