/// The name space of a message, which tells its kind and version.
struct IwmoNamespace {
  private static let start = "http://www.istandaarden.nl/"
  private static let version = "iwmo/3_2/"
  private static let types = Array((start + version + "basisschema/schema").utf8)

  /// The names of the kinds that are read, as written in nearly every message.
  private static let known = IwmoPaths.messageCodes.keys.sorted().map { message in
    (message: message, name: Array("\(start)\(version)wmo\(message)/schema".utf8))
  }

  private let own: [UInt8]
  /// 301 and so on; nil if it is no iWmo 3.2 message.
  let message: Int?
  /// What may be told of a name space that is not read: the standard and version, or nothing.
  let found: String

  init() {
    own = []
    message = nil
    found = ""
  }

  /// That of the root element.
  init(_ name: UnsafePointer<UInt8>?) {
    guard let name = unsafe name else {
      own = []
      message = nil
      found = ""
      return
    }
    for (message, known) in Self.known where unsafe isEqual(name, known) {
      own = known
      self.message = message
      found = ""
      return
    }
    let text = unsafe String(cString: name)
    own = Array(text.utf8)
    guard text.hasPrefix(Self.start) else {
      message = nil
      found = ""
      return
    }
    let rest = text.dropFirst(Self.start.count)
    let isSafe = rest.utf8.allSatisfy {
      switch $0 {
      case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "/"): true
      default: false
      }
    }
    found = isSafe ? String(rest.prefix(40)) : ""
    var kind: Int?
    let parts = rest.split(separator: "/", omittingEmptySubsequences: false)
    if rest.hasPrefix(Self.version), parts.count == 4, parts[3] == "schema",
      parts[2].hasPrefix("wmo"), parts[2].utf8.count == 6
    {
      kind = Int(parts[2].dropFirst(3))
    }
    message = kind
  }

  /// Whether an element is of the message or of the types that all messages share.
  func holds(_ name: UnsafePointer<UInt8>?) -> Bool {
    guard let name = unsafe name else { return false }
    return unsafe isEqual(name, own) || isEqual(name, Self.types)
  }

  /// Whether the root has the one name that it must have.
  func isRoot(_ name: UnsafePointer<UInt8>?) -> Bool {
    guard let name = unsafe name else { return false }
    return unsafe isEqual(name, Array("Bericht".utf8))
  }
}
