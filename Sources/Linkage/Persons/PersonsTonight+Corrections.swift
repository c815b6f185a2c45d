package import Tabular

/// Residents whose number is not what it was.
extension PersonsTonight {
  /// Numbers that the register has corrected, tonight or before, and what it has in their place.
  ///
  /// A source that still has the old one means the same person.
  package var corrections: [Token: Token] {
    var corrections: [Token: Token] = [:]
    for (resident, old) in corrected {
      corrections[old] = anchors[Int(founder(of: Int(resident)))]
    }
    let earlier = Array(Set(ledger.aliases)).filter { anchor(of: $0) < 0 }
    guard !earlier.isEmpty else { return corrections }
    let ids = ledger.holders(of: earlier)
    var numbers: [Int32: Token] = [:]
    for id in ids { numbers[id] = .missing }
    for person in 0..<personCount {
      let founder = Int(founder(of: person))
      guard kind(of: founder).contains(.number), numbers[holder(of: founder)] != nil else {
        continue
      }
      numbers[holder(of: founder)] = anchors[founder]
    }
    for (old, id) in zip(earlier, ids) {
      if let new = numbers[id], !new.isMissing { corrections[old] = new }
    }
    return corrections
  }

  /// Residents who are equal in all but their number to persons who are gone.
  ///
  /// The one whose number is new to the register is the one whose number is gone; where two are new, or
  /// two gone, nobody knows. Who had no number, or shared it, was registered twice, and is whoever is
  /// alone like them. Nothing here hangs on what tonight changes: the same night again finds no more.
  var matchesByLikeness: [(resident: Int32, id: Int32)] {
    var numbered: [UInt64: (ids: [Int32], residents: [Int32])] = [:]
    var unnumbered: [UInt64: (ids: [Int32], residents: [Int32])] = [:]
    for place in 0..<ledger.personCount {
      let id = Int32(place) + 1
      guard ledger.isLiving(id), case let likeness = ledger.likeness(of: id), likeness != 0 else {
        continue
      }
      let own = ledger.own(of: id)
      let code = Int(anchor(of: own.token))
      if code >= 0, owner(of: code) >= 0 { continue }
      if own.isNumber {
        numbered[likeness, default: ([], [])].ids.append(id)
      } else {
        unnumbered[likeness, default: ([], [])].ids.append(id)
      }
    }
    if numbered.isEmpty, unnumbered.isEmpty { return [] }
    for resident in 0..<residentCount {
      let (likeness, id) = (self.likeness(of: resident), holder(of: Int(founder(of: resident))))
      if id == 0 || ledger.isApart(id) { numbered[likeness]?.residents.append(Int32(resident)) }
      unnumbered[likeness]?.residents.append(Int32(resident))
    }
    var matches: [(resident: Int32, id: Int32)] = []
    for (ids, residents) in numbered.values where ids.count == 1 && residents.count == 1 {
      matches.append((residents[0], ids[0]))
    }
    for (ids, residents) in unnumbered.values where residents.count == 1 {
      matches += ids.map { (residents[0], $0) }
    }
    return matches.sorted { ($0.resident, $0.id) < ($1.resident, $1.id) }
  }

  /// Residents who had another number before, which is nobody's tonight.
  var correctedNumbers: [(resident: Int32, old: Token)] {
    var corrected: [(resident: Int32, old: Token)] = []
    func see(_ resident: Int, _ id: Int32) {
      guard id > 0, kind(of: Int(founder(of: resident))).contains(.number) else { return }
      let before = ledger.own(of: id)
      if before.isNumber, anchor(of: before.token) < 0 {
        corrected.append((Int32(resident), before.token))
      }
    }
    for (resident, id) in matches { see(Int(resident), id) }
    for resident in 0..<residentCount { see(resident, holder(of: Int(founder(of: resident)))) }
    return corrected
  }
}
