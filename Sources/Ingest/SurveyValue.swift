import Tabular

/// What one value of an unknown file can be taken for.
///
/// - Note: Clear identifiers pass through here.
struct SurveyValue {
  enum Number {
    case none
    case integer(digits: Int, isNegative: Bool, hasLeadingZero: Bool)
    case decimal(mark: UInt8, decimals: Int)
  }

  enum DateForm { case none, whole, partial, dayFirst, withTime }

  let isBsn: Bool
  /// Eight or nine digits, perhaps with dots.
  let isBsnShaped: Bool
  let isPostcode: Bool
  let date: DateForm
  let isYesNo: Bool
  let isUUID: Bool
  let hasLetter: Bool
  let number: Number

  init(_ value: ArraySlice<UInt8>) {
    let bytes = Array(value)
    let digits = bytes.filter { $0 != UInt8(ascii: ".") }
    let isDigits = !digits.isEmpty && digits.allSatisfy(Self.isDigit)
    isBsnShaped = isDigits && (8...9).contains(digits.count)
    isBsn =
      isBsnShaped && passesElevenTest(digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) })
    isPostcode = Self.isPostcode(bytes)
    date = Self.date(bytes)
    isYesNo = Self.yesNoWords.contains(
      String(decoding: bytes.prefix(6), as: UTF8.self).lowercased()
    )
    isUUID =
      bytes.count == 36 && [8, 13, 18, 23].allSatisfy { bytes[$0] == UInt8(ascii: "-") }
    hasLetter = bytes.contains(where: Self.isLetter)
    number = Self.number(bytes)
  }

  private static let yesNoWords: Set<String> = [
    "ja", "j", "yes", "true", "1", "nee", "n", "no", "false", "0",
  ]

  static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }
  static func isLetter(_ byte: UInt8) -> Bool { 0x41...0x5A ~= byte & 0xDF || byte >= 0x80 }

  private static func isPostcode(_ bytes: [UInt8]) -> Bool {
    let packed = bytes.count == 7 && bytes[4] == 0x20 ? bytes[..<4] + bytes[5...] : bytes[...]
    guard packed.count == 6 else { return false }
    let six = Array(packed)
    return six[..<4].allSatisfy(isDigit) && six[0] != 0x30
      && six[4...].allSatisfy { 0x41...0x5A ~= $0 & 0xDF }
  }

  private static func date(_ bytes: [UInt8]) -> DateForm {
    if bytes.count > 10, date(Array(bytes[..<10])) == .whole,
      unsafe bytes[10...].withUnsafeBufferPointer({ unsafe isTimeOrZone($0) })
    {
      return .withTime
    }
    if bytes.count == 10, !isDigit(bytes[2]), bytes[2] == bytes[5] {
      let turned = [6, 7, 8, 9, 3, 4, 0, 1].map { bytes[$0] }
      return date(turned) == .none ? .none : .dayFirst
    }
    var digits = bytes
    if bytes.count == 10 {
      guard bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return .none }
      digits = [0, 1, 2, 3, 5, 6, 8, 9].map { bytes[$0] }
    }
    guard digits.count == 8, digits.allSatisfy(isDigit) else { return .none }
    let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100)
    if number == 0 { return .partial }
    guard MonthTable.firstYear...MonthTable.lastYear ~= year else { return .none }
    if CivilDate(year: year, month: month, day: day) != nil { return .whole }
    return day == 0 && month <= 12 ? .partial : .none
  }

  private static func number(_ bytes: [UInt8]) -> Number {
    let isNegative = bytes.first == UInt8(ascii: "-")
    let isSigned = isNegative || bytes.first == UInt8(ascii: "+")
    let body = bytes[(isSigned ? 1 : 0)...]
    guard let first = body.first, isDigit(first), body.count <= 40 else { return .none }
    guard let mark = body.firstIndex(where: { !isDigit($0) }) else {
      guard body.count <= 17 else { return .none }
      let hasLeadingZero = body.count > 1 && first == 0x30
      return .integer(digits: body.count, isNegative: isNegative, hasLeadingZero: hasLeadingZero)
    }
    let fraction = body[(mark + 1)...]
    guard body[mark] == UInt8(ascii: ".") || body[mark] == UInt8(ascii: ","),
      !fraction.isEmpty, fraction.allSatisfy(isDigit), mark - body.startIndex <= 13
    else { return .none }
    return .decimal(mark: body[mark], decimals: fraction.count)
  }
}
