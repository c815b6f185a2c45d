package import Tabular

/// How a record becomes one Bloom filter that a partner with clkhash can compare: its linkage
/// schema, version 3.
///
/// Read is what can be honoured to the byte: `blakeHash`, HKDF-SHA-256, keys of 64 bytes, n-grams
/// and exact comparisons of texts and integers. All else is refused by name: a filter that is a
/// little different matches nothing, silently.
package struct RecordSchema: Sendable, Hashable {
  /// How a value is cut into what is hashed.
  package enum Comparison: Sendable, Hashable {
    case ngram(length: Int, positional: Bool)
    case exact
  }

  /// How many bits what is hashed sets.
  package enum Strategy: Sendable, Hashable {
    case bitsPerToken(Int)
    case bitsPerFeature(Int)
  }

  /// What a filter says of one column.
  package struct Feature: Sendable, Hashable {
    package let identifier: String
    package let comparison: Comparison
    package let strategy: Strategy
    package let isInteger: Bool
    /// A value that means that there is none, and what stands for it.
    package let sentinel: String?
    package let replacement: String
  }

  /// Bits of a filter; a power of two.
  package let bitCount: Int
  package let salt: [UInt8]
  package let info: [UInt8]
  /// In the order of the columns; nil for one that is ignored, which has keys all the same.
  package let features: [Feature?]

  private static let bitLimit = 1 << 16
  private static let featureLimit = 63

  /// Reads a schema.
  ///
  /// - Parameter json: version 3.
  /// - Throws: `RecordSchemaFault`, for the first thing that cannot be honoured.
  package init(_ json: JSONValue) throws(RecordSchemaFault) {
    guard json["version"]?.integerValue == 3 else { throw .unsupported("version") }
    guard let configuration = json["clkConfig"], let derivation = configuration["kdf"],
      let features = json["features"]?.arrayValue
    else { throw .missing("clkConfig") }
    guard let bits = configuration["l"]?.integerValue, 64...Int64(Self.bitLimit) ~= bits,
      bits & (bits - 1) == 0
    else { throw .unsupported("clkConfig.l") }
    // clkhash 0.18 reads `xor_folds`, its schema names `xorFolds`: whoever writes one of them cannot
    // know what the other side does.
    for key in ["xorFolds", "xor_folds"] where (configuration[key] ?? 0) != 0 {
      throw .unsupported("clkConfig.\(key)")
    }
    guard derivation["type"]?.stringValue == "HKDF",
      (derivation["hash"] ?? "SHA256") == "SHA256", (derivation["keySize"] ?? 64) == 64
    else { throw .unsupported("clkConfig.kdf") }
    guard 1...Self.featureLimit ~= features.count else { throw .unsupported("features") }
    bitCount = Int(bits)
    salt = try Self.bytes(derivation["salt"], "clkConfig.kdf.salt")
    info = try Self.bytes(derivation["info"], "clkConfig.kdf.info")
    var read: [Feature?] = []
    for (number, feature) in features.enumerated() {
      read.append(try Self.feature(feature, place: "features[\(number)]"))
    }
    self.features = read
  }

  private static func feature(
    _ json: JSONValue,
    place: String
  ) throws(RecordSchemaFault) -> Feature? {
    guard let identifier = json["identifier"]?.stringValue else {
      throw .missing("\(place).identifier")
    }
    if json["ignored"] == true { return nil }
    guard let hashing = json["hashing"], let format = json["format"] else {
      throw .missing("\(place).hashing")
    }
    guard (hashing["hash"]?["type"] ?? "blakeHash") == "blakeHash" else {
      throw .unsupported("\(place).hashing.hash")
    }
    let type = format["type"]?.stringValue
    guard type == "string" || type == "integer" || type == "enum",
      ["utf-8", "ascii"].contains(format["encoding"]?.stringValue ?? "utf-8")
    else { throw .unsupported("\(place).format") }
    let missing = hashing["missingValue"]
    return Feature(
      identifier: identifier,
      comparison: try comparison(hashing["comparison"], place),
      strategy: try strategy(hashing["strategy"], place),
      isInteger: type == "integer",
      sentinel: missing?["sentinel"]?.stringValue,
      replacement: missing?["replaceWith"]?.stringValue ?? ""
    )
  }

  private static func comparison(
    _ json: JSONValue?,
    _ place: String
  ) throws(RecordSchemaFault) -> Comparison {
    switch json?["type"]?.stringValue {
    case "exact": return .exact
    case "ngram":
      guard let length = json?["n"]?.integerValue, 1...8 ~= length else {
        throw .unsupported("\(place).hashing.comparison.n")
      }
      return .ngram(length: Int(length), positional: json?["positional"] == true)
    default: throw .unsupported("\(place).hashing.comparison")
    }
  }

  private static func strategy(
    _ json: JSONValue?,
    _ place: String
  ) throws(RecordSchemaFault) -> Strategy {
    if let count = json?["bitsPerToken"]?.integerValue, 1...4096 ~= count {
      return .bitsPerToken(Int(count))
    }
    if let count = json?["bitsPerFeature"]?.integerValue, 1...4096 ~= count {
      return .bitsPerFeature(Int(count))
    }
    throw .unsupported("\(place).hashing.strategy")
  }

  /// Base64 (RFC 4648) with its padding; none for nothing.
  private static func bytes(
    _ json: JSONValue?,
    _ place: String
  ) throws(RecordSchemaFault) -> [UInt8] {
    guard let json else { return [] }
    guard let bytes = json.stringValue.flatMap({ Base64Text.decode(Array($0.utf8)[...]) }) else {
      throw .unsupported(place)
    }
    return bytes
  }
}
