/// A pair of which somebody asks why it was or was not linked.
package struct AskedPair: Sendable, Hashable {
  /// A row number of the spine; without one the number of a record among all, source after source.
  package let resident: Int32
  /// A row number of the source; without a spine as the other.
  package let identity: Int32

  package init(resident: Int32, identity: Int32) {
    self.resident = resident
    self.identity = identity
  }
}
