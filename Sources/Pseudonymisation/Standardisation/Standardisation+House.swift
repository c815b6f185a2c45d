import Tabular

extension Standardisation {
  /// So many digits the highest house number has, 99999.
  private static let houseDigits = 5
  /// Letter and suffix of the registers have five characters together; what people write has more.
  private static let suffixLength = 16

  /// A house number without zeros in front, or its suffix in capitals without what stands between.
  ///
  /// `0012-A` is `12` and `A`, as is `12 a`.
  ///
  /// - Parameters:
  ///   - utf8: as written.
  ///   - part: which of the two.
  /// - Returns: digits, or letters and digits; missing when there are none; `number` for what begins
  ///   with no number where one is expected, for one above 99999 and for a suffix above 16 characters,
  ///   `encoding` for what is not UTF-8.
  package func house(_ utf8: Span<UInt8>, _ part: HousePart) -> StandardisedValue {
    let folded: [UInt8]
    switch fold(utf8) {
    case .value(let bytes): folded = bytes
    case .fault(.encoding): return .fault(.encoding)
    case .fault, .missing: return .fault(.number)
    }
    guard let start = folded.firstIndex(where: { $0 != space }) else { return .missing }
    if part == .suffix { return suffix(folded[start...]) }
    let end = folded[start...].firstIndex { !(0x30...0x39).contains($0) } ?? folded.endIndex
    guard end > start else { return .fault(.number) }
    guard part == .number else { return suffix(folded[end...]) }
    let digits = folded[start..<end].drop { $0 == 0x30 }
    guard digits.count <= Self.houseDigits else { return .fault(.number) }
    // 0 is written where a house has none, and is one all the same.
    return .value(digits.isEmpty ? [0x30] : Array(digits))
  }

  private func suffix(_ folded: ArraySlice<UInt8>) -> StandardisedValue {
    var suffix: [UInt8] = []
    for byte in folded {
      switch byte {
      case 0x30...0x39: suffix.append(byte)
      case 0x61...0x7A: suffix.append(byte - 0x20)
      default: continue
      }
      guard suffix.count <= Self.suffixLength else { return .fault(.number) }
    }
    return suffix.isEmpty ? .missing : .value(suffix)
  }
}
