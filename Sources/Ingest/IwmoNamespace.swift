/// The name space of a message, which tells its law, version and number.
struct IwmoNamespace {
  private static let start = Array("http://www.istandaarden.nl/".utf8)
  private static let root = Array("Bericht".utf8)

  /// What is told of the root element by its name space.
  struct Message: Equatable {
    let law: IwmoLaw
    let kind: IwmoKind
  }

  /// Of the message; nil if it is none that this version knows.
  let message: Message?
  /// What may be told of a name space that is not read: the standard and version, or nothing.
  let found: String
  /// The same of one that is known.
  var text: String {
    message.map { "\($0.law.standard)/\($0.kind.version.name)/\($0.law.letters)\($0.kind.message)" }
      ?? found
  }
  /// Those of the message and of the types that all messages of a version share.
  private let names: [[UInt8]]

  /// That of the root element.
  init(_ name: UnsafePointer<UInt8>?) {
    guard let name = unsafe name, let rest = unsafe Self.rest(of: name, behind: Self.start) else {
      message = nil
      found = ""
      names = []
      return
    }
    for (law, version) in Self.standards {
      guard let own = unsafe Self.rest(of: rest, behind: Self.before[law, version]) else {
        continue
      }
      guard let number = unsafe Self.number(own), unsafe isEqual(own + 3, Self.end(version)) else {
        break
      }
      message = Message(law: law, kind: IwmoKind(version: version, message: number))
      found = ""
      let digits = Array(String(number).utf8)
      names = [
        Self.start + Self.before[law, version] + digits + Self.end(version),
        Self.types[law, version],
      ]
      return
    }
    message = nil
    found = unsafe Self.safeText(rest)
    names = []
  }

  // iJw 2.0: to verify.
  private static let standards: [(IwmoLaw, IwmoKind.Version)] = [
    (.wmo, .v3), (.jeugd, .v3), (.wmo, .v2), (.jeugd, .v2),
  ]

  /// A text for each law and version.
  private struct Texts {
    private let texts: [[UInt8]]

    init(_ text: (IwmoLaw, IwmoKind.Version) -> String) {
      texts = IwmoNamespace.standards.map { Array(text($0, $1).utf8) }
    }

    subscript(law: IwmoLaw, version: IwmoKind.Version) -> [UInt8] {
      texts[(law == .wmo ? 0 : 1) + (version == .v3 ? 0 : 2)]
    }
  }

  private static let before = Texts { "\($0.standard)/\($1.name)/\($0.letters)" }
  private static let types = Texts { law, version in
    let text = "http://www.istandaarden.nl/\(law.standard)/\(version.name)/basisschema/schema"
    return version == .v2 ? text + "/2_0" : text
  }
  private static let endOfV2 = Array("/schema/2_0".utf8)
  private static let endOfV3 = Array("/schema".utf8)

  private static func end(_ version: IwmoKind.Version) -> [UInt8] {
    version == .v2 ? endOfV2 : endOfV3
  }

  private static func rest(
    of text: UnsafePointer<UInt8>,
    behind start: [UInt8]
  ) -> UnsafePointer<UInt8>? {
    for position in start.indices {
      guard unsafe text[position] == start[position] else { return nil }
    }
    return unsafe text + start.count
  }

  /// The three digits that a text begins with.
  private static func number(_ text: UnsafePointer<UInt8>) -> Int? {
    var number = 0
    for position in 0..<3 {
      let digit = unsafe text[position] ^ 0x30
      guard digit <= 9 else { return nil }
      number = number * 10 + Int(digit)
    }
    return number
  }

  // Names come from the file: only what can be no name of a person is told.
  private static func safeText(_ text: UnsafePointer<UInt8>) -> String {
    var bytes: [UInt8] = []
    while unsafe text[bytes.count] != 0 {
      let byte = unsafe text[bytes.count]
      switch byte {
      case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "/"): bytes.append(byte)
      default: return ""
      }
      guard bytes.count < 40 else { break }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether an element is of the message or of the types that all messages share.
  func holds(_ name: UnsafePointer<UInt8>?) -> Bool {
    guard let name = unsafe name else { return false }
    return names.contains { unsafe isEqual(name, $0) }
  }

  /// Whether the root has the one name that it must have.
  func isRoot(_ name: UnsafePointer<UInt8>?) -> Bool {
    guard let name = unsafe name else { return false }
    return unsafe isEqual(name, Self.root)
  }
}
