/// The Bloom filters of one column of a source: each distinct value once, and who has which.
///
/// Two filters tell how alike two values are, without telling the values. Only `Pseudonymisation`
/// can make them.
public struct FieldFilters: Sendable {
  /// Words of 64 bits in a filter.
  ///
  /// Not stored: another module would not know it then, and could not unroll a loop.
  @inlinable public static var wordCount: Int { 16 }

  /// `wordCount` words a filter, filter after filter, in the order in which identities have them.
  ///
  /// Bit x is the bit 63 − x mod 64 of word x / 64.
  package let words: [UInt64]
  /// One an identity, in the order of the identities: the number of its filter, or `missingCode`.
  package let numbers: [Int32]

  @_spi(Pseudonymisation) public init(vouchingFor words: [UInt64], numbers: [Int32]) {
    self.words = words
    self.numbers = numbers
  }

  /// The filters of several sources as those of one, source after source.
  ///
  /// - Parameter parts: of each source its filters, nil when it has none, and how many identities it has.
  package init(joining parts: [(filters: FieldFilters?, identityCount: Int)]) {
    var words: [UInt64] = []
    var numbers: [Int32] = []
    for part in parts {
      let first = Int32(words.count / Self.wordCount)
      guard let filters = part.filters else {
        numbers += repeatElement(missingCode, count: part.identityCount)
        continue
      }
      words += filters.words
      numbers += filters.numbers.map { $0 < 0 ? missingCode : $0 + first }
    }
    self.words = words
    self.numbers = numbers
  }

  /// The filters of these identities, in this order.
  package func taking(_ identities: [Int]) -> FieldFilters {
    FieldFilters(vouchingFor: words, numbers: identities.map { numbers[$0] })
  }

  /// How many distinct filters there are.
  package var count: Int { words.count / Self.wordCount }

  /// The words of one filter.
  ///
  /// - Precondition: `number` is in 0..<`count`.
  package func filter(_ number: Int) -> ArraySlice<UInt64> {
    words[number * Self.wordCount..<(number + 1) * Self.wordCount]
  }
}
