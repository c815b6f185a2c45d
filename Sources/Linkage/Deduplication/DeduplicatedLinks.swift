import Tabular

/// The persons of a set of records as links of the sources that the records came from.
struct DeduplicatedLinks {
  let personCount: Int
  /// One a source, in the order in which they were given.
  let bySource: [Links]

  /// - Parameters:
  ///   - found: what became of the records.
  ///   - records: where they came from.
  ///   - counts: by source, how many identities it has.
  init(_ found: Deduplicator.Outcome, _ records: JoinedRecords, counts: [Int]) {
    // Where each identity first stands in the set, source after source.
    var places = [Int](repeating: 0, count: counts.reduce(0, +))
    for (place, origin) in records.origins.enumerated().reversed() { places[origin] = place }
    // Persons are numbered as their first identities come.
    var numbers = [Int32](repeating: -1, count: found.persons.count)
    var personCount: Int32 = 0
    var bySource: [Links] = []
    var first = 0
    for count in counts {
      let own = places[first..<first + count]
      let persons = own.map { place -> Int32 in
        let person = Int(found.persons[place])
        if numbers[person] < 0 {
          numbers[person] = personCount
          personCount += 1
        }
        return numbers[person]
      }
      bySource.append(
        Links(
          persons: persons,
          passes: own.map { found.passes[$0] },
          reasons: own.map { found.reasons[$0] },
          weighed: found.weighed.map { $0.taking(own) }
        )
      )
      first += count
    }
    self.personCount = Int(personCount)
    self.bySource = bySource
  }
}

extension Links.Weighed {
  /// What was found of these records, in this order.
  fileprivate func taking(_ records: ArraySlice<Int>) -> Links.Weighed {
    var other = Links.Weighed(count: records.count)
    for (place, record) in records.enumerated() {
      other.rules[place] = rules[record]
      other.weights[place] = weights[record]
      other.probabilities[place] = probabilities[record]
      other.rivals[place] = rivals[record]
    }
    return other
  }
}

/// By identity, the first identity of the same person.
func firstIdentities(of persons: [Int32]) -> [Int32] {
  var first = [Int32](repeating: -1, count: persons.count)
  for (identity, person) in persons.enumerated() where first[Int(person)] < 0 {
    first[Int(person)] = Int32(identity)
  }
  return persons.map { first[Int($0)] }
}
