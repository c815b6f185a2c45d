import PipelineFile

/// What a source reads of iWmo and iJw messages.
struct IwmoFormat {
  /// Of the messages that it asks for.
  let layouts: [IwmoKind: IwmoLayout]
  /// What every message is checked against; nil for nothing.
  let schema: XMLSchema?

  init(messages: Set<Int>, columns: [SourceColumn], schema: XMLSchema?) {
    self.schema = schema
    layouts = IwmoLayout.all(of: messages, columns: columns)
  }
}
