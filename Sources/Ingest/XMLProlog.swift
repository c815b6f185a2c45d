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

  private enum Units {
    case unknown
    case bytes
    case littleEndian
    case bigEndian
  }

  /// The root element began: nothing more to look at.
  private(set) var isDone = false
  private var state = State.outside
  private var units = Units.unknown
  private var head: [UInt8] = []
  /// The first byte of a unit of two.
  private var half: UInt8?
  /// The first processing instruction, where the encoding may be declared.
  private var declaration: [UInt8] = []
  private var isDeclared = false

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
      if units != .unknown {
        if let finding = take(byte) { return finding }
        continue
      }
      head.append(byte)
      guard head.count == 4 else { continue }
      units = Self.units(of: head)
      if units == .unknown { return .encoding }
      for early in head {
        if let finding = take(early) { return finding }
      }
    }
    return nil
  }

  // XML 1.0, appendix F: the first bytes tell how wide a unit is.
  private static func units(of head: [UInt8]) -> Units {
    switch (head[0], head[1], head[2], head[3]) {
    case (0xFF, 0xFE, 0, 0), (0x3C, 0, 0, 0): .unknown
    case (0xFF, 0xFE, _, _), (0x3C, 0, _, _): .littleEndian
    case (0xFE, 0xFF, _, _), (0, 0x3C, _, _): .bigEndian
    case (0xEF, 0xBB, 0xBF, _), (0x3C, _, _, _), (0x20, _, _, _), (0x09...0x0D, _, _, _): .bytes
    default: .unknown
    }
  }

  private mutating func take(_ byte: UInt8) -> Finding? {
    if units == .bytes { return takeUnit(byte) }
    guard let first = half else {
      half = byte
      return nil
    }
    half = nil
    let high = units == .bigEndian ? first : byte
    // What is beyond the first 256 characters is no markup.
    return takeUnit(high == 0 ? (units == .bigEndian ? byte : first) : 0xFF)
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
    return allowedEncodings.contains(String(name)) ? nil : .encoding
  }

  /// What may be declared after the first bytes: libxml2 would believe a byte order mark silently.
  private var allowedEncodings: Set<String> {
    switch units {
    case .bytes where head.first == 0xEF: ["utf-8"]
    case .bytes, .unknown: Self.byteEncodings
    case .littleEndian: ["utf-16", "utf-16le"]
    case .bigEndian: ["utf-16", "utf-16be"]
    }
  }
}
