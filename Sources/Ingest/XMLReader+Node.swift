/// What a reader of XML tells of the node where it stands.
///
/// - Note: Clear identifiers pass through here.
extension XMLReader {
  /// How many elements are around the node.
  var depth: Int { Int(current.depth) }

  /// Whether the element has no end of its own: never, `<a/>` is told to start and to end.
  var isEmptyElement: Bool { false }

  /// The name without its prefix; equal names of a document have one address.
  var localName: UnsafePointer<UInt8>? { unsafe current.name }

  /// The name space of the element; nil for none.
  var namespace: UnsafePointer<UInt8>? { unsafe current.namespace }

  /// The address of the name space, 0 for none: equal name spaces of a document have one address.
  var namespaceAddress: UInt { UInt(bitPattern: unsafe current.namespace) }

  /// The text of the node, or the piece of it that is at hand.
  var text: UnsafeBufferPointer<UInt8> {
    unsafe UnsafeBufferPointer(
      start: events.pointee.texts + Int(current.start),
      count: Int(current.length)
    )
  }

  /// Whether that text is white space, or nothing.
  var isBlankText: Bool {
    unsafe text.allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
  }

  /// The same, ended by a zero byte.
  var value: UnsafePointer<UInt8>? {
    unsafe UnsafePointer(events.pointee.texts + Int(current.start))
  }

  /// Whether the element has an attribute; declarations of name spaces are none.
  var hasAttributes: Bool { current.kind == .elementStart && current.length > 0 }

  /// Puts the value of an attribute of the element behind the bytes.
  ///
  /// - Parameters:
  ///   - name: its name without prefix.
  ///   - space: its name space; empty for none, nil for any.
  ///   - bytes: where the value goes.
  /// - Returns: how many attributes are called so; of several the values are joined. One without a
  ///   prefix goes before those of any name space.
  func appendAttribute(_ name: [UInt8], space: [UInt8]?, to bytes: inout [UInt8]) -> Int {
    guard hasAttributes else { return 0 }
    if space == nil {
      let count = appendAttribute(name, space: [], to: &bytes)
      if count > 0 { return count }
    }
    var count = 0
    for number in 0..<Int(current.length) {
      let attribute = unsafe events.pointee.attributes[Int(current.start) + number]
      guard let own = unsafe attribute.name, unsafe isEqual(own, name) else { continue }
      if let space {
        let found = unsafe attribute.namespace
        guard unsafe found.map({ unsafe isEqual($0, space) }) ?? space.isEmpty else { continue }
      }
      count += 1
      let value = unsafe UnsafeBufferPointer(
        start: events.pointee.texts + attribute.start,
        count: attribute.length
      )
      unsafe bytes.append(contentsOf: value)
    }
    return count
  }

  /// The line where the tag of the node ends.
  var line: Int { Int(current.line) }
}
