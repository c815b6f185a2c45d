/// Looks at what stands before the root element of an XML document, before libxml2 does.
///
/// libxml2 reads a document type declaration whole before it tells of one, and nested parameter
/// entities in it can keep it busy for hours. So the first `<!` that begins no comment refuses the
/// file here. For this to be certain the encoding must be one whose markup this code can see.
struct XMLProlog {
  enum Finding {
    case doctype
    case encoding
  }

  private enum State {
    case outside
    case markup
    case exclamation
    case commentStart
    case comment
    case commentHyphen
    case commentEnd
    case instruction
    case instructionEnd
  }

  /// The root element began: nothing more to look at.
  private(set) var isDone = false
  private var state = State.outside
  /// Nil before they are known.
  private var units: XMLUnits?
  private var head: [UInt8] = []
  /// The first byte of a unit of two.
  private var half: UInt8?
  /// The first processing instruction, where the encoding may be declared.
  private var declaration: [UInt8] = []
  private var isDeclared = false
  /// The document says that it has nothing beyond ASCII.
  private(set) var isASCII = false

  /// What nearly every message begins with.
  private static let usualDeclaration = Array("xml version=\"1.0\" encoding=\"UTF-8\"".utf8)
  private static let byteEncodings: Set<String> = [
    "utf-8", "us-ascii", "iso-8859-1", "iso-8859-15", "windows-1252",
  ]

  /// Looks at the next bytes of the document.
  ///
  /// - Returns: what refuses it, or nil.
  mutating func look(at bytes: UnsafeRawBufferPointer) -> Finding? {
    for place in 0..<bytes.count {
      if isDone { return nil }
      let byte = unsafe bytes[place]
      if units != nil {
        if let finding = take(byte) { return finding }
        continue
      }
      head.append(byte)
      guard head.count == 4 else { continue }
      units = XMLUnits(head: head)
      if units == nil { return .encoding }
      for early in head {
        if let finding = take(early) { return finding }
      }
    }
    return nil
  }

  private mutating func take(_ byte: UInt8) -> Finding? {
    guard let units, units != .bytes else { return takeUnit(byte) }
    guard let first = half else {
      half = byte
      return nil
    }
    half = nil
    return takeUnit(units.character(first, byte))
  }

  private mutating func takeUnit(_ unit: UInt8) -> Finding? {
    switch (state, unit) {
    case (.outside, UInt8(ascii: "<")): state = .markup
    case (.outside, _): break
    case (.markup, UInt8(ascii: "?")): state = .instruction
    case (.markup, UInt8(ascii: "!")): state = .exclamation
    case (.markup, _): isDone = true
    case (.exclamation, UInt8(ascii: "-")): state = .commentStart
    case (.exclamation, _): return .doctype
    case (.commentStart, UInt8(ascii: "-")): state = .comment
    case (.commentStart, _): return .doctype
    case (.comment, UInt8(ascii: "-")): state = .commentHyphen
    case (.comment, _): break
    case (.commentHyphen, UInt8(ascii: "-")): state = .commentEnd
    case (.commentHyphen, _): state = .comment
    case (.commentEnd, UInt8(ascii: ">")): state = .outside
    case (.commentEnd, UInt8(ascii: "-")): break
    case (.commentEnd, _): state = .comment
    case (.instruction, UInt8(ascii: "?")): state = .instructionEnd
    case (.instruction, _): collect(unit)
    case (.instructionEnd, UInt8(ascii: ">")):
      state = .outside
      return endInstruction()
    case (.instructionEnd, UInt8(ascii: "?")): break
    case (.instructionEnd, _): state = .instruction
    }
    return nil
  }

  private mutating func collect(_ unit: UInt8) {
    if !isDeclared && declaration.count < 1024 { declaration.append(unit) }
  }

  private mutating func endInstruction() -> Finding? {
    guard !isDeclared else { return nil }
    isDeclared = true
    if declaration == Self.usualDeclaration { return units == .bytes ? nil : .encoding }
    let text = String(decoding: declaration, as: UTF8.self).lowercased()
    guard text.hasPrefix("xml"), let found = text.firstRange(of: "encoding") else { return nil }
    let name = text[found.upperBound...].drop { !"\"'".contains($0) }.dropFirst()
      .prefix { !"\"'".contains($0) }
    isASCII = name == "us-ascii"
    return allowedEncodings.contains(String(name)) ? nil : .encoding
  }

  /// What may be declared after the first bytes: libxml2 would believe a byte order mark silently.
  private var allowedEncodings: Set<String> {
    switch units {
    case .bytes where head.first == 0xEF: ["utf-8"]
    case .bytes, nil: Self.byteEncodings
    case .littleEndian: ["utf-16", "utf-16le"]
    case .bigEndian: ["utf-16", "utf-16be"]
    }
  }
}
