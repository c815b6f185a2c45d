import Tabular

/// When runs began and which periods were published: what is missing between the first and the last.
struct NightCalendar {
  /// Days without a run between two that had one.
  struct Gap: Hashable {
    let firstDay: Int
    let lastDay: Int
  }

  private var lastDay: Int?
  private var nightlyCount = 0
  private var longerCount = 0
  private var gaps: [Gap] = []
  private var period = ""
  private var months: Set<Int> = []

  private static let mostGaps = 1000
  private static let mostMonths = 12_000

  /// A run began.
  ///
  /// - Parameters:
  ///   - milliseconds: since 1970, in UTC.
  ///   - period: `2026-08` or another text.
  mutating func started(at milliseconds: Int64, period: String) {
    self.period = period
    let day = Int(milliseconds.floored(by: 86_400_000))
    guard let last = lastDay else { return lastDay = day }
    guard day > last else { return }
    lastDay = day
    guard day > last + 1 else { return nightlyCount += 1 }
    longerCount += 1
    if gaps.count < Self.mostGaps { gaps.append(Gap(firstDay: last + 1, lastDay: day - 1)) }
  }

  /// The run that began last has published.
  mutating func published() {
    guard let month = Self.month(period), months.count < Self.mostMonths else { return }
    months.insert(month)
  }

  /// Nights without a run, of a log that is of a run each night.
  ///
  /// It is when most runs followed on one of the day before. A pipeline that runs once a month misses no night.
  var missingNights: [Gap] { nightlyCount > longerCount ? gaps : [] }

  /// Months that were not published, between others that were; as `2026-08`.
  var missingMonths: [String] {
    guard let first = months.min(), let last = months.max() else { return [] }
    return (first...last).filter { !months.contains($0) }.prefix(Self.mostGaps)
      .map { "\($0 / 12)-\($0 % 12 < 9 ? "0" : "")\($0 % 12 + 1)" }
  }

  /// A month as a number that grows by one; nil for another text than `YYYY-MM`.
  private static func month(_ text: String) -> Int? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
      let year = Int(parts[0]), year > 0, let month = Int(parts[1]), 1...12 ~= month
    else { return nil }
    return year * 12 + month - 1
  }

  /// The sentence about one gap.
  static func sentence(_ gap: Gap) -> String {
    let first = CivilDate(dayNumber: gap.firstDay)
    let count = gap.lastDay - gap.firstDay + 1
    return count == 1
      ? "no run began on \(first), though runs began the days around it"
      : "no run began from \(first) to \(CivilDate(dayNumber: gap.lastDay)): \(count) nights"
  }
}
