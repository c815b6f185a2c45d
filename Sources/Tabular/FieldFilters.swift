/// The Bloom filters of one column of a source: each distinct value once, and who has which.
///
/// Two filters tell how alike two values are, without telling the values. Only `Pseudonymisation`
/// can make them.
package struct FieldFilters: Sendable {
  /// Words of 64 bits in a filter.
  ///
  /// Not stored: another module would not know it then, and could not unroll a loop.
  @inlinable package static var wordCount: Int { 16 }

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

  /// How many distinct filters there are.
  package var count: Int { words.count / Self.wordCount }

  /// The words of one filter.
  ///
  /// - Precondition: `number` is in 0..<`count`.
  package func filter(_ number: Int) -> ArraySlice<UInt64> {
    words[number * Self.wordCount..<(number + 1) * Self.wordCount]
  }
}
