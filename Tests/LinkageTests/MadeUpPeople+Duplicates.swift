import TestSupport

extension MadeUpPeople {
  /// Records of people who were registered several times, with errors and moves; in random order.
  ///
  /// So many people have a twin.
  ///
  /// - Returns: the records, and of each whose it is.
  static func duplicates(
    of count: Int,
    bsnShare: Double = 0,
    twinCount: Int = 0,
    seed: UInt64
  ) -> (records: [Person], truth: [Int]) {
    var random = SeededGenerator(seed: seed)
    var found: [(person: Person, truth: Int)] = []
    var people = MadeUpPeople(count: count, clientCount: 0, seed: seed &+ 1).residents
    for twin in people.prefix(twinCount) {
      var other = twin
      other.firstName = (twin.firstName + Int.random(in: 1..<600, using: &random)) % 600
      other.sex = Int.random(in: 0..<2, using: &random)
      other.bsn += count
      people.append(other)
    }
    for (number, person) in people.enumerated() {
      // Of ten people six are known once, two twice, two more often.
      let times = max(1, Int.random(in: 0..<10, using: &random) - 5)
      for time in 0..<times {
        var record = person
        if Double.random(in: 0..<1, using: &random) >= bsnShare { record.bsn = 0 }
        if time > 0 {
          if Int.random(in: 0..<8, using: &random) == 0 { record.surnameErrors = time }
          if Int.random(in: 0..<8, using: &random) == 0 { record.firstNameErrors = time }
          if Int.random(in: 0..<6, using: &random) == 0 {
            record.postcode = Int.random(in: 0..<count / 20 + 1, using: &random)
          }
          if Int.random(in: 0..<40, using: &random) == 0 { record.birthDay += 1 }
        }
        found.append((record, number))
      }
    }
    found.shuffle(using: &random)
    return (found.map(\.person), found.map(\.truth))
  }
}
