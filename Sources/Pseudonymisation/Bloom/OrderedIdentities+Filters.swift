import Cryptography
@_spi(Pseudonymisation) package import Tabular

extension OrderedIdentities {
  /// Values that one thread encodes at a time.
  private static let valuesInChunk = 16_384

  /// The Bloom filters of a column, one for each distinct value that an identity has.
  ///
  /// - Parameters:
  ///   - column: of the plan.
  ///   - pseudonymiser: of the source.
  ///   - workers: how many threads may encode.
  /// - Returns: filters in the order in which identities have them: the same for any number of
  ///   workers, and nothing of the order of the extract or the alphabet.
  /// - Throws: `PseudonymisationError`.
  /// - Complexity: O(identities), and the hashes of some 700 bigrams a thread; 128 bytes a value.
  package func filters(
    of column: SourcePlan.FilterColumn,
    _ pseudonymiser: Pseudonymiser,
    workers: Int
  ) throws -> FieldFilters {
    guard let place = pseudonymiser.plan.filters.firstIndex(of: column) else {
      return FieldFilters(vouchingFor: [], numbers: [])
    }
    let memo = pseudonymiser.columnMemos[column.token]
    let (valueCodes, valueNumbers) = distinctValues(filterCodes[place], memo.tokens())
    let scope = pseudonymiser.memos.scope
    let encoded: [(words: [UInt64], isEncoded: [Bool])]
    do {
      let permutation = try FieldFilterMaker.permutation(label: column.label, scope: scope)
      let chunkCount = (valueCodes.count + Self.valuesInChunk - 1) / Self.valuesInChunk
      encoded = try concurrentChunks(chunkCount, workers: workers) { chunk in
        let first = chunk * Self.valuesInChunk
        let codes = valueCodes[first..<min(first + Self.valuesInChunk, valueCodes.count)]
        var words: [UInt64] = []
        words.reserveCapacity(codes.count * FieldFilters.wordCount)
        if column.isArrived {
          let isEncoded = codes.map { code in
            guard case .value(let filter) = memo.standardisedText(ofCode: code) else {
              return false
            }
            permutation.append(filter, to: &words)
            return true
          }
          return (words, isEncoded)
        }
        var maker = try FieldFilterMaker(
          label: column.label,
          scope: scope,
          permutation: permutation
        )
        let isEncoded = try codes.map { code in
          guard case .value(let bytes) = memo.standardisedText(ofCode: code) else { return false }
          return try maker.append(filterOf: bytes, to: &words)
        }
        return (words, isEncoded)
      }
    } catch is CryptographyError { throw PseudonymisationError.cryptography(step: "filter") }
    // A value without any letter has no filter; the numbers close up behind it.
    var filterNumbers: [Int32] = []
    filterNumbers.reserveCapacity(valueCodes.count)
    var count: Int32 = 0
    for isEncoded in encoded.lazy.flatMap(\.isEncoded) {
      filterNumbers.append(isEncoded ? count : missingCode)
      if isEncoded { count += 1 }
    }
    var words: [UInt64] = []
    words.reserveCapacity(Int(count) * FieldFilters.wordCount)
    for chunk in encoded { words += chunk.words }
    return FieldFilters(
      vouchingFor: words,
      numbers: valueNumbers.map { $0 < 0 ? missingCode : filterNumbers[Int($0)] }
    )
  }

  /// Numbers the distinct values in the order in which identities have them.
  ///
  /// Spellings of one value have codes of their own and one token.
  ///
  /// - Returns: a code for each value, and for each identity the number of its value.
  private func distinctValues(
    _ codes: [Int32],
    _ tokens: [[Token]]
  ) -> (valueCodes: [Int32], numbers: [Int32]) {
    var valueCodes: [Int32] = []
    // By code first: most identities share a spelling with another, and a token is dear to find.
    var numbersByCode = tokens.map { [Int32](repeating: missingCode, count: $0.count) }
    var numbersByToken: [Token: Int32] = [:]
    let numbers = codes.map { code -> Int32 in
      guard code >= 0 else { return missingCode }
      let (shard, place) = (Int(code) & (shardCount - 1), Int(code) >> shardBits)
      let known = numbersByCode[shard][place]
      if known >= 0 { return known }
      let token = tokens[shard][place]
      let number = numbersByToken[token] ?? Int32(truncatingIfNeeded: valueCodes.count)
      if Int(number) == valueCodes.count {
        valueCodes.append(code)
        numbersByToken[token] = number
      }
      numbersByCode[shard][place] = number
      return number
    }
    return (valueCodes, numbers)
  }
}

extension FieldFilters {
  /// Seals filters that were read back.
  ///
  /// - Parameters:
  ///   - words: as they were read.
  ///   - numbers: as they were read; each below the count of filters.
  ///   - digest: what the file says it was made from.
  ///   - expected: what it would be made from tonight.
  /// - Returns: nil when the two differ: the file is not what this run would stage.
  package static func resealed(
    _ words: [UInt64],
    numbers: [Int32],
    madeFrom digest: String,
    expected: String
  ) -> FieldFilters? {
    digest == expected ? FieldFilters(vouchingFor: words, numbers: numbers) : nil
  }
}
