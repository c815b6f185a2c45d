package import Tabular

/// One token for all that each identity of a source holds, but its number.
///
/// It is made of tokens and kept values by name and text: the order of columns and of dictionaries is
/// no matter. Two identities of a source differ in it, unless their numbers alone tell them apart.
///
/// - Parameters:
///   - records: the source.
///   - chosen: of which identities; distinct.
/// - Returns: one a chosen identity.
func identityTokens(of records: PersonRecords, _ chosen: [Int32]) -> [Token] {
  let table = records.table
  let start = Token(high: textHash(records.source), low: 1)
  var tokens = [Token](repeating: start, count: chosen.count)
  for (name, column) in zip(table.names, table.columns).sorted(by: { $0.0 < $1.0 }) {
    if name == records.number { continue }
    let nameHash = textHash(name)
    switch column {
    case .tokens(let values):
      for place in tokens.indices {
        let value = values[Int(chosen[place])]
        tokens[place] = tokens[place].mixed(
          with: value.high ^ nameHash,
          value.low
        )
      }
    case .integers(let values, _):
      for place in tokens.indices {
        let value = UInt64(bitPattern: values[Int(chosen[place])])
        tokens[place] = tokens[place].mixed(with: nameHash, value)
      }
    case .codes(let values, let dictionary):
      let hashes = dictionary.map(textHash)
      for place in tokens.indices {
        let code = Int(values[Int(chosen[place])])
        let hash = hashes.indices.contains(code) ? hashes[code] : 0
        tokens[place] = tokens[place].mixed(with: nameHash, hash)
      }
    }
  }
  return tokens
}

extension PersonRecords {
  /// One token an identity: what it is known by where it has no number.
  package var identityTokens: [Token] {
    Linkage.identityTokens(of: self, (0..<Int32(count)).map { $0 })
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
