/// The levels of areas whose CBS codes nest: `BU` 4+2+2, `WK` 4+2, `GM` 4 digits.
package enum AreaLevel: String, Sendable, CaseIterable {
  case neighbourhood, district, municipality

  /// How a code of this level begins.
  package var prefix: String {
    switch self {
    case .neighbourhood: "BU"
    case .district: "WK"
    case .municipality: "GM"
    }
  }

  /// How many characters follow the prefix.
  package var length: Int {
    switch self {
    case .neighbourhood: 8
    case .district: 6
    case .municipality: 4
    }
  }

  /// The code of this level that an area lies in; nil for a code of a coarser level, or none.
  package func code(of area: String) -> String? {
    for level in Self.allCases where area.hasPrefix(level.prefix) {
      guard area.utf8.count == 2 + level.length, level.length >= length else { return nil }
      return prefix + area.dropFirst(2).prefix(length)
    }
    return nil
  }
}
