/// The region that each area belongs to, the level above its municipality.
///
/// Codes of CBS nest: `BU90010203` lies in `WK900102`, and that in `GM9001`.
package struct AreaRegions: Sendable {
  private let regions: [String: String]

  /// Takes the regions of areas of any level.
  package init(_ areas: [Area]) {
    var regions: [String: String] = [:]
    for area in areas { if let region = area.region { regions[area.code] = region } }
    self.regions = regions
  }

  /// Whether no area has one.
  package var isEmpty: Bool { regions.isEmpty }

  /// The region of an area, or else of the district or the municipality that it lies in.
  ///
  /// - Parameter code: of a neighbourhood, a district or a municipality.
  /// - Returns: nil where none of them is listed.
  package func region(of code: String) -> String? {
    if let known = regions[code] { return known }
    guard code.hasPrefix("BU") || code.hasPrefix("WK") else { return nil }
    let digits = code.dropFirst(2)
    return regions["WK" + digits.prefix(6)] ?? regions["GM" + digits.prefix(4)]
  }
}
