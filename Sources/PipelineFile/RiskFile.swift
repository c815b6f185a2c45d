package import Diagnostics

/// A CSV file of risks by score, with the headers `score` and `risk`, cut by `;`.
package struct RiskFile: Sendable, Hashable {
  package let path: String
  /// Where the pipeline names it.
  package let place: Place
  /// In 0...1, by score; empty until the file was read.
  package var risks: [Int64: Double] = [:]
  /// The SHA-256 of the file, in hexadecimal; empty until it was read.
  package var digest = ""
}
