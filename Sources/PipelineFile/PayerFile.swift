package import Diagnostics

/// A CSV file of who pays the costs of which source, with the headers `source`, `payer` and
/// `percent`, cut by `;`.
package struct PayerFile: Sendable, Hashable {
  /// What a payer pays of each euro of a source.
  package struct Part: Sendable, Hashable {
    package let source: String
    package let payer: String
    /// Of a per cent; those of a source add up to 10,000.
    package let hundredths: Int64

    package init(source: String, payer: String, hundredths: Int64) {
      self.source = source
      self.payer = payer
      self.hundredths = hundredths
    }
  }

  package let path: String
  /// Where the pipeline names it.
  package let place: Place
  /// By source, then by payer in byte order; empty until the file was read.
  package var parts: [Part] = []
}
