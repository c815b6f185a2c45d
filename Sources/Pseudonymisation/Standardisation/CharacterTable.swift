/// What each character of a name becomes: letters without case and marks, and few other signs.
struct CharacterTable: Sendable {
  /// One a code point of the basic plane: a number of `replacements`; 0 is "not in the table".
  private var numbers = [UInt8](repeating: 0, count: 0x10000)
  private var replacements: [[UInt8]] = [[]]

  /// What the code point becomes, perhaps nothing; nil when the table does not have it.
  func replacement(of scalar: Unicode.Scalar) -> [UInt8]? {
    guard scalar.value < 0x10000 else { return nil }
    let number = Int(numbers[Int(scalar.value)])
    return number == 0 ? nil : replacements[number]
  }

  /// Reads what follows `fold`: `a: 0041 00C0-00C5`.
  ///
  /// - Returns: false when it cannot be read, or names a code point that already has its line.
  mutating func add(_ definition: Substring) -> Bool {
    let halves = definition.split(separator: ":", maxSplits: 1)
    guard halves.count == 2, let number = number(of: Self.replacement(named: halves[0])) else {
      return false
    }
    for range in halves[1].split(separator: " ") {
      let bounds = range.split(separator: "-").map { UInt16($0, radix: 16) }
      guard let first = bounds.first ?? nil, let last = bounds.last ?? nil, first <= last,
        bounds.count <= 2
      else { return false }
      for codePoint in first...last {
        let old = numbers[Int(codePoint)]
        guard old == 0 || old == number else { return false }
        numbers[Int(codePoint)] = number
      }
    }
    return true
  }

  private static func replacement(named name: Substring) -> [UInt8] {
    switch name {
    case "space": [space]
    case "nothing": []
    default: Array(name.utf8)
    }
  }

  private mutating func number(of replacement: [UInt8]) -> UInt8? {
    // Number 0 is taken, though it is empty too.
    if let known = replacements.dropFirst().firstIndex(of: replacement) { return UInt8(known) }
    guard replacements.count < 256 else { return nil }
    replacements.append(replacement)
    return UInt8(replacements.count - 1)
  }
}

let space = UInt8(ascii: " ")
let dash = UInt8(ascii: "-")
let quote = UInt8(ascii: "'")
let comma = UInt8(ascii: ",")
