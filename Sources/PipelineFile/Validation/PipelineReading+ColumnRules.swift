import Diagnostics
import Glibc
import Tabular

extension PipelineReading {
  mutating func checkName(_ entry: CheckedEntry) {
    if let from = entry.value["from"], from.text?.isEmpty == true {
      faults.report(at: from.span, "column '\(entry.name)': found an empty name under 'from'")
    }
    guard ExpressionParser.reserved.contains(entry.name) else { return }
    faults.report(
      at: entry.keySpan,
      "found a column '\(entry.name)', which is a word of the expression language",
      hint: "give it another name, and \(entry.name) under 'from'"
    )
  }

  mutating func codeValues(_ value: CheckedValue, _ type: ColumnType) -> [CodeValue] {
    guard let values = value["values"], !values.isFaulty else { return [] }
    guard type == .code else {
      faults.report(
        at: values.place,
        "found 'values' of \(type.rawValue), expected them of code only",
        hint: "say type: code"
      )
      return []
    }
    return values.entries.compactMap { entry in
      entry.value.text.map { CodeValue(written: entry.name, meaning: $0) }
    }
  }

  mutating func range(_ value: CheckedValue, _ type: ColumnType) -> ClosedRange<Int64>? {
    guard let range = value["range"], let text = range.text else { return nil }
    let isEuro = value["unit"]?.text == "euro"
    let digits: Int
    switch type {
    case .integer: digits = 0
    case .decimal: digits = 4
    case .money: digits = isEuro ? 2 : 0
    default:
      faults.report(
        at: range.place,
        "found 'range' of \(type.rawValue), expected it of integer, decimal or money only"
      )
      return nil
    }
    let bounds = text.split(separator: "..", omittingEmptySubsequences: false)
    guard bounds.count == 2, let least = Self.bound(bounds[0], digits),
      let most = Self.bound(bounds[1], digits), least <= most
    else {
      faults.report(
        at: range.span,
        "found a range that is none, expected a least and a largest number",
        hint: "write it as 1..99999"
      )
      return nil
    }
    return least...most
  }

  private static func bound(_ text: Substring, _ digits: Int) -> Int64? {
    digits == 0 ? wholeNumber(text) : fixedPoint(text, digits: digits)
  }

  mutating func template(_ value: CheckedValue, _ type: ColumnType) -> String? {
    guard let template = value["as"], let text = template.text else { return nil }
    guard type == .text || type == .code else {
      faults.report(
        at: template.place,
        "found 'as' of \(type.rawValue), expected it of text or code"
      )
      return nil
    }
    return text
  }

  mutating func privacyClass(
    _ value: CheckedValue,
    least: PrivacyClass
  ) -> PrivacyClass {
    guard let word = value["class"], let text = word.text,
      let given = PrivacyClass.allCases.first(where: { $0.name == text })
    else { return least }
    guard given >= least else {
      faults.report(
        at: word.span,
        "found class \(given.name), expected \(least.name) or higher",
        hint: "a class can be raised, never lowered"
      )
      return least
    }
    return given
  }

  mutating func textPattern(_ value: CheckedValue, _ type: ColumnType) -> String? {
    guard let pattern = value["pattern"], let text = pattern.text else { return nil }
    guard type == .text || type == .code else {
      faults.report(
        at: pattern.place,
        "found 'pattern' of \(type.rawValue), expected it of text or code only"
      )
      return nil
    }
    guard Self.compiles(text) else {
      faults.report(
        at: pattern.span,
        "found a pattern that is no POSIX extended expression",
        hint: "it must match the whole value, as BU[0-9]{4}[0-9A-Z]{4}"
      )
      return nil
    }
    return text
  }

  /// Whether it is a POSIX extended expression that can be compiled at no great cost.
  static func compiles(_ pattern: String) -> Bool {
    // Repeats multiply: glibc would take gigabytes for (((a{999}){999}){999}).
    var repeats = 1
    for part in pattern.split(separator: "{").dropFirst() {
      for number in part.prefix(while: { $0 != "}" }).split(separator: ",") {
        repeats = repeats.multipliedReportingOverflow(by: max(1, Int(number) ?? 1)).partialValue
        guard (1...20_000).contains(repeats) else { return false }
      }
    }
    guard (1...500).contains(pattern.utf8.count), !pattern.utf8.contains(0) else { return false }
    guard !refersBack(pattern) else { return false }
    var compiled = unsafe regex_t()
    guard unsafe regcomp(&compiled, pattern, REG_EXTENDED | REG_NOSUB) == 0 else { return false }
    unsafe regfree(&compiled)
    return true
  }

  /// Whether it says `\1`, which is not of POSIX; glibc takes it, and then years for some lines.
  private static func refersBack(_ pattern: String) -> Bool {
    var isEscaped = false
    for byte in pattern.utf8 {
      if isEscaped, 0x30...0x39 ~= byte { return true }
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
    }
    return false
  }
}
