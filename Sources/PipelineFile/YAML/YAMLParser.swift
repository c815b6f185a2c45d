import CLibYAML

/// Owns a parser of libyaml and the bytes it reads.
@safe struct YAMLParser: ~Copyable {
  // The parser keeps the address of itself and of its input, so both are allocated.
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>

  /// - Throws: `YAMLProblem` when libyaml has no memory.
  init(bytes: ArraySlice<UInt8>) throws(YAMLProblem) {
    unsafe parser = try Self.makeParser()
    unsafe input = .allocate(capacity: max(1, bytes.count))
    unsafe input.initialize(repeating: 0)
    for (offset, byte) in bytes.enumerated() { unsafe input[offset] = byte }
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
  }

  deinit {
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe input.deallocate()
  }

  /// The next event; after the end of the stream and after a problem there is none.
  mutating func next() throws(YAMLProblem) -> YAMLEvent {
    var event = unsafe yaml_event_t()
    guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw problem() }
    defer { unsafe yaml_event_delete(&event) }
    return unsafe Self.copy(event)
  }

  private func problem() -> YAMLProblem {
    let state = unsafe parser.pointee
    var sentence = "unreadable"
    if let text = unsafe state.problem { sentence = unsafe String(cString: text) }
    if let text = unsafe state.context { unsafe sentence += " " + String(cString: text) }
    let start = unsafe state.context == nil ? nil : Self.copy(state.context_mark)
    return unsafe YAMLProblem(
      sentence: sentence,
      mark: Self.copy(state.problem_mark),
      start: start
    )
  }

  private static func makeParser() throws(YAMLProblem) -> UnsafeMutablePointer<yaml_parser_t> {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    unsafe parser.initialize(to: yaml_parser_t())
    guard unsafe yaml_parser_initialize(parser) == 1 else {
      unsafe parser.deallocate()
      throw YAMLProblem(sentence: "no memory", mark: YAMLMark(line: 1, column: 1))
    }
    return unsafe parser
  }

  private static func copy(_ mark: yaml_mark_t) -> YAMLMark {
    YAMLMark(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }

  private static func copy(_ event: yaml_event_t) -> YAMLEvent {
    var hasAnchor = false
    var hasTag = false
    let kind: YAMLEvent.Kind
    switch unsafe event.type {
    case YAML_STREAM_START_EVENT: kind = .streamStart
    case YAML_STREAM_END_EVENT: kind = .streamEnd
    case YAML_DOCUMENT_START_EVENT: kind = .documentStart
    case YAML_DOCUMENT_END_EVENT: kind = .documentEnd
    case YAML_ALIAS_EVENT: kind = .alias
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.data.scalar
      unsafe hasAnchor = scalar.anchor != nil
      unsafe hasTag = scalar.tag != nil
      let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: Int(scalar.length))
      let isPlain = unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE
      kind = unsafe .scalar(String(decoding: bytes, as: UTF8.self), isPlain: isPlain)
    case YAML_SEQUENCE_START_EVENT:
      unsafe hasAnchor = event.data.sequence_start.anchor != nil
      unsafe hasTag = event.data.sequence_start.tag != nil
      kind = .sequenceStart
    case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      unsafe hasAnchor = event.data.mapping_start.anchor != nil
      unsafe hasTag = event.data.mapping_start.tag != nil
      kind = .mappingStart
    case YAML_MAPPING_END_EVENT: kind = .mappingEnd
    default: kind = .none
    }
    return unsafe YAMLEvent(
      kind: kind,
      hasAnchor: hasAnchor,
      hasTag: hasTag,
      start: copy(event.start_mark),
      end: copy(event.end_mark)
    )
  }
}
