import Tabular

/// A column of numbers as they stand in a published file, in whole steps of its last decimal.
struct PublishedNumbers {
  let name: String
  private var values: [Int64] = []
  private var decimals: [UInt8] = []

  init(name: String) { self.name = name }

  /// What is no number here.
  enum Refusal: Error {
    case noNumber
    case tooLarge
  }

  /// Adds a field; an empty one is no number.
  mutating func add(_ field: String) throws(Refusal) {
    guard !field.isEmpty else {
      values.append(missingInteger)
      decimals.append(0)
      return
    }
    let parts = field.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first else { throw .noNumber }
    let digits = Array(whole) + (parts.count == 2 ? Array(parts[1]) : [])
    let isNegative = digits.first == UInt8(ascii: "-")
    let places = parts.count == 2 ? parts[1].count : 0
    guard digits.dropFirst(isNegative ? 1 : 0).allSatisfy({ 0x30...0x39 ~= $0 }),
      whole.count > (isNegative ? 1 : 0), parts.count == 1 || places > 0
    else { throw .noNumber }
    guard places <= 9, let value = Int64(String(decoding: digits, as: UTF8.self)),
      value != missingInteger
    else { throw .tooLarge }
    values.append(value)
    decimals.append(UInt8(places))
  }

  /// The numbers, all with as many decimals.
  ///
  /// - Returns: nil when 64 bits cannot hold one.
  func scaled() -> (values: [Int64], perOne: Int64)? {
    let most = decimals.max() ?? 0
    var powers: [Int64] = [1]
    for _ in 0..<most { powers.append((powers.last ?? 1) * 10) }
    var scaled = values
    for row in scaled.indices where scaled[row] != missingInteger {
      let (value, overflow) = scaled[row].multipliedReportingOverflow(
        by: powers[Int(most - decimals[row])]
      )
      if overflow || value == missingInteger { return nil }
      scaled[row] = value
    }
    return (scaled, powers.last ?? 1)
  }
}
