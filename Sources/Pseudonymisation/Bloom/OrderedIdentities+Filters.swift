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
    let (valueCodes, valueNumbers) = filterValues[place]
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
