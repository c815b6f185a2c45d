import Tabular

/// How the night of each day ended; of a long period, month by month.
struct ReportCalendar: Hashable {
  /// What a day came to, the best last: a run that failed may have been repeated.
  enum Ending: Int, CaseIterable, Comparable {
    case none
    case quiet
    case unfinished
    case failed
    case stopped
    case published

    static func < (left: Ending, right: Ending) -> Bool { left.rawValue < right.rawValue }
  }

  /// What a month came to.
  struct Month: Hashable {
    var published = 0
    var stopped = 0
    var failed = 0
    var unfinished = 0
  }

  private(set) var days: [Int: Ending] = [:]
  /// By year · 12 + month − 1.
  private(set) var months: [Int: Month] = [:]
  private(set) var firstDay: Int?
  private(set) var lastDay: Int?
  /// Whether some days could not be kept apart.
  private(set) var isFolded = false

  private static let mostDays = 750
  private static let mostMonths = 12_000

  /// A run began, or ended, on a day.
  mutating func add(_ ending: Ending, on time: DutchTime) {
    let day = time.dayNumber
    firstDay = min(firstDay ?? day, day)
    lastDay = max(lastDay ?? day, day)
    if let before = days[day] {
      days[day] = max(before, ending)
    } else if days.count < Self.mostDays {
      days[day] = ending
    } else {
      isFolded = true
    }
    let date = time.date
    let month = date.year * 12 + date.month - 1
    guard months[month] != nil || months.count < Self.mostMonths else { return }
    switch ending {
    case .published: months[month, default: Month()].published += 1
    case .stopped: months[month, default: Month()].stopped += 1
    case .failed: months[month, default: Month()].failed += 1
    case .unfinished: months[month, default: Month()].unfinished += 1
    case .none, .quiet: break
    }
  }

  /// Days without a run between the first and the last; nil when they cannot be told apart.
  ///
  /// Only of a log that is of a run each night: a pipeline that runs once a month misses none.
  func missingDays(from first: Int, through last: Int) -> [ClosedRange<Int>]? {
    guard !isFolded, first <= last, last - first < Self.mostDays else { return nil }
    let nights = days.keys.filter { first...last ~= $0 }.sorted()
    guard nights.count >= 2 else { return [] }
    var gaps: [ClosedRange<Int>] = []
    var nightly = 0
    for (one, next) in zip(nights, nights.dropFirst()) {
      if next == one + 1 { nightly += 1 } else { gaps.append(one + 1...next - 1) }
    }
    return nightly > gaps.count ? gaps : []
  }
}
