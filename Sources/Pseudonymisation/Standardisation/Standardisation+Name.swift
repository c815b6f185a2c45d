import Tabular

extension Standardisation {
  /// A name without case, marks and signs, so that spellings of one name are the same.
  ///
  /// `Berg, v.d.` and `van den Berg` are `berg`, their prefix `vd`; `Jansen-de Boer` and
  /// `Boer-Jansen` are `boer-jansen`, their parts `boer` and `jansen`.
  ///
  /// - Parameters:
  ///   - utf8: as written; precomposed or not.
  ///   - kind: what of a person it is.
  /// - Returns: lower-case letters, digits, spaces, `'` and `-`; missing when no letter is left;
  ///   `name-script` for a letter that is not Latin, `name-length` above 128 bytes, `encoding` for
  ///   what is not UTF-8.
  /// - Complexity: O(*n* log *n*).
  package func name(_ utf8: Span<UInt8>, kind: Kind) -> StandardisedValue {
    let folded: [UInt8]
    switch fold(utf8) {
    case .value(let bytes): folded = bytes
    case let other: return other
    }
    let standard: [UInt8]
    switch kind {
    case .surname: standard = surname(folded)
    case .surnamePart1: standard = part(0, of: surname(folded))
    case .surnamePart2: standard = part(1, of: surname(folded))
    case .prefix: standard = prefix(folded)
    case .prefixOfSurname: standard = prefix(ofSurname: folded)
    case .firstNames, .name: standard = names(folded)
    case .firstName: standard = Array(names(folded).prefix { $0 != space })
    }
    if standard.isEmpty { return .missing }
    return standard.count > 128 ? .fault(.nameLength) : .value(standard)
  }

  /// Each character as the table has it; `i` and `j` side by side are `y`.
  func fold(_ utf8: Span<UInt8>) -> StandardisedValue {
    guard let text = try? UTF8Span(validating: utf8) else { return .fault(.encoding) }
    var folded: [UInt8] = []
    var scalars = text.makeUnicodeScalarIterator()
    while let scalar = scalars.next() {
      guard let replacement = characters.replacement(of: scalar) else { return .fault(.nameScript) }
      for byte in replacement {
        if byte == UInt8(ascii: "j") && folded.last == UInt8(ascii: "i") {
          folded[folded.count - 1] = UInt8(ascii: "y")
        } else {
          folded.append(byte)
        }
      }
    }
    return .value(folded)
  }

  private func names(_ folded: [UInt8]) -> [UInt8] {
    joined(parts(of: withoutCommas(folded[...])))
  }

  private func surname(_ folded: [UInt8]) -> [UInt8] {
    var parts = surnameParts(folded).parts.map { words in
      Array(words.dropFirst(prefixes.leadingCount(in: words, upTo: words.count - 1)))
    }
    // `El-Amrani`: whoever writes `El Amrani` loses his prefix too. What remains must not depend on
    // the order of parts, for standardising again may not change it.
    let isJoinedPrefix = parts.map { $0.count == 1 && prefixes.joined.contains($0[0]) }
    if isJoinedPrefix.contains(false) {
      parts = zip(parts, isJoinedPrefix).filter { !$0.1 }.map(\.0)
    }
    return joined(parts.sorted { lexicographicallyPrecedes($0, $1) })
  }

  /// The part of that place of a standard surname; nothing where it has fewer.
  private func part(_ place: Int, of surname: [UInt8]) -> [UInt8] {
    let parts = surname.split(separator: dash)
    return parts.indices.contains(place) ? Array(parts[place]) : []
  }

  /// The prefix that `surname` takes off: what follows the last comma, else what stands in front of
  /// the first part.
  private func prefix(ofSurname folded: [UInt8]) -> [UInt8] {
    let (parts, behind) = surnameParts(folded)
    if !behind.isEmpty { return prefix(behind) }
    // As of `surname`: a prefix that is written with a dash is one where other parts are left.
    let isJoined = parts.map { $0.count == 1 && prefixes.joined.contains($0[0]) }
    var words: [PrefixTable.Word] = []
    for (part, isJoined) in zip(parts, isJoined.contains(false) ? isJoined : []) {
      guard isJoined else {
        words += part.prefix(prefixes.leadingCount(in: part, upTo: part.count - 1))
        break
      }
      words += part
    }
    return prefix(words)
  }

  /// The parts of a surname, and the words of a prefix after the last comma.
  private func surnameParts(
    _ folded: [UInt8]
  ) -> (parts: [[PrefixTable.Word]], behind: [PrefixTable.Word]) {
    if let last = folded.lastIndex(of: comma) {
      let before = parts(of: withoutCommas(folded[..<last])).map { split($0) }
      let after = parts(of: Array(folded[(last + 1)...])).map { split($0) }
      let isPrefix =
        after.count <= 1
        && after.allSatisfy { prefixes.leadingCount(in: $0, upTo: $0.count) == $0.count }
      if isPrefix && !before.isEmpty { return (before, Array(after.joined())) }
    }
    return (parts(of: withoutCommas(folded[...])).map { split($0) }, [])
  }

  private func prefix(_ folded: [UInt8]) -> [UInt8] {
    let parts = parts(of: withoutCommas(folded[...])).map { split($0) }
    return prefix(Array(parts.joined()))
  }

  private func prefix(_ words: [PrefixTable.Word]) -> [UInt8] {
    prefixes.form(of: words[...]) ?? Array(words.joined(separator: [space]))
  }

  /// Parts between dashes, each of words between spaces; none is empty.
  private func parts(of folded: [UInt8]) -> [[PrefixTable.Word]] {
    folded.split(separator: dash).compactMap { part in
      let words = part.split(separator: space).compactMap { cleaned(Array($0)) }
      return words.isEmpty ? nil : words
    }
  }

  /// The word without quotes around it, and one where several stand; nil when nothing else is left.
  private func cleaned(_ word: PrefixTable.Word) -> PrefixTable.Word? {
    var clean: PrefixTable.Word = []
    for byte in word where byte != quote || clean.last != quote { clean.append(byte) }
    if prefixes.elided.contains(clean) || prefixes.isPrefix(clean) { return clean }
    if clean.first == quote { clean.removeFirst() }
    if clean.last == quote && !prefixes.elided.contains(clean) { clean.removeLast() }
    return clean.isEmpty ? nil : clean
  }

  /// The words of a surname's part, `d'ancona` and `van't` cut in two.
  private func split(_ words: [PrefixTable.Word]) -> [PrefixTable.Word] {
    var result: [PrefixTable.Word] = []
    for word in words {
      var rest = word[...]
      while let mark = rest.firstIndex(of: quote), mark + 1 < rest.endIndex,
        prefixes.elided.contains(Array(rest[...mark]))
      {
        result.append(Array(rest[...mark]))
        rest = rest[(mark + 1)...]
      }
      if let mark = rest.lastIndex(of: quote), mark > rest.startIndex,
        prefixes.joined.contains(Array(rest[mark...])), prefixes.isPrefix(Array(rest[..<mark]))
      {
        result.append(Array(rest[..<mark]))
        rest = rest[mark...]
      }
      result.append(Array(rest))
    }
    return result
  }

  private func withoutCommas(_ folded: ArraySlice<UInt8>) -> [UInt8] {
    folded.map { $0 == comma ? space : $0 }
  }

  private func joined(_ parts: [[PrefixTable.Word]]) -> [UInt8] {
    Array(parts.map { Array($0.joined(separator: [space])) }.joined(separator: [dash]))
  }
}

/// Whether one part stands before another when both are written out.
private func lexicographicallyPrecedes(
  _ left: [PrefixTable.Word],
  _ right: [PrefixTable.Word]
) -> Bool {
  left.joined(separator: [space]).lexicographicallyPrecedes(right.joined(separator: [space]))
}
