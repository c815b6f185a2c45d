package import Tabular

/// Identities that one thread hashes at a time: their tokens stay in the cache of a core.
private let identitiesInChunk = 1 << 14

/// One token for all that each identity of a source holds, but its number.
///
/// It is made of tokens and kept values by name and text: the order of columns and of dictionaries is
/// no matter. Two identities of a source differ in it, unless their numbers alone tell them apart.
///
/// - Parameters:
///   - records: the source.
///   - chosen: of which identities; distinct. Nil for all.
///   - workers: how many threads may hash.
/// - Returns: one a chosen identity.
func identityTokens(
  of records: PersonRecords,
  _ chosen: [Int32]?,
  workers: Int = 1
) -> [Token] {
  let columns = zip(records.table.names, records.table.columns).sorted { $0.0 < $1.0 }
    .filter { $0.0 != records.number }.map { IdentityColumn(name: $0, $1) }
  let start = Token(high: textHash(records.source), low: 1)
  let count = chosen?.count ?? records.count
  let chunkCount = (count + identitiesInChunk - 1) / identitiesInChunk
  let chunks = concurrentChunks(chunkCount, workers: workers) { chunk in
    let first = chunk * identitiesInChunk
    let places = first..<min(first + identitiesInChunk, count)
    let rows = chosen.map { Array($0[places]) } ?? places.map { Int32(truncatingIfNeeded: $0) }
    var tokens = [Token](repeating: start, count: rows.count)
    for column in columns { column.mix(rows, into: &tokens) }
    return tokens
  }
  var tokens: [Token] = []
  tokens.reserveCapacity(count)
  for chunk in chunks { tokens += chunk }
  return tokens
}

/// A column, with what of it is the same for all identities.
private struct IdentityColumn: Sendable {
  private let column: Column
  private let nameHash: UInt64
  /// Of the texts of a dictionary.
  private let textHashes: [UInt64]

  init(name: String, _ column: Column) {
    self.column = column
    nameHash = textHash(name)
    textHashes = if case .codes(_, let dictionary) = column { dictionary.map(textHash) } else { [] }
  }

  /// Mixes the values of some rows into their tokens.
  func mix(_ rows: [Int32], into tokens: inout [Token]) {
    switch column {
    case .tokens(let values):
      for place in tokens.indices {
        let value = values[Int(rows[place])]
        tokens[place] = tokens[place].mixed(with: value.high ^ nameHash, value.low)
      }
    case .integers(let values, _):
      for place in tokens.indices {
        let value = UInt64(bitPattern: values[Int(rows[place])])
        tokens[place] = tokens[place].mixed(with: nameHash, value)
      }
    case .codes(let values, _):
      for place in tokens.indices {
        let code = Int(values[Int(rows[place])])
        let hash = textHashes.indices.contains(code) ? textHashes[code] : 0
        tokens[place] = tokens[place].mixed(with: nameHash, hash)
      }
    }
  }
}

extension PersonRecords {
  /// One token an identity: what it is known by where it has no number.
  package var identityTokens: [Token] {
    Linkage.identityTokens(of: self, nil)
  }
}

extension PersonLedger {
  /// The likeness of a person whose row has that token.
  package static func likeness(of identity: Token) -> UInt64 { identity.low | 1 }
}

/// A hash that is the same every night, and never 0 (FNV-1a).
private func textHash(_ text: String) -> UInt64 {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
  return SplitMix64.hash(hash) | 1
}
