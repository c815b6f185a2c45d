/// What the bytes beyond ASCII of a file in ISO-8859-1 look like.
package struct HighBytes: OptionSet, Sendable, Hashable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Runs of them that are well-formed UTF-8.
  package static let sequences = HighBytes(rawValue: 1)
  /// Runs of them that are not.
  package static let others = HighBytes(rawValue: 2)
  /// Bytes 80–9F, which ISO-8859-1 gives no letters.
  package static let controls = HighBytes(rawValue: 4)
}
