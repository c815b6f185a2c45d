/// A node of a pipeline file with its place; a scalar stays text.
struct YAMLNode: Sendable {
  enum Content: Sendable {
    case scalar(String, isPlain: Bool)
    case sequence([YAMLNode])
    case mapping([YAMLEntry])
    /// Told already: whoever meets it says nothing more.
    case faulty
  }

  let content: Content
  let span: SourceSpan

  /// The entries of a mapping; none of anything else.
  var entries: [YAMLEntry] { if case .mapping(let entries) = content { entries } else { [] } }

  /// The text of a scalar.
  var text: String? { if case .scalar(let text, _) = content { text } else { nil } }

  var isScalar: Bool { text != nil }

  subscript(key: String) -> YAMLNode? { entries.first { $0.key == key }?.value }

  /// `key:` with nothing after it.
  var isEmpty: Bool {
    if case .scalar(let text, let isPlain) = content { isPlain && text.isEmpty } else { false }
  }
}

/// A key of a mapping and what it stands for.
struct YAMLEntry: Sendable {
  let key: String
  let keySpan: SourceSpan
  let value: YAMLNode
}
