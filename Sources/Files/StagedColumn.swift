import Tabular

/// A column of a staged table, as its header describes it.
struct StagedColumn: Sendable {
  enum Kind: Sendable {
    case integers(IntegerUnit)
    case codes([String])
    case tokens
  }

  let name: String
  let kind: Kind

  static let rowCounts = StagedColumn(name: "row counts", kind: .integers(.number))

  init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }

  /// Describes a column of a table.
  init(name: String, _ column: Column) {
    self.name = name
    kind =
      switch column {
      case .integers(_, let unit): .integers(unit)
      case .codes(_, let dictionary): .codes(dictionary)
      case .tokens: .tokens
      }
  }

  /// Reads a description; nil when it is none.
  init?(_ description: JSONValue) {
    guard let name = description["name"]?.stringValue,
      let kind = description["kind"]?.stringValue
    else { return nil }
    self.name = name
    switch kind {
    case "tokens": self.kind = .tokens
    case "codes":
      guard let texts = description["dictionary"]?.arrayValue?.compactMap(\.stringValue) else {
        return nil
      }
      self.kind = .codes(texts)
    case "integers":
      guard let unit = description["unit"]?.stringValue.flatMap(IntegerUnit.init) else {
        return nil
      }
      self.kind = .integers(unit)
    default: return nil
    }
  }

  /// As it stands in a header.
  var description: JSONValue {
    switch kind {
    case .tokens: ["name": .string(name), "kind": "tokens"]
    case .integers(let unit):
      ["name": .string(name), "kind": "integers", "unit": .string(unit.rawValue)]
    case .codes(let texts):
      [
        "name": .string(name), "kind": "codes",
        "dictionary": .array(texts.map { .string($0) }),
      ]
    }
  }

  /// Appends the values of a column.
  static func encode(_ column: Column, to bytes: inout [UInt8]) {
    let integers: [Int64]
    switch column {
    case .tokens(let tokens):
      encode(tokens.values, to: &bytes)
      integers = tokens.codes.map { $0 == missingCode ? missingInteger : Int64($0) }
    case .integers(let values, _): integers = values
    case .codes(let codes, _):
      integers = codes.map { $0 == missingCode ? missingInteger : Int64($0) }
    }
    let packing = StagedPacking(integers)
    bytes.appendWord(UInt64(bitPattern: packing.least))
    bytes.append(UInt8(packing.byteWidth))
    packing.append(integers[...], to: &bytes)
  }

  /// Reads `count` values; nil when the bytes do not hold them.
  func decode(_ bytes: [UInt8], at position: inout Int, count: Int) -> Column? {
    var tokens: [Token] = []
    if case .tokens = kind {
      guard let distinct = Self.decodeTokens(bytes, at: &position) else { return nil }
      tokens = distinct
    }
    guard let least = bytes.word(UInt64.self, at: &position),
      let width = bytes.word(UInt8.self, at: &position), [0, 1, 2, 4, 8].contains(width)
    else { return nil }
    let packing = StagedPacking(least: Int64(bitPattern: least), byteWidth: Int(width))
    var values: [Int64] = []
    values.reserveCapacity(count)
    guard packing.unpack(bytes, at: position, count: count, to: &values) else { return nil }
    position += count * packing.byteWidth
    switch kind {
    case .integers(let unit): return .integers(values, unit)
    case .tokens:
      return Self.codes(values, below: tokens.count).map {
        .tokens(TokenColumn(values: tokens, codes: $0))
      }
    case .codes(let texts):
      return Self.codes(values, below: texts.count).map { .codes($0, dictionary: texts) }
    }
  }

  /// Codes as they were packed; nil when one is none.
  private static func codes(_ values: [Int64], below count: Int) -> [Int32]? {
    var codes: [Int32] = []
    codes.reserveCapacity(values.count)
    for value in values {
      guard value != missingInteger else {
        codes.append(missingCode)
        continue
      }
      guard value >= 0, value < count else { return nil }
      codes.append(Int32(truncatingIfNeeded: value))
    }
    return codes
  }

  /// Appends tokens: u64 count, then 16 bytes each that sort as the tokens do.
  private static func encode(_ tokens: [Token], to bytes: inout [UInt8]) {
    bytes.appendWord(UInt64(tokens.count))
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: tokens.count * 16))
    unsafe bytes.withUnsafeMutableBytes { raw in
      for (number, token) in tokens.enumerated() {
        let place = start + number * 16
        unsafe raw.storeBytes(of: token.high.bigEndian, toByteOffset: place, as: UInt64.self)
        unsafe raw.storeBytes(of: token.low.bigEndian, toByteOffset: place + 8, as: UInt64.self)
      }
    }
  }

  private static func decodeTokens(_ bytes: [UInt8], at position: inout Int) -> [Token]? {
    guard position >= 0, let stored = bytes.word(UInt64.self, at: &position),
      let count = Int(exactly: stored), count <= (bytes.count - position) / 16
    else { return nil }
    var tokens: [Token] = []
    tokens.reserveCapacity(count)
    unsafe bytes.withUnsafeBytes { raw in
      for number in 0..<count {
        let place = position + number * 16
        let high = unsafe raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        let low = unsafe raw.loadUnaligned(fromByteOffset: place + 8, as: UInt64.self)
        tokens.append(Token(high: UInt64(bigEndian: high), low: UInt64(bigEndian: low)))
      }
    }
    if tokens.contains(where: \.isMissing) { return nil }
    position += count * 16
    return tokens
  }
}
