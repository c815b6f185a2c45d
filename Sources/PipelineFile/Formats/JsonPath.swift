/// Where a value stands in a JSON record, as `address.postcode`, `names[0]` or
/// `identifier[system=urn:oid:1.2].value`.
///
/// Keys are divided by dots. `[n]` is the element of an array with that number, from 0; `[key=text]`
/// is its first object that has this text under that key, whatever dots stand in the text.
package struct JsonPath: Sendable, Hashable {
  /// A step from a value to one that it holds.
  package enum Step: Sendable, Hashable {
    /// The value under a key of an object.
    case key(String)
    /// An element of an array, from 0.
    case element(Int)
    /// The first object of an array that has this text under that key.
    case match(key: String, text: String)
  }

  /// So many steps at most: a record is not deeper.
  private static let stepLimit = 64

  /// At least one; the first is a key.
  package let steps: [Step]

  /// The path of a key of the record itself, whatever its name is.
  package init(key: String) { steps = [.key(key)] }

  /// Reads a path; nil if it is none.
  package init?(_ text: String) {
    var rest = Substring(text)
    var steps: [Step] = []
    while true {
      let key = rest.prefix { $0 != "." && $0 != "[" && $0 != "]" }
      guard !key.isEmpty else { return nil }
      steps.append(.key(String(key)))
      rest = rest[key.endIndex...]
      while rest.first == "[" {
        guard let end = rest.firstIndex(of: "]"),
          let step = Self.selection(rest[..<end].dropFirst())
        else { return nil }
        steps.append(step)
        rest = rest[rest.index(after: end)...]
      }
      guard steps.count <= Self.stepLimit else { return nil }
      if rest.isEmpty { break }
      guard rest.first == "." else { return nil }
      rest = rest.dropFirst()
    }
    self.steps = steps
  }

  private static func selection(_ text: Substring) -> Step? {
    if let equals = text.firstIndex(of: "=") {
      let key = text[..<equals]
      guard !key.isEmpty, !key.contains(where: { $0 == "." || $0 == "[" }) else { return nil }
      return .match(key: String(key), text: String(text[text.index(after: equals)...]))
    }
    guard (1...6).contains(text.utf8.count), text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else {
      return nil
    }
    return Int(text).map { .element($0) }
  }
}
