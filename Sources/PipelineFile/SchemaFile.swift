package import Diagnostics

/// An XML Schema that a source names.
package struct SchemaFile: Sendable, Hashable {
  /// Relative to the folder of the file that names it already resolved.
  package let path: String
  /// Where it is named.
  package let place: Place

  package init(path: String, place: Place) {
    self.path = path
    self.place = place
  }
}
