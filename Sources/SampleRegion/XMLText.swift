/// An XML document in the making; what stands between the tags is escaped.
struct XMLText {
  /// From which schema an element is.
  enum Schema {
    /// Of the message: wmo301 and so on.
    case message
    /// Of the data types that messages share.
    case types
  }

  private(set) var text: [UInt8] = []
  private let messagePrefix: String
  private let typesPrefix: String
  private var openElements: [String] = []

  /// Begins a document with its root element `Bericht`.
  ///
  /// - Parameters:
  ///   - message: `wmo301`, `wmo305`, `wmo307` or `wmo323`.
  ///   - sender: prefixes differ per sender and mean nothing, so they differ here too.
  init(message: String, sender: Int) {
    let prefixes = [(message + ":", "iwmo:"), ("", "b:"), ("ns1:", "ns2:")][sender % 3]
    messagePrefix = prefixes.0
    typesPrefix = prefixes.1
    let root = messagePrefix + "Bericht"
    let space = "http://www.istandaarden.nl/iwmo/3_2/"
    text.append(text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<\(root) ")
    text.append(text: Self.declaration(messagePrefix) + "=\"\(space)\(message)/schema\" ")
    text.append(text: Self.declaration(typesPrefix) + "=\"\(space)basisschema/schema\">\n")
    openElements.append(root)
  }

  private static func declaration(_ prefix: String) -> String {
    prefix.isEmpty ? "xmlns" : "xmlns:" + prefix.dropLast()
  }

  /// Adds an element with others in it.
  mutating func element(
    _ name: String,
    _ schema: Schema = .message,
    content: (inout XMLText) -> Void
  ) {
    let qualified = qualified(name, schema)
    indent()
    text.append(text: "<\(qualified)>\n")
    openElements.append(qualified)
    content(&self)
    openElements.removeLast()
    indent()
    text.append(text: "</\(qualified)>\n")
  }

  /// Adds an element of the message with text in it; none when there is no text.
  mutating func element(_ name: String, _ content: String?) {
    element(name, .message, content)
  }

  /// Adds an element with text in it; none when there is no text.
  mutating func element(_ name: String, _ schema: Schema, _ content: String?) {
    guard let content, !content.isEmpty else { return }
    let qualified = qualified(name, schema)
    indent()
    text.append(text: "<\(qualified)>")
    append(escaped: content)
    text.append(text: "</\(qualified)>\n")
  }

  /// Ends the document.
  consuming func finished() -> [UInt8] {
    for name in openElements.reversed() { text.append(text: "</\(name)>\n") }
    return text
  }

  private func qualified(_ name: String, _ schema: Schema) -> String {
    switch schema {
    case .message: messagePrefix + name
    case .types: typesPrefix + name
    }
  }

  private mutating func indent() {
    for _ in openElements { text.append(UInt8(ascii: "\t")) }
  }

  private mutating func append(escaped content: String) {
    for byte in content.utf8 {
      switch byte {
      case UInt8(ascii: "<"): text.append(text: "&lt;")
      case UInt8(ascii: ">"): text.append(text: "&gt;")
      case UInt8(ascii: "&"): text.append(text: "&amp;")
      default: text.append(byte)
      }
    }
  }
}
