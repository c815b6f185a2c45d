/// Two areas that lie beside each other, by their codes.
package struct NeighbourPair: Sendable, Hashable {
  package let left: String
  package let right: String

  package init(_ left: String, _ right: String) {
    self.left = left
    self.right = right
  }
}
