/// One event of libyaml, copied out of its memory.
struct YAMLEvent {
  enum Kind {
    case streamStart
    case streamEnd
    case documentStart
    case documentEnd
    case alias
    case scalar(String, isPlain: Bool)
    case sequenceStart
    case sequenceEnd
    case mappingStart
    case mappingEnd
    case none
  }

  let kind: Kind
  let hasAnchor: Bool
  let hasTag: Bool
  let start: YAMLMark
  let end: YAMLMark
}

/// A place as libyaml tells it; both count from 1 here.
struct YAMLMark: Hashable {
  let line: Int
  let column: Int
}

/// What libyaml could not read; its sentences are fixed texts and quote nothing.
struct YAMLProblem: Error, Hashable {
  let sentence: String
  let mark: YAMLMark
  /// Where that began which is not whole.
  var start: YAMLMark?
}
