import Tabular

/// Which id each of tonight's persons has, and what happened to ids.
package struct PersonSettlement: Sendable {
  /// One a person, from 1; distinct.
  package private(set) var ids: [Int32]
  /// By kind, in the order of kinds; none when nothing has changed since the night before.
  package private(set) var events: [PersonEvents]

  /// The greatest id that was ever given.
  package private(set) var lastID: Int32

  private let tonight: PersonsTonight
  private let ledger: PersonLedger
  /// Ids that are merged tonight, and into which.
  private var merged: [Int32: Int32] = [:]

  /// Settles who is who.
  package init(_ tonight: PersonsTonight) {
    self.tonight = tonight
    ledger = tonight.ledger
    lastID = Int32(tonight.ledger.personCount)
    ids = [Int32](repeating: 0, count: tonight.personCount)
    events = PersonEvent.Kind.allCases.map { kind in
      PersonEvents(
        kind,
        tokens: kind == .alias ? tonight.corrected.map(\.old) : tonight.anchors,
        hasLikeness: tonight.hasNumbers
      )
    }
    if ledger.personCount > 0 { keep(keepers()) }
    create()
    tellAnchors()
    tellPersons()
  }

  private mutating func tell(
    _ kind: PersonEvent.Kind,
    _ person: Int32,
    other: Int32 = 0,
    isApart: Bool = false,
    anchor: Int32 = 0,
    likeness: UInt64 = 0
  ) {
    events[Int(kind.rawValue) - 1].tell(
      person,
      other: other,
      isApart: isApart,
      anchor: anchor,
      isNumber: kind == .alias
        || kind.hasAnchor && tonight.kind(of: Int(anchor)).contains(.number),
      likeness: likeness
    )
  }

  /// Whether nobody had that id before tonight.
  private func isNew(_ id: Int32) -> Bool { Int(id) > ledger.personCount }

  /// By id, the person who keeps it; -1 where nobody claims it.
  ///
  /// A person claims the ids that hold its principal anchors. A record that is linked to it brings an id
  /// along where nothing else does: whoever has an id does not become another because a record moved.
  private func keepers() -> [Int32] {
    var keepers = [Int32](repeating: -1, count: ledger.personCount + 1)
    var contested: [Int32: [Int32: Int32]] = [:]
    var claims = [Bool](repeating: false, count: tonight.personCount)
    func claim(_ id: Int32, _ person: Int32) {
      claims[Int(person)] = true
      if keepers[Int(id)] < 0 { keepers[Int(id)] = person }
      if keepers[Int(id)] != person { contested[id] = [:] }
    }
    for code in tonight.anchors.indices where isClaim(code, .principal) {
      claim(tonight.holder(of: code), tonight.owner(of: code))
    }
    for match in tonight.matches { claim(match.id, match.resident) }
    if !contested.isEmpty {
      for code in tonight.anchors.indices where isClaim(code, .principal) {
        contested[tonight.holder(of: code)]?[tonight.owner(of: code), default: 0] +=
          tonight.weight(of: code)
      }
      for match in tonight.matches { contested[match.id]?[match.resident, default: 0] += 1 }
    }
    var byRecords: [Int32: [Int32: Int32]] = [:]
    for code in tonight.anchors.indices where isClaim(code, []) {
      let (id, person) = (tonight.holder(of: code), tonight.owner(of: code))
      guard keepers[Int(id)] < 0, !claims[Int(person)] else { continue }
      byRecords[id, default: [:]][person, default: 0] += tonight.weight(of: code)
    }
    for (id, votes) in contested.merging(byRecords, uniquingKeysWith: { first, _ in first }) {
      let founder = tonight.anchor(of: ledger.founder(of: id))
      let founding = founder < 0 ? -1 : tonight.owner(of: Int(founder))
      if votes[founding] != nil {
        keepers[Int(id)] = founding
      } else {
        keepers[Int(id)] = votes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? -1
      }
    }
    return keepers
  }

  /// Whether a person of tonight has an anchor of that kind that an id holds.
  private func isClaim(_ code: Int, _ kind: PersonsTonight.Kinds) -> Bool {
    tonight.holder(of: code) > 0 && tonight.owner(of: code) >= 0
      && tonight.kind(of: code).contains(.principal) == (kind == .principal)
  }

  /// Gives kept ids to their persons; of several one stays, and the others are merged into it.
  private mutating func keep(_ keepers: [Int32]) {
    var several: [Int32: [Int32]] = [:]
    for id in keepers.indices where keepers[id] >= 0 {
      let person = keepers[id]
      if ids[Int(person)] == 0 {
        ids[Int(person)] = Int32(id)
      } else {
        several[person, default: [ids[Int(person)]]].append(Int32(id))
      }
    }
    guard !several.isEmpty else { return }
    var votes: [Int32: Int32] = [:]
    for code in tonight.anchors.indices where several[tonight.owner(of: code)] != nil {
      votes[tonight.holder(of: code), default: 0] += tonight.weight(of: code)
    }
    // The row of a resident is that of whom it is like, where no resident had its number.
    for match in tonight.matches {
      let id = tonight.holder(of: Int(tonight.founder(of: Int(match.resident))))
      if id > 0, !ledger.isApart(id) { continue }
      votes[match.id, default: 0] += 1
      if id > 0 { votes[id, default: 0] -= 1 }
    }
    for (person, claimed) in several.sorted(by: { $0.key < $1.key }) {
      let stays = claimed.max { one, other in
        (votes[one] ?? 0, other) < (votes[other] ?? 0, one)
      }
      guard let stays else { continue }
      ids[Int(person)] = stays
      for id in claimed where id != stays {
        merged[id] = stays
        tell(.merge, id, other: stays)
      }
    }
  }

  /// Gives new ids in the order of persons: to those whom nobody has seen, then to those split off.
  private mutating func create() {
    events[Int(PersonEvent.Kind.create.rawValue) - 1].reserveCapacity(ids.count { $0 == 0 })
    for kind in [PersonEvent.Kind.create, .split] {
      for person in ids.indices where ids[person] == 0 {
        let founder = tonight.founder(of: person)
        let origin = living(tonight.holder(of: Int(founder)))
        guard (origin == 0) == (kind == .create) else { continue }
        lastID += 1
        ids[person] = lastID
        let isApart = person >= tonight.residentCount
        tell(
          kind,
          lastID,
          other: origin,
          isApart: isApart,
          anchor: founder,
          likeness: isApart ? 0 : tonight.likeness(of: person)
        )
      }
    }
  }

  /// Tells of anchors that are new, or of another person than before.
  private mutating func tellAnchors() {
    for code in tonight.anchors.indices where tonight.owner(of: code) >= 0 {
      let person = Int(tonight.owner(of: code))
      if isNew(ids[person]), tonight.founder(of: person) == Int32(code) { continue }
      let (id, before) = (ids[person], living(tonight.holder(of: code)))
      guard before != id else { continue }
      tell(before == 0 ? .absorb : .moved, id, other: before, anchor: Int32(code))
    }
  }

  /// Tells who is other than before, who is absent, and who is back.
  private mutating func tellPersons() {
    var isSeen = [Bool](repeating: false, count: ledger.personCount + 1)
    for person in ids.indices where !isNew(ids[person]) {
      let id = ids[person]
      isSeen[Int(id)] = true
      let isApart = person >= tonight.residentCount
      if ledger.isApart(id) != isApart { tell(.status, id, isApart: isApart) }
      if ledger.isAbsent(id) { tell(.returned, id) }
      guard !isApart, tonight.hasNumbers else { continue }
      let (founder, likeness) = (tonight.founder(of: person), tonight.likeness(of: person))
      let own = PersonAnchor(
        token: tonight.anchors[Int(founder)],
        isNumber: tonight.kind(of: Int(founder)).contains(.number)
      )
      guard own != ledger.own(of: id) || likeness != ledger.likeness(of: id) else { continue }
      tell(.changed, id, anchor: founder, likeness: likeness)
    }
    for (number, corrected) in tonight.corrected.enumerated() {
      tell(.alias, ids[Int(corrected.resident)], anchor: Int32(number))
    }
    for place in 0..<ledger.personCount {
      let id = Int32(place) + 1
      if ledger.isLiving(id), !isSeen[Int(id)], !ledger.isAbsent(id), merged[id] == nil {
        tell(.absent, id)
      }
    }
  }

  private func living(_ id: Int32) -> Int32 { merged.isEmpty ? id : merged[id] ?? id }
}
