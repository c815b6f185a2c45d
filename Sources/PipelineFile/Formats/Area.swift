/// What is known of an area.
package struct Area: Sendable, Hashable {
  /// As `BU90010203`, `WK900102` or `GM9001`.
  package let code: String
  package let name: String?
  package let region: String?
  /// Metres to the east and to the north; nil where the file does not tell.
  package let position: Position?

  package init(code: String, name: String? = nil, region: String? = nil, position: Position? = nil)
  {
    self.code = code
    self.name = name
    self.region = region
    self.position = position
  }

  /// A place in the plane.
  package struct Position: Sendable, Hashable {
    /// Metres to the east.
    package let x: Double
    /// Metres to the north.
    package let y: Double

    package init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }
}
