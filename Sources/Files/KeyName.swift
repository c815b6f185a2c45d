/// What keys are called: `NAME.GENERATION`, in logs, manifests and file names.
package enum KeyName {
  /// The last generation that a key may have.
  package static let lastGeneration = 999_999

  /// Whether a key may be called so: a letter a-z, then a-z, 0-9, `-`, `_`; at most 64.
  package static func isName(_ name: String) -> Bool {
    guard 1...64 ~= name.utf8.count, let first = name.utf8.first, 0x61...0x7A ~= first else {
      return false
    }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case 0x61...0x7A, 0x30...0x39, 0x2D, 0x5F: true
      default: false
      }
    }
  }

  /// Name and generation of an id such as `region.1`; nil when it is none.
  package static func parts(of id: String) -> (name: String, generation: Int)? {
    guard let dot = id.lastIndex(of: ".") else { return nil }
    let name = String(id[..<dot])
    let digits = id[id.index(after: dot)...]
    guard let generation = Int(digits), String(generation) == digits,
      1...lastGeneration ~= generation, isName(name)
    else { return nil }
    return (name, generation)
  }
}
