/// How much any JSON file may ask of us, beside the limits that a source may change.
enum JsonLimits {
  /// Objects and arrays in each other: there is a bit for each.
  static let depth = 64
  /// Values of a record that are read, or looked at on the way.
  static let entryCount = 1 << 18
}
