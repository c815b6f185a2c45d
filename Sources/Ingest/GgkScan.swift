/// Finds where the message in an envelope begins, byte by byte.
///
/// Sees tags, comments and sections in the characters of `XMLUnits`; what the names mean is for
/// `GgkFrame` to say.
struct GgkScan {
  private enum State {
    case text
    case opening
    case name
    case tag
    case quote(UInt8)
    /// In what ends with `-->`, `]]>` or `?>`; the bytes of its beginning are in `name`.
    case markup
    case special
  }

  private var state = State.text
  private var name: [UInt8] = []
  private var last: (UInt8, UInt8) = (0, 0)
  private var isClosing = false
  /// The next byte is the first of the message.
  private(set) var isAtPayload = false

  /// Whether a document is an envelope, by the name of its root.
  func isEnvelope(_ bytes: ArraySlice<UInt8>) -> Bool {
    var scan = GgkScan()
    for byte in bytes {
      scan.take(byte)
      if case .name = scan.state { continue }
      if case .opening = scan.state { continue }
      if case .special = scan.state { continue }
      if !scan.name.isEmpty, let first = scan.name.first, first != 0x21, first != 0x3F {
        return GgkNames.envelopes.contains(Self.local(scan.name))
      }
    }
    return false
  }

  /// Goes on to the message, or over all bytes.
  ///
  /// - Returns: how many bytes were taken.
  mutating func take(_ bytes: ArraySlice<UInt8>) -> Int {
    var count = 0
    for byte in bytes {
      take(byte)
      count += 1
      if isAtPayload { break }
    }
    return count
  }

  private mutating func take(_ byte: UInt8) {
    switch state {
    case .text:
      if byte == 0x3C {
        state = .opening
        name = []
      }
    case .opening:
      name.append(byte)
      if byte == 0x21 || byte == 0x3F {
        state = .special
      } else {
        state = .name
      }
    case .special:
      name.append(byte)
      // `<!-` and `<![` tell what it is; `<?` does at once.
      state = .markup
    case .markup:
      let isEnd =
        switch (name.first, name.last) {
        case (0x3F, _): last.1 == 0x3F
        case (_, 0x2D): last == (0x2D, 0x2D)
        case (_, 0x5B): last == (0x5D, 0x5D)
        default: true
        }
      if byte == 0x3E && isEnd { state = .text }
    case .name:
      if byte == 0x3E {
        endTag()
      } else if byte == 0x2F && !name.isEmpty && name != [0x2F] {
        isClosing = true
        state = .tag
      } else if byte <= 0x20 {
        state = .tag
      } else if name.count < 128 {
        name.append(byte)
      }
    case .tag:
      if byte == 0x3E {
        endTag()
      } else if byte == 0x22 || byte == 0x27 {
        state = .quote(byte)
      }
      isClosing = byte == 0x2F
    case .quote(let quote):
      if byte == quote { state = .tag }
    }
    last = (last.1, byte)
  }

  private mutating func endTag() {
    state = .text
    isAtPayload = !isClosing && GgkNames.payloads.contains(Self.local(name))
    isClosing = false
  }

  private static func local(_ name: [UInt8]) -> [UInt8] {
    guard let colon = name.firstIndex(of: UInt8(ascii: ":")) else { return name }
    return Array(name[(colon + 1)...])
  }
}
