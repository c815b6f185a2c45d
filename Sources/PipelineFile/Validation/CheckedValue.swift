/// A node whose form is right: its kind, its keys and its scalars are those of the definition.
///
/// What was wrong is `.faulty` and told; whoever meets it says nothing more.
struct CheckedValue {
  enum Content {
    case text(VariableText)
    case integer(Int64)
    /// In 0...1.
    case share(Double)
    case flag(Bool)
    case list([CheckedValue])
    case mapping([CheckedEntry])
    case faulty
  }

  var content: Content
  let span: SourceSpan
  /// The place of its key, or its own when it has none.
  let place: SourceSpan
  /// Keys that are absent, perhaps only because another one is misspelt or faulty.
  var suspects: Set<String> = []

  subscript(key: String) -> CheckedValue? { entries.first { $0.name == key }?.value }

  var isFaulty: Bool { if case .faulty = content { true } else { false } }

  /// The entries of a mapping, in file order; none of anything else.
  var entries: [CheckedEntry] { if case .mapping(let entries) = content { entries } else { [] } }
  /// The elements of a list; a single value counts as a list of one.
  var elements: [CheckedValue] {
    switch content {
    case .list(let elements): elements
    case .faulty: []
    default: [self]
    }
  }

  /// The text, its variables replaced.
  var text: String? { variableText?.text }
  var variableText: VariableText? { if case .text(let text) = content { text } else { nil } }
  var integer: Int64? { if case .integer(let number) = content { number } else { nil } }
  var share: Double? { if case .share(let share) = content { share } else { nil } }
  var flag: Bool? { if case .flag(let flag) = content { flag } else { nil } }

  /// Whether something may stand under this key that could not be read.
  func isUncertain(_ key: String) -> Bool {
    isFaulty || suspects.contains(key) || self[key]?.isFaulty == true
  }
}

/// A key of a checked mapping.
struct CheckedEntry {
  let name: String
  let keySpan: SourceSpan
  let value: CheckedValue
}
