import Tabular

/// A language that an officer's report is written in.
package enum ReportLanguage: String, Sendable, CaseIterable {
  case english = "en"
  case dutch = "nl"

  /// A number with a mark for every thousand: `41,989` or `41.989`.
  func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var text = number < 0 ? "-" : ""
    for (position, digit) in digits.enumerated() {
      if position > 0 && (digits.count - position) % 3 == 0 { text += self == .dutch ? "." : "," }
      text.append(digit)
    }
    return text
  }

  /// `1 October 2026` or `1 oktober 2026`.
  func day(_ date: CivilDate) -> String { "\(date.day) \(monthName(date)) \(date.year)" }

  /// `1 Oct` or `1 okt`: within a report that names its year.
  func shortDay(_ date: CivilDate) -> String {
    let name = monthName(date)
    // "maart" and "mei" would both be "maa" and "mei": the Dutch write mrt.
    return "\(date.day) \(name == "maart" ? "mrt" : String(name.prefix(3)))"
  }

  /// `October 2026`.
  func month(_ date: CivilDate) -> String { "\(monthName(date)) \(date.year)" }

  private func monthName(_ date: CivilDate) -> String {
    let names = self == .dutch ? Self.dutchMonths : Self.englishMonths
    return names.indices.contains(date.month - 1) ? names[date.month - 1] : ""
  }

  private static let englishMonths = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  private static let dutchMonths = [
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
    "oktober", "november", "december",
  ]

  /// Bytes in the largest unit that keeps them above one.
  func bytes(_ count: Int) -> String {
    let units = ["B", "kB", "MB", "GB", "TB"]
    var (unit, tenths) = (0, max(0, count).multipliedReportingOverflow(by: 10).partialValue)
    guard count < Int.max / 10 else { return "\(grouped(count)) B" }
    while tenths >= 10_000, unit + 1 < units.count {
      tenths = (tenths + 500) / 1000
      unit += 1
    }
    guard unit > 0, tenths < 1000 else { return "\(grouped((tenths + 5) / 10)) \(units[unit])" }
    return "\(tenths / 10)\(self == .dutch ? "," : ".")\(tenths % 10) \(units[unit])"
  }

  /// A sentence with values in the places of `{1}`, `{2}` …; a value may hold braces itself.
  func filled(_ pattern: String, _ values: [String]) -> String {
    var text = ""
    var rest = pattern[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      text += rest[..<open]
      let number = Int(rest[rest.index(after: open)..<close]) ?? 0
      if values.indices.contains(number - 1) { text += values[number - 1] }
      rest = rest[rest.index(after: close)...]
    }
    return text + rest
  }
}
