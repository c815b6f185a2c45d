package import Tabular

/// Residents whose number is not what it was.
extension PersonsTonight {
  /// Numbers that the register has corrected, tonight or before, and what it has in their place.
  ///
  /// A source that still has the old one means the same person.
  package var corrections: [Token: Token] {
    var corrections: [Token: Token] = [:]
    for (resident, old) in corrected { corrections[old] = anchor(founders[Int(resident)]).token }
    let earlier = ledger.aliases.filter { anchors.knownCode(of: $0) < 0 }
    guard !earlier.isEmpty else { return corrections }
    var numbers: [Int32: Token] = [:]
    for old in earlier { numbers[ledger.holder(of: old)] = .missing }
    for founder in founders where kinds[Int(founder)].contains(.number) {
      if numbers[held[Int(founder)]] != nil {
        numbers[held[Int(founder)]] = anchors.value(of: founder)
      }
    }
    for old in earlier {
      if let new = numbers[ledger.holder(of: old)], !new.isMissing { corrections[old] = new }
    }
    return corrections
  }

  func anchor(_ code: Int32) -> PersonAnchor {
    PersonAnchor(
      token: anchors.value(of: code),
      isNumber: kinds[Int(code)].contains(.number)
    )
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
      let code = anchors.knownCode(of: own.token)
      if code >= 0, owners[Int(code)] >= 0 { continue }
      if own.isNumber {
        numbered[likeness, default: ([], [])].ids.append(id)
      } else {
        unnumbered[likeness, default: ([], [])].ids.append(id)
      }
    }
    if numbered.isEmpty, unnumbered.isEmpty { return [] }
    for (resident, likeness) in likenesses.enumerated() {
      let id = held[Int(founders[resident])]
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
      guard id > 0, kinds[Int(founders[resident])].contains(.number) else { return }
      let before = ledger.own(of: id)
      if before.isNumber, anchors.knownCode(of: before.token) < 0 {
        corrected.append((Int32(resident), before.token))
      }
    }
    for (resident, id) in matches { see(Int(resident), id) }
    for resident in founders.indices { see(resident, held[Int(founders[resident])]) }
    return corrected
  }
}
