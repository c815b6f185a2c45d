/// A pair that a person has judged.
package struct JudgedPair: Sendable, Hashable {
  package let pair: AskedPair
  /// Whether both records are one person; if not, they are never linked.
  package let isSame: Bool

  package init(pair: AskedPair, isSame: Bool) {
    self.pair = pair
    self.isSame = isSame
  }
}
