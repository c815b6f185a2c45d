/// How much a JSON file may ask of us; see "Hostile input" of the design.
enum JsonLimits {
  /// Bytes of a line, its end not counted, and of a person in a BRP file.
  static let recordLength = 1 << 24
  /// Bytes of a text that is read.
  static let fieldLength = 1 << 16
  /// Objects and arrays in each other.
  static let depth = 64
  /// Members of an object.
  static let memberCount = 4096
  /// Values of a record that are read, or looked at on the way.
  static let entryCount = 1 << 18
}
