import Tabular

/// The values of one column that rows have had so far, by the code of their token.
struct UniqueValues: Sendable {
  private var seen: [Bool] = []
  /// For each code the one that stands for all spellings of the value; empty when there is one.
  private let representatives: [Int32]

  /// Begins with no value.
  init(of memo: ValueMemo) { representatives = memo.representatives() }

  /// Whether the value was there before; a missing or faulty one never was.
  func contains(_ code: Int32) -> Bool {
    guard code >= 0 else { return false }
    let code = representative(of: code)
    return code < seen.count && seen[code]
  }

  mutating func insert(_ code: Int32) {
    guard code >= 0 else { return }
    let code = representative(of: code)
    if code >= seen.count {
      seen += Array(repeating: false, count: code + 1 - seen.count + seen.count / 2)
    }
    seen[code] = true
  }

  private func representative(of code: Int32) -> Int {
    Int(representatives.isEmpty ? code : representatives[Int(code)])
  }
}

extension ValueMemo {
  /// For each code the least code of the same token: values may be written in several ways.
  ///
  /// - Returns: an array by code; empty where a token has one code, as numbers have.
  func representatives() -> [Int32] {
    switch kind {
    case .bsn, .date, .partialDate, .number, .token, .filter: return []
    case .postcode, .text, .name, .house: break
    }
    var coded: [(token: Token, code: Int32)] = []
    for (shard, tokens) in tokens().enumerated() {
      for (number, token) in tokens.enumerated() where !token.isMissing {
        coded.append((token, shardCode(number, in: shard)))
      }
    }
    coded.sort { $0.token != $1.token ? $0.token < $1.token : $0.code < $1.code }
    var representatives = [Int32](repeating: 0, count: Int(coded.map(\.code).max() ?? 0) + 1)
    for (place, entry) in coded.enumerated() {
      let isSame = place > 0 && coded[place - 1].token == entry.token
      representatives[Int(entry.code)] =
        isSame ? representatives[Int(coded[place - 1].code)] : entry.code
    }
    return representatives
  }
}
