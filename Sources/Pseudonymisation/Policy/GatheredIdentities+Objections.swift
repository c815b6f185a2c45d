extension GatheredIdentities {
  /// Whose person objects, once identities are completed.
  ///
  /// An event that bears the number of a client alone belongs to her nonetheless: all that is joined
  /// to somebody who objects goes with her, also where her client rows contradict each other.
  ///
  /// - Returns: by code + 1; empty when nobody objects, or workers have left those rows out.
  func objecting(_ pseudonymiser: Pseudonymiser) -> [Bool] {
    guard let objections = pseudonymiser.objections, let plan = pseudonymiser.plan.completion else {
      return []
    }
    let joinWord = wordCount - SourcePlan.Completion.wordCount
    let spellings = pseudonymiser.columnMemos[plan.join].representatives()
    func person(of identity: Int) -> Int32? {
      let word = keys[identity * wordCount + joinWord]
      guard word >= 0 else { return nil }
      return spellings.isEmpty ? Int32(word) : spellings[Int(word)]
    }
    let own = codes.indices.filter { identity in
      let code = keys[identity * wordCount + objections.column]
      return objections.persons.contains(Int32(truncatingIfNeeded: code))
    }
    guard !own.isEmpty else { return [] }
    let persons = Set(own.compactMap(person))
    var objecting = [Bool](repeating: false, count: Int(codes.max() ?? 0) + 2)
    for identity in own { objecting[Int(codes[identity]) + 1] = true }
    for identity in codes.indices {
      if let person = person(of: identity), persons.contains(person) {
        objecting[Int(codes[identity]) + 1] = true
      }
    }
    return objecting
  }
}
