/// The prefixes of surnames, such as `van den`, and how each is written.
struct PrefixTable: Sendable {
  /// A folded name of one word.
  typealias Word = [UInt8]

  /// By the words as written: what they become.
  private var forms: [[Word]: [UInt8]] = [:]
  private var longest = 0
  private(set) var elided: Set<Word> = []
  private(set) var joined: Set<Word> = []

  /// Reads what follows `prefix`: `van: van | v`.
  ///
  /// - Returns: false when it cannot be read.
  mutating func addForms(_ definition: Substring) -> Bool {
    let halves = definition.split(separator: ":", maxSplits: 1)
    guard halves.count == 2 else { return false }
    for form in Self.list(halves[1]) { add(form, becomes: Array(halves[0].utf8)) }
    return true
  }

  /// Reads a list of prefixes that stay as they are.
  mutating func addPlain(_ list: Substring) {
    for form in Self.list(list) { add(form, becomes: Array(form.joined(separator: [space]))) }
  }

  mutating func addElided(_ list: Substring) {
    elided.formUnion(Self.list(list).compactMap(\.first))
  }

  mutating func addJoined(_ list: Substring) {
    joined.formUnion(Self.list(list).compactMap(\.first))
  }

  /// What these words become when together they are one prefix; nil when they are none.
  func form(of words: ArraySlice<Word>) -> [UInt8]? {
    words.count <= longest ? forms[Array(words)] : nil
  }

  func isPrefix(_ word: Word) -> Bool { forms[[word]] != nil }

  /// How many words at the front are prefixes, each time the longest that fits.
  ///
  /// - Parameters:
  ///   - words: a part of a surname.
  ///   - limit: at most so many.
  /// - Returns: a number in 0...`limit`.
  /// - Complexity: O(*words*).
  func leadingCount(in words: [Word], upTo limit: Int) -> Int {
    var start = 0
    while start < limit {
      let most = min(longest, limit - start)
      let found = stride(from: most, to: 0, by: -1).first { count in
        forms[Array(words[start..<start + count])] != nil
      }
      guard let found else { break }
      start += found
    }
    return start
  }

  private mutating func add(_ words: [Word], becomes form: [UInt8]) {
    forms[words] = form
    longest = max(longest, words.count)
  }

  private static func list(_ text: Substring) -> [[Word]] {
    text.split(separator: "|").map { form in form.split(separator: " ").map { Array($0.utf8) } }
  }
}
