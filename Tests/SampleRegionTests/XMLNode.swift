/// An element of a small XML document, for tests: local name, text and children.
struct XMLNode {
  let name: String
  var text = ""
  var children: [XMLNode] = []

  /// All elements at a path below this one.
  func all(_ path: String...) -> [XMLNode] { descend(path[...]) }

  /// The texts of all elements at a path below this one.
  func texts(_ path: String...) -> [String] { descend(path[...]).map(\.text) }

  /// The texts of all elements of that name, however deep.
  func deepTexts(_ name: String) -> [String] {
    (self.name == name ? [text] : []) + children.flatMap { $0.deepTexts(name) }
  }

  private func descend(_ path: ArraySlice<String>) -> [XMLNode] {
    guard let first = path.first else { return [self] }
    return children.filter { $0.name == first }.flatMap { $0.descend(path.dropFirst()) }
  }
}

/// The root of a document; nil when it is not well formed.
///
/// A plain check that shares no code with what wrote the document: tags nest, prefixes are
/// declared at the root, and no bare `<` or `&` stands in text.
func parsed(_ document: String) -> XMLNode? {
  let prolog = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
  guard document.hasPrefix(prolog) else { return nil }
  var open: [(qualified: String, node: XMLNode)] = []
  var prefixes: [Substring] = []
  for piece in document.dropFirst(prolog.count).split(separator: "<").dropFirst() {
    let parts = piece.split(separator: ">", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let text = unescaped(parts[1]) else { return nil }
    var tag = parts[0]
    if tag.hasPrefix("/") {
      guard let last = open.popLast(), last.qualified == tag.dropFirst() else { return nil }
      if open.isEmpty { return text.allSatisfy(\.isWhitespace) ? last.node : nil }
      open[open.count - 1].node.children.append(last.node)
    } else {
      if open.isEmpty {
        let words = tag.split(separator: " ")
        guard words.count == 3 else { return nil }
        prefixes = words.dropFirst().map { $0.prefix { $0 != "=" }.dropFirst("xmlns".count) }
        tag = words[0]
      }
      let names = tag.split(separator: ":")
      guard let name = names.last, names.count <= 2 else { return nil }
      let prefix = names.count == 2 ? ":" + names[0] : ""
      guard prefixes.contains(where: { $0 == prefix }) else { return nil }
      open.append((String(tag), XMLNode(name: String(name), text: text)))
    }
  }
  return nil
}

private func unescaped(_ text: Substring) -> String? {
  guard !text.contains(">") else { return nil }
  var rest = text
  var plain = ""
  while let mark = rest.firstIndex(of: "&") {
    plain += rest[..<mark]
    rest = rest[mark...]
    guard
      let entity = [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")].first(where: {
        rest.hasPrefix($0.0)
      })
    else { return nil }
    plain += entity.1
    rest = rest.dropFirst(entity.0.count)
  }
  return plain + rest
}
