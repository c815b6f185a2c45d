/// A count of persons or rows as a report may show it: none under five is shown, and none can be
/// worked out from others.
///
/// Only counts that do not follow from each other are shown as they are. A sum of which a part is
/// hidden is told about, and only from what is shown of its parts: whoever subtracts learns nothing.
enum ShownCount: Hashable {
  case exact(Int)
  /// One to four.
  case few
  /// Ten or less, of several that are few.
  case underTen
  /// From a hundred on to the nearest ten.
  case about(Int)

  /// Counts from here on are shown.
  static let smallest = 5

  /// A count that follows from no other that is shown.
  init(_ count: Int) { self = 1..<Self.smallest ~= count ? .few : .exact(max(0, count)) }

  /// The sum of counts that are shown beside it.
  init(sumOf parts: some Sequence<Int>) {
    var exact = 0
    var hidden = 0
    for part in parts {
      if 1..<Self.smallest ~= part { hidden += 1 } else { exact = exact.plus(max(0, part)) }
    }
    // Each hidden count is taken for two, whatever it is.
    let told = exact.plus(2 * hidden)
    self =
      if hidden == 0 {
        .exact(exact)
      } else if exact == 0, hidden == 1 {
        .few
      } else if told < 10 {
        .underTen
      } else {
        .about(told < 100 ? told : told.plus(5) / 10 * 10)
      }
  }

  func text(_ language: ReportLanguage) -> String {
    switch self {
    case .exact(let count): language.grouped(count)
    case .few: "<5"
    case .underTen: "<10"
    case .about(let count): "≈ \(language.grouped(count))"
    }
  }
}

extension Int {
  /// The sum, or the largest number there is: a log that lies must not trap its reader.
  func plus(_ other: Int) -> Int {
    let (sum, overflows) = addingReportingOverflow(other)
    return overflows ? (other < 0 ? .min : .max) : sum
  }
}
