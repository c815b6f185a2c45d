/// A mapping with fixed keys, and perhaps others of the user's own.
struct MappingDefinition: Sendable {
  /// What stands under the keys that are none of the fixed ones.
  struct Others: Sendable {
    let form: NameForm
    let kind: ValueKind
    let noun: String
    let meaning: String
  }

  /// What a message calls it, as `source`.
  let noun: String
  /// Its dotted name, as `link.unlinked`; empty at the top.
  let path: String
  let keys: [KeyDefinition]
  /// Nil where any other key is a mistake.
  let others: Others?

  init(_ noun: String, path: String, _ keys: [KeyDefinition], others: Others? = nil) {
    self.noun = noun
    self.path = path
    self.keys = keys
    self.others = others
  }

  func key(_ name: String) -> KeyDefinition? { keys.first { $0.name == name } }
}

/// A key of a mapping: its name, what may stand there, and what it means.
struct KeyDefinition: Sendable {
  enum Need: Sendable {
    case required
    case optional
    /// Required where none of these other keys stands.
    case requiredWithout(Set<String>)
    /// The same, but of made-up data only where this key stands.
    case requiredWithoutOrBeside(Set<String>, inSample: String)
    /// Required unless the pipeline hands its pseudonyms over: then what follows is the region's.
    case requiredUnlessHandedOver
    /// Required unless the data are made up: then something stands in for it.
    case requiredUnlessSample
    /// A later version brings it; what to write now.
    case notBuilt(instead: String)
  }

  let name: String
  let kind: ValueKind
  let meaning: String
  let need: Need
  /// The stage may stand in a file of its own: `{file: PATH}`.
  let mayStandApart: Bool

  init(_ name: String, _ kind: ValueKind, _ need: Need, _ meaning: String, apart: Bool = false) {
    self.name = name
    self.kind = kind
    self.need = need
    self.meaning = meaning
    mayStandApart = apart
  }

  /// A key that a later version brings.
  init(notBuilt name: String, _ instead: String) {
    self.init(name, .text(.plain), .notBuilt(instead: instead), "")
  }

  var isRequired: Bool { if case .required = need { true } else { false } }

  /// Whether it must stand unless another key says otherwise.
  var isExpected: Bool {
    switch need {
    case .required, .requiredUnlessHandedOver, .requiredUnlessSample: true
    case .requiredWithout, .requiredWithoutOrBeside, .optional, .notBuilt: false
    }
  }

  /// Whether it must stand beside these keys; of made-up data less must.
  func isRequired(beside written: Set<String>, isSample: Bool) -> Bool {
    switch need {
    case .required: true
    case .requiredWithout(let others): written.isDisjoint(with: others)
    case .requiredWithoutOrBeside(let others, let key):
      written.isDisjoint(with: others) && (!isSample || written.contains(key))
    case .requiredUnlessSample: !isSample
    // Told by who reads the stages, who knows what becomes of the pseudonyms.
    case .optional, .notBuilt, .requiredUnlessHandedOver: false
    }
  }

  var isBuilt: Bool { if case .notBuilt = need { false } else { true } }
}
