package import Tabular

extension KeyRecord {
  /// Takes a key that is to be used today, or tells why not; the first ever is entered.
  ///
  /// - Parameters:
  ///   - id: as its file says.
  ///   - fingerprint: of the key that was loaded.
  ///   - day: today.
  /// - Throws: the state that forbids it.
  package mutating func admit(
    id: String,
    fingerprint: String,
    on day: CivilDate
  ) throws(KeyFault) {
    if generations.isEmpty {
      var first = Generation(id: id, created: day, state: .active)
      first.fingerprint = fingerprint
      first.reason = "first use"
      generations = [first]
      return
    }
    guard var generation = self[id] else { throw .unknownGeneration(id: id) }
    if let expected = generation.fingerprint, expected != fingerprint {
      throw .fingerprint(id: id, found: fingerprint, expected: expected)
    }
    switch generation.state {
    case .destroyed: throw .destroyed(id: id)
    case .retired: throw .retired(id: id)
    // Of its own release it is still the key, however old it is.
    case .wrapped: return
    case .preActive:
      if let active { throw .waiting(id: id, active: active.id) }
    case .active: break
    }
    if let first = generation.notBefore, day < first {
      throw .notYetValid(id: id, from: first)
    }
    if let last = generation.notAfter, last < day { throw .expired(id: id, after: last) }
    if generation.state == .preActive {
      if let other = generations.first(where: { $0.fingerprint == fingerprint && $0.id != id }) {
        throw .sameAs(id: id, other: other.id)
      }
      generation.state = .active
      generation.fingerprint = fingerprint
      self[id] = generation
    }
  }
}
