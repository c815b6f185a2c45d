import Foundation

/// Finds planted identifiers in any bytes, however they are written.
///
/// Each is looked for as UTF-8 in any case of its letters, as UTF-16 in either byte order, as
/// hexadecimal digits, in base64 wherever in a group of three it begins, and with its digits backwards.
/// Digits within 16 or more hexadecimal digits are part of a digest: there they stand by chance.
struct CanarySearch {
  private struct Pattern {
    let bytes: [UInt8]
    /// Which canary, and how it is written; a hit tells this and never the value.
    let name: String
    let isDigits: Bool
  }

  /// Patterns for text whose capitals were made small.
  private var folded = Index()
  /// Patterns that tell capitals from small letters.
  private var exact = Index()
  private(set) var count = 0

  /// Base64 keeps so many bytes of a shorter text that they may stand there by chance.
  private static let shortestInBase64 = 8

  mutating func add(_ canary: String, _ name: String) {
    count += 1
    let text = Array(canary.utf8)
    let isDigits = text.allSatisfy { 0x30...0x39 ~= $0 }
    func addFolded(_ bytes: [UInt8], _ form: String, isDigits: Bool = false) {
      let pattern = Pattern(
        bytes: bytes.map(Self.small),
        name: "\(name) \(form)",
        isDigits: isDigits
      )
      folded.add(pattern)
    }
    addFolded(text, "UTF-8", isDigits: isDigits)
    addFolded(canary.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, "UTF-16LE")
    addFolded(canary.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }, "UTF-16BE")
    addFolded(text.flatMap { Array(String(format: "%02x", $0).utf8) }, "hexadecimal")
    if isDigits { addFolded(text.reversed(), "backwards", isDigits: true) }
    guard text.count >= Self.shortestInBase64 else { return }
    for before in 0..<3 {
      exact.add(
        Pattern(bytes: Self.base64(text, before: before), name: "\(name) base64", isDigits: false)
      )
    }
  }

  /// Takes all identifiers of these people.
  ///
  /// - Returns: how many different ones there are.
  mutating func add(_ flock: [Canary]) -> Int {
    var known: Set<String> = []
    for (place, canary) in flock.enumerated() {
      for (kind, value) in canary.identifiers where known.insert(value).inserted {
        add(value, "\(kind) of \(place)")
      }
    }
    return known.count
  }

  /// The digits of base64 that the text alone decides, when so many bytes stand before it.
  static func base64(_ text: [UInt8], before: Int) -> [UInt8] {
    let padded = [UInt8](repeating: 0, count: before) + text
    let digits = Array(Data(padded).base64EncodedString().utf8)
    let first = (before * 8 + 5) / 6
    let last = padded.count * 8 / 6
    return Array(digits[first..<last])
  }

  /// What is found, by the name of the canary; never its value.
  func hits(in bytes: [UInt8]) -> [String] {
    exact.hits(in: bytes) + folded.hits(in: bytes.map(Self.small))
  }

  private static func small(_ byte: UInt8) -> UInt8 { 0x41...0x5A ~= byte ? byte | 0x20 : byte }

  /// Patterns by their first four bytes.
  private struct Index {
    private var patterns: [UInt32: [Pattern]] = [:]
    private var begins = [Bool](repeating: false, count: 1 << 16)

    mutating func add(_ pattern: Pattern) {
      let first = pattern.bytes.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      patterns[first, default: []].append(pattern)
      begins[Int(first >> 16)] = true
    }

    func hits(in bytes: [UInt8]) -> [String] {
      guard bytes.count >= 4 else { return [] }
      var found: [String] = []
      var window: UInt32 = 0
      for place in bytes.indices {
        window = window << 8 | UInt32(bytes[place])
        guard place >= 3, begins[Int(window >> 16)], let alike = patterns[window] else { continue }
        let start = place - 3
        for pattern in alike where start + pattern.bytes.count <= bytes.count {
          let range = start..<start + pattern.bytes.count
          guard pattern.bytes.elementsEqual(bytes[range]) else { continue }
          if pattern.isDigits && isInDigest(range, bytes) { continue }
          found.append("\(pattern.name) at \(start)")
        }
      }
      return found
    }

    private func isInDigest(_ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
      func isHexadecimal(_ place: Int) -> Bool {
        let byte = bytes[place]
        return 0x30...0x39 ~= byte || 0x61...0x66 ~= byte
      }
      var start = range.lowerBound
      while start > 0 && isHexadecimal(start - 1) { start -= 1 }
      var end = range.upperBound
      while end < bytes.count && isHexadecimal(end) { end += 1 }
      return end - start >= 16
    }
  }
}
