/// Filters of whole records, one a row of a source, for a partner with clkhash.
package struct RecordFilterForm: Sendable {
  /// What is done to filters before they leave, beside the fakes among them.
  ///
  /// Both sides must do the same: a threshold belongs to one encoding.
  package enum Hardening: Sendable, Hashable {
    /// As clkhash makes them.
    case none
    /// Each filter and its complement, the bits of both in an order that the secret draws: all have
    /// as many ones as zeros. Twice as long.
    case balanced
    /// Either half laid over the other by exclusive or. Half as long.
    case xorFold
    /// Of so many in ten thousand bits, drawn for each record, each is as likely one as zero.
    case flip(tenThousandths: Int)

    /// As the log and the list of filters tell it.
    package var name: String {
      switch self {
      case .none: "none"
      case .balanced: "balanced"
      case .xorFold: "xor_fold"
      case .flip(let share):
        "flip 0." + String(String(10_000 + share).dropFirst())
      }
    }
  }

  /// At least so many features must make up a filter: of fewer it is as easily attacked as one of a
  /// single column.
  package static let leastFeatures = 4
  /// What share of the bits may be set on average, in ten-thousandths: fuller or emptier ones tell
  /// more of what is in them.
  package static let fill = 4000...5000

  /// The source whose rows are the records; it arrives in clear.
  package let source: String
  /// As agreed with the partner.
  package let schema: RecordSchema
  /// Where that lies, as `Pipeline.files` has it.
  package let schemaPath: String
  /// A name of `Pipeline.keys`; neither that of the pseudonyms nor the suppliers'.
  package let key: String
  /// Where the file for the partner is to stand.
  package let to: String
  /// Values are standardised by NL-1 first; else they are as the extract has them.
  package let standardises: Bool
  package let hardening: Hardening

  /// Bits of a filter as it leaves.
  package var bitCount: Int {
    switch hardening {
    case .none, .flip: schema.bitCount
    case .balanced: schema.bitCount * 2
    case .xorFold: schema.bitCount / 2
    }
  }

  /// Names the encoding: who has another one cannot compare.
  package var encoding: String { "clkhash-3-\(schema.bitCount) \(hardening.name)" }

  /// Whether a column of the source is in the filters.
  package func holds(_ column: String) -> Bool {
    schema.features.contains { $0?.identifier == column }
  }
}
