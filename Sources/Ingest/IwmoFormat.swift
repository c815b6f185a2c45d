import PipelineFile

/// What a source reads of iWmo and iJw messages.
struct IwmoFormat {
  /// Of the messages that it asks for.
  let layouts: [IwmoKind: IwmoLayout]
  /// What every message is checked against; nil for nothing.
  let schema: XMLSchema?
  let limits: SourceLimits
  /// Of flat records; XML obeys its prolog.
  let encoding: Encoding

  init(
    messages: Set<Int>,
    columns: [SourceColumn],
    schema: XMLSchema?,
    limits: SourceLimits,
    encoding: Encoding
  ) {
    self.schema = schema
    self.limits = limits
    self.encoding = encoding
    layouts = IwmoLayout.all(of: messages, columns: columns)
  }
}
