import PipelineFile
import Tabular

/// How the lines of a source are cut and where its columns stand.
struct CsvForm: Sendable {
  let dialect: Dialect
  let encoding: Encoding
  private(set) var kind: Kind
  /// What is done with a header that is not the declared one.
  let drift: DriftPolicy
  let limits: SourceLimits

  enum Kind: Sendable {
    /// Fields between delimiters, found by header or number.
    case delimited([SourceColumn])
    /// Bytes of the line.
    case fixed
    /// Fields between delimiters whose headers are elements of LO3.
    case lo3(required: [Bool])
  }

  /// Fields between delimiters, none of which is wanted: for the sake of the header.
  init(_ dialect: Dialect, _ encoding: Encoding, _ limits: SourceLimits = SourceLimits()) {
    self.dialect = dialect
    self.encoding = encoding
    self.limits = limits
    kind = .delimited([])
    drift = DriftPolicy()
  }

  /// Nil for a format that is not read in lines.
  init?(_ source: Source) {
    drift = source.drift
    limits = source.limits
    switch source.format {
    case .csv(let dialect, let encoding):
      self.dialect = dialect
      self.encoding = encoding
      kind = .delimited(source.columns)
    case .fixed(let dialect, let encoding):
      self.dialect = dialect
      self.encoding = encoding
      kind = .fixed
    case .lo3Csv(let dialect, let encoding):
      self.dialect = dialect
      self.encoding = encoding
      let required = Set(source.columns.filter(\.required).map(\.sourceName))
      kind = .lo3(required: Lo3Elements.all.map { required.contains($0.column) })
    case .given(_, let dialect):
      self.dialect = dialect
      encoding = .utf8
      kind = .delimited(source.columns)
    default: return nil
    }
  }
}
