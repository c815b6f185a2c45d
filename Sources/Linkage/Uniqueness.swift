package import Tabular

/// How many persons stand alone by what is kept of them, over all sources together.
///
/// Who knows these values of somebody finds her in the linked set if nobody shares them, though every
/// column by itself names thousands.
package struct Uniqueness: Sendable, Hashable {
  /// The size of the smallest group of persons with equal values (k); 0 without persons.
  package let smallest: Int
  /// Persons whom nobody equals.
  package let alone: Int
  /// Persons in groups of fewer than five.
  package let underFive: Int
  /// Persons in groups of fewer than ten.
  package let underTen: Int

  /// The kept columns of one source that could single out its persons.
  package struct Side: Sendable {
    let table: Table
    /// One an identity: a row number of the spine, or -1; nil for the spine itself.
    let persons: [Int32]?
    let columns: [String]

    /// The spine: one row a person.
    package init(spine: PseudonymisedTable, columns: [String]) {
      table = spine.table
      persons = nil
      self.columns = columns
    }

    /// A linked source: one row an identity.
    package init(source: PseudonymisedTable, links: Links, columns: [String]) {
      table = source.table
      persons = links.persons
      self.columns = columns
    }
  }

  /// Groups persons by the values of all sides.
  ///
  /// Missing is a value: somebody of whom nothing is known may stand alone by that. A person with
  /// several identities in a source is told by all of them, in any order.
  ///
  /// - Parameters:
  ///   - sides: the spine and the sources that are linked to it.
  ///   - personCount: rows of the spine.
  /// - Complexity: O(*persons* + *identities*); 24 bytes a person.
  package init(sides: [Side], personCount: Int) {
    var words = [UInt64](repeating: 0, count: personCount)
    for (number, side) in sides.enumerated() {
      let hashes = Self.hashes(of: side, seed: UInt64(number) &+ 1)
      guard let persons = side.persons else {
        for person in words.indices where person < hashes.count { words[person] &+= hashes[person] }
        continue
      }
      // A sum does not depend on the order in which identities stand.
      for identity in hashes.indices {
        let person = Int(persons[identity])
        if words.indices.contains(person) { words[person] &+= hashes[identity] }
      }
    }
    // In 64 bits, two unlike persons of 18 million meet once in 100,000 reports.
    words = sortedHashes(words)
    var (smallest, alone, underFive, underTen) = (Int.max, 0, 0, 0)
    var start = 0
    while start < words.count {
      var end = start + 1
      while end < words.count, words[end] == words[start] { end += 1 }
      let size = end - start
      smallest = min(smallest, size)
      if size == 1 { alone += 1 }
      if size < 5 { underFive += size }
      if size < 10 { underTen += size }
      start = end
    }
    self.smallest = personCount == 0 ? 0 : smallest
    self.alone = alone
    self.underFive = underFive
    self.underTen = underTen
  }

  /// One hash a row of a side's columns.
  private static func hashes(of side: Side, seed: UInt64) -> [UInt64] {
    var hashes = [UInt64](repeating: SplitMix64.hash(seed), count: side.table.rowCount)
    for name in side.columns {
      switch side.table[name] {
      case .integers(let values, _):
        for row in values.indices {
          hashes[row] = SplitMix64.hash(hashes[row] ^ UInt64(bitPattern: values[row]))
        }
      case .codes(let values, _):
        for row in values.indices {
          hashes[row] = SplitMix64.hash(hashes[row] ^ UInt64(UInt32(bitPattern: values[row])))
        }
      case .tokens, nil: continue
      }
    }
    return hashes
  }
}
