import Tabular

/// A column of one side, ready to be compared with that of the other.
///
/// Codes of both sides are row numbers of one dictionary; a text that the other side lacks has a
/// number too, so that it is present and unequal.
enum KeyColumn: Sendable {
  case tokens(TokenColumn)
  case integers([Int64])
  case codes([Int32])

  /// What two values of a column say about each other.
  enum Agreement { case equal, unequal, unknown }

  /// A column that is compared with itself alone.
  init(_ column: Column) {
    switch column {
    case .tokens(let values): self = .tokens(values)
    case .integers(let values, _): self = .integers(values)
    case .codes(let values, _): self = .codes(values)
    }
  }

  /// The column of that name on both sides; nil when a side lacks it or holds another kind.
  static func pair(_ name: String, left: Table, right: Table) -> (left: Self, right: Self)? {
    guard let leftColumn = left[name], let rightColumn = right[name] else { return nil }
    switch (leftColumn, rightColumn) {
    case (.tokens(let leftValues), .tokens(let rightValues)):
      return (.tokens(leftValues), .tokens(rightValues))
    case (.integers(let leftValues, let leftUnit), .integers(let rightValues, let rightUnit))
    where leftUnit == rightUnit:
      return (.integers(leftValues), .integers(rightValues))
    case (
      .codes(let leftValues, let leftDictionary), .codes(let rightValues, let rightDictionary)
    ):
      let unified = UnifiedDictionary([leftDictionary, rightDictionary])
      return (
        .codes(renumbered(leftValues, unified.codes[0])),
        .codes(renumbered(rightValues, unified.codes[1]))
      )
    default: return nil
    }
  }

  private static func renumbered(_ values: [Int32], _ codes: [Int32]) -> [Int32] {
    values.map { codes.indices.contains(Int($0)) ? codes[Int($0)] : missingCode }
  }

  /// Whether a record has a value.
  func isPresent(_ record: Int) -> Bool {
    switch self {
    case .tokens(let values): !values[record].isMissing
    case .integers(let values): values[record] != missingInteger
    case .codes(let values): values[record] != missingCode
    }
  }

  /// Compares a value of this column with one of another column of the same kind.
  func agreement(_ record: Int, _ other: KeyColumn, _ otherRecord: Int) -> Agreement {
    switch (self, other) {
    case (.tokens(let left), .tokens(let right)):
      if left[record].isMissing || right[otherRecord].isMissing { return .unknown }
      return left[record] == right[otherRecord] ? .equal : .unequal
    case (.integers(let left), .integers(let right)):
      if left[record] == missingInteger || right[otherRecord] == missingInteger { return .unknown }
      return left[record] == right[otherRecord] ? .equal : .unequal
    case (.codes(let left), .codes(let right)):
      if left[record] == missingCode || right[otherRecord] == missingCode { return .unknown }
      return left[record] == right[otherRecord] ? .equal : .unequal
    default: return .unknown
    }
  }

  /// Mixes each value into its record's key; a missing value makes the key missing for good.
  func mix(into keys: inout [Token]) {
    switch self {
    case .tokens(let values):
      for record in keys.indices where !keys[record].isMissing {
        let value = values[record]
        keys[record] =
          value.isMissing ? .missing : keys[record].mixed(with: value.high, value.low)
      }
    case .integers(let values):
      for record in keys.indices where !keys[record].isMissing {
        let value = values[record]
        keys[record] =
          value == missingInteger
          ? .missing : keys[record].mixed(with: 0, UInt64(bitPattern: value))
      }
    case .codes(let values):
      for record in keys.indices where !keys[record].isMissing {
        let value = values[record]
        keys[record] =
          value == missingCode
          ? .missing : keys[record].mixed(with: 0, UInt64(UInt32(bitPattern: value)))
      }
    }
  }
}

extension Token {
  /// A key that depends on both, and is never `missing`.
  func mixed(with valueHigh: UInt64, _ valueLow: UInt64) -> Token {
    let first = SplitMix64.hash(high ^ valueHigh) &+ valueLow
    let second = SplitMix64.hash(low ^ valueLow) ^ (first &* 0x9E37_79B9_7F4A_7C15)
    // A key of all zeros would read as "no value".
    return Token(high: SplitMix64.hash(first), low: second == 0 ? 1 : second)
  }
}
