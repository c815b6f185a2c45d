import Diagnostics

/// Checks the form of a tree against the definitions: kinds, keys and single values.
///
/// Unknown keys, wrong kinds, lacking keys and what is not built yet are told here, once for all
/// stages; the stages then see checked values only.
struct StructureCheck {
  var faults: FaultList
  var variables: Variables
  /// The data are made up: some keys may be left out then.
  var isSample = false

  /// What a message calls the place that is checked.
  struct Context {
    /// As `source 'care'`.
    let noun: String
    /// The place of the key, or of the value when it has none.
    let place: SourceSpan
  }

  mutating func check(_ node: YAMLNode, as kind: ValueKind, _ context: Context) -> CheckedValue {
    if case .faulty = node.content { return faulty(node, context) }
    switch kind {
    case .mapping(let definition): return mapping(node, definition, context)
    case .named(let form, let kind, let noun): return named(node, form, kind, noun, context)
    case .list(let kind, let least): return list(node, kind, least: least, context)
    case .either(let first, let second):
      return check(node, as: Self.fits(node, first) ? first : second, context)
    case .text, .word, .integer, .size, .share, .fraction, .flag:
      guard case .scalar(let raw, _) = node.content, !node.isEmpty else {
        return refuse(node, "expected \(Self.expectation(of: kind))", context)
      }
      return scalar(node, raw, kind, context)
    }
  }

  private mutating func mapping(
    _ node: YAMLNode,
    _ definition: MappingDefinition,
    _ context: Context
  ) -> CheckedValue {
    guard case .mapping(let nodes) = node.content else {
      return refuse(node, "expected keys and values", context)
    }
    let built = definition.keys.filter(\.isBuilt).map(\.name)
    let written = Set(nodes.map(\.key))
    var suspects: Set<String> = []
    var entries: [CheckedEntry] = []
    for entry in nodes {
      guard let key = definition.key(entry.key) else {
        if let others = definition.others {
          let checked = named(entry, others.form, others.kind, others.noun, &suspects)
          if let checked { entries.append(checked) }
          continue
        }
        let near = Self.near(entry.key, definition, written)
        if let near, let key = definition.key(near) {
          suspects.insert(near)
          // What stands there is checked as what it was meant to be: mistakes in it show as well.
          if let value = meant(entry, key, context) {
            entries.append(CheckedEntry(name: near, keySpan: entry.keySpan, value: value))
          }
        }
        let known = built.joined(separator: ", ")
        faults.report(
          at: entry.keySpan,
          "\(context.noun) has no key '\(entry.key)'",
          hint: near.map { "did you mean '\($0)'?" } ?? "it may have: \(known)"
        )
        continue
      }
      if case .notBuilt(let instead) = key.need {
        suspects.insert(key.name)
        let path = definition.path.isEmpty ? key.name : "\(definition.path).\(key.name)"
        faults.report(at: entry.keySpan, "'\(path)' is not built yet", hint: instead)
        continue
      }
      let inner = Context(noun: Self.noun(of: key, in: context), place: entry.keySpan)
      let value = check(entry.value, as: key.kind, inner)
      entries.append(CheckedEntry(name: key.name, keySpan: entry.keySpan, value: value))
    }
    for key in definition.keys where key.isRequired(beside: written, isSample: isSample) {
      guard !written.contains(key.name), !suspects.contains(key.name) else { continue }
      suspects.insert(key.name)
      faults.reportMissing(
        at: context.place,
        Self.lacking(key, context),
        hint: Self.cure(for: key)
      )
    }
    return CheckedValue(
      content: .mapping(entries),
      span: node.span,
      place: context.place,
      suspects: suspects
    )
  }

  /// The value of a misspelt key; nil when it is of another kind than the key that was meant.
  private mutating func meant(
    _ entry: YAMLEntry,
    _ key: KeyDefinition,
    _ context: Context
  ) -> CheckedValue? {
    guard Self.fits(entry.value, key.kind) else { return nil }
    let before = faults
    let inner = Context(noun: Self.noun(of: key, in: context), place: entry.keySpan)
    let value = check(entry.value, as: key.kind, inner)
    if !entry.value.isScalar || !value.isFaulty { return value }
    faults = before
    return nil
  }

  /// The key that was meant: one that resembles it, or a required one that begins like it.
  private static func near(
    _ name: String,
    _ definition: MappingDefinition,
    _ written: Set<String>
  ) -> String? {
    let absent = definition.keys.filter { $0.isBuilt && !written.contains($0.name) }
    return nearestName(to: name, among: absent.map(\.name))
      ?? absent.first { $0.isExpected && $0.name.hasPrefix(name.prefix(2)) }?.name
  }

  private mutating func named(
    _ node: YAMLNode,
    _ form: NameForm,
    _ kind: ValueKind,
    _ noun: String,
    _ context: Context
  ) -> CheckedValue {
    guard case .mapping(let nodes) = node.content, !nodes.isEmpty else {
      return refuse(node, "expected at least one \(noun)", context)
    }
    var suspects: Set<String> = []
    var entries: [CheckedEntry] = []
    for entry in nodes {
      if let checked = named(entry, form, kind, noun, &suspects) { entries.append(checked) }
    }
    return CheckedValue(
      content: .mapping(entries),
      span: node.span,
      place: context.place,
      suspects: suspects
    )
  }

  /// An entry whose key is a name of the user's own; nil when it cannot be one.
  private mutating func named(
    _ entry: YAMLEntry,
    _ form: NameForm,
    _ kind: ValueKind,
    _ noun: String,
    _ suspects: inout Set<String>
  ) -> CheckedEntry? {
    guard form.accepts(entry.key) else {
      suspects.insert(entry.key)
      faults.report(
        at: entry.keySpan,
        "found a \(noun) with a name that cannot be used, expected \(form.expectation)",
        hint: noun == "column" ? "give it a name, and the extract's own under 'from'" : nil
      )
      return nil
    }
    let inner = Context(noun: "\(noun) '\(entry.key)'", place: entry.keySpan)
    let value = check(entry.value, as: kind, inner)
    return CheckedEntry(name: entry.key, keySpan: entry.keySpan, value: value)
  }

  private mutating func list(
    _ node: YAMLNode,
    _ kind: ValueKind,
    least: Int,
    _ context: Context
  ) -> CheckedValue {
    guard case .sequence(let nodes) = node.content else {
      return refuse(node, "expected a list in [ ]", context)
    }
    guard nodes.count >= least else {
      return refuse(node, "expected at least \(least) in the list", context)
    }
    let elements = nodes.map { element in
      check(element, as: kind, Context(noun: context.noun, place: element.span))
    }
    return CheckedValue(content: .list(elements), span: node.span, place: context.place)
  }

  /// Tells that a value is of the wrong kind.
  mutating func refuse(
    _ node: YAMLNode,
    _ expected: String,
    _ context: Context,
    hint: String? = nil
  ) -> CheckedValue {
    let found: String
    switch node.content {
    case .scalar(_, let isPlain): found = node.isEmpty ? "nothing" : isPlain ? "a value" : "a text"
    case .sequence(let elements): found = elements.isEmpty ? "an empty list" : "a list"
    case .mapping(let entries): found = entries.isEmpty ? "no keys" : "keys and values"
    case .faulty: return faulty(node, context)
    }
    // An empty value has no width of its own: point at its key.
    let span = node.isEmpty ? context.place : node.span
    faults.report(at: span, "\(context.noun): found \(found), \(expected)", hint: hint)
    return faulty(node, context)
  }

  func faulty(_ node: YAMLNode, _ context: Context) -> CheckedValue {
    CheckedValue(content: .faulty, span: node.span, place: context.place)
  }

  private static func fits(_ node: YAMLNode, _ kind: ValueKind) -> Bool {
    switch (kind, node.content) {
    case (.mapping, .mapping), (.named, .mapping), (.list, .sequence): true
    case (.text, .scalar), (.word, .scalar), (.integer, .scalar): true
    case (.size, .scalar), (.share, .scalar), (.fraction, .scalar), (.flag, .scalar): true
    default: false
    }
  }

  private static func noun(of key: KeyDefinition, in context: Context) -> String {
    if case .mapping(let definition) = key.kind, !definition.path.contains(".") {
      return "'\(key.name)'"
    }
    let isNamed = context.noun.contains(" '") && context.noun.hasSuffix("'")
    return isNamed ? "'\(key.name)' of \(context.noun)" : "'\(key.name)'"
  }

  private static func lacking(_ key: KeyDefinition, _ context: Context) -> String {
    if key.name == "protect" { return "'aggregate' has no 'protect': no table may leave so" }
    return "\(context.noun) has no '\(key.name)'"
  }

  static func cure(for key: KeyDefinition) -> String {
    switch key.name {
    case "protect": "add protect: {minimum: 10, method: hide}"
    case "purpose": "add purpose: {text: …, basis: …}"
    case "koppel": "add koppel: \(PipelineDefinition.version)"
    default: "add \(key.name): \(key.meaning.lowercasedFirst)"
    }
  }
}

extension String {
  fileprivate var lowercasedFirst: String {
    let sentence = hasSuffix(".") ? String(dropLast()) : self
    return sentence.prefix(1).lowercased() + sentence.dropFirst()
  }
}
