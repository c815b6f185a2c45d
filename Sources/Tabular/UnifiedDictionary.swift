/// One dictionary for code columns that each have their own.
///
/// Texts are equal when their bytes are: Swift's `==` also joins texts that only look alike.
package struct UnifiedDictionary: Sendable {
  /// Distinct, in byte order.
  package let texts: [String]
  /// For each dictionary given, in order: the row number in `texts` of each of its texts.
  package let codes: [[Int32]]

  /// Joins the dictionaries.
  ///
  /// - Complexity: O(*n* log *n*) in the number of texts.
  package init(_ dictionaries: [[String]]) {
    var entries: [(dictionary: Int, code: Int)] = []
    for (number, dictionary) in dictionaries.enumerated() {
      for code in dictionary.indices { entries.append((number, code)) }
    }
    entries.sort { left, right in
      dictionaries[left.dictionary][left.code].utf8.lexicographicallyPrecedes(
        dictionaries[right.dictionary][right.code].utf8
      )
    }
    var texts: [String] = []
    var codes = dictionaries.map { [Int32](repeating: missingCode, count: $0.count) }
    for entry in entries {
      let text = dictionaries[entry.dictionary][entry.code]
      if !(texts.last.map { $0.utf8.elementsEqual(text.utf8) } ?? false) { texts.append(text) }
      codes[entry.dictionary][entry.code] = Int32(texts.count - 1)
    }
    self.texts = texts
    self.codes = codes
  }
}
