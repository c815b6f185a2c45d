/// A path of elements in an XML document, as `Naam/Achternaam`, `Adres/@soort` or `.`.
///
/// A step is a local name, which matches in any name space, or `{uri}name`. Prefixes mean nothing:
/// every sender chooses its own.
package struct XmlPath: Sendable, Hashable {
  /// One element or attribute of a path.
  package struct Step: Sendable, Hashable {
    /// The name without prefix.
    package let name: String
    /// The name space; nil matches any.
    package let space: String?

    package init(_ name: String, space: String? = nil) {
      self.name = name
      self.space = space
    }
  }

  /// The elements, the outermost first; empty for `.`: the record itself.
  package let elements: [Step]
  /// The attribute of the last element; nil for its text.
  package let attribute: Step?

  package init(_ elements: [Step], attribute: Step? = nil) {
    self.elements = elements
    self.attribute = attribute
  }

  /// Reads a path.
  ///
  /// - Throws: `XmlPathFault`, the first thing that is wrong with it.
  package init(_ text: String) throws(XmlPathFault) {
    if text == "." {
      self.init([])
      return
    }
    var elements: [Step] = []
    var attribute: Step?
    for part in Self.parts(of: text) {
      guard attribute == nil else { throw .behindAttribute }
      if part.first == "@" {
        attribute = try Self.step(part.dropFirst())
      } else {
        elements.append(try Self.step(part))
      }
    }
    self.init(elements, attribute: attribute)
  }

  /// Splits at slashes that are outside of braces.
  private static func parts(of text: String) -> [Substring] {
    var parts: [Substring] = []
    var start = text.startIndex
    var isInBraces = false
    for place in text.indices {
      switch text[place] {
      case "{": isInBraces = true
      case "}": isInBraces = false
      case "/" where !isInBraces:
        parts.append(text[start..<place])
        start = text.index(after: place)
      default: break
      }
    }
    return parts + [text[start...]]
  }

  private static func step(_ text: Substring) throws(XmlPathFault) -> Step {
    var name = text
    var space: String?
    if text.first == "{" {
      guard let end = text.firstIndex(of: "}") else { throw .openBrace }
      space = String(text[text.index(after: text.startIndex)..<end])
      name = text[text.index(after: end)...]
    }
    if name.isEmpty { throw .emptyStep }
    if name.contains(":") { throw .prefix }
    guard name.unicodeScalars.allSatisfy(isOfName), let first = name.unicodeScalars.first,
      !"-.0123456789".unicodeScalars.contains(first)
    else { throw .noName }
    return Step(String(name), space: space)
  }

  // XML 1.0 leaves out a few of these characters; a name with one of them matches nothing.
  private static func isOfName(_ scalar: UnicodeScalar) -> Bool {
    switch scalar.value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0xB7, 0xC0...: true
    default: false
    }
  }
}

/// Why a text is no path of an XML document.
package enum XmlPathFault: Error, Hashable {
  /// Two slashes follow one another, or one begins or ends the path.
  case emptyStep
  /// A step has a prefix, as `a:name`.
  case prefix
  /// A step is no name, as `*` or `name[1]`.
  case noName
  /// A brace is not closed.
  case openBrace
  /// Something follows an attribute.
  case behindAttribute
}
