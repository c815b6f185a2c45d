package import Diagnostics

/// A CSV file of who invested how much for the period, with the headers `payer` and `euros`, cut by
/// `;`.
package struct InvestmentFile: Sendable, Hashable {
  package let path: String
  /// Where the pipeline names it.
  package let place: Place
  /// By payer, and together within 64 bits; empty until the file was read.
  package var cents: [String: Int64] = [:]
}
