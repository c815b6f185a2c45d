import Diagnostics

/// What the values of one column of an unknown file look like: counts and shapes, never a value.
///
/// - Note: Clear identifiers pass through here.
struct SurveyColumn {
  /// Texts that senders write for "no value".
  static let markers = [".", "-", "NULL", "null", "NA", "N/A", "n/a", "NaN", "?", "n.v.t.", "nvt"]
  /// So many distinct values are kept apart.
  private static let distinctLimit = 2000
  /// So many values are looked at for their shape.
  private static let shapedLimit = 2000

  /// What a value can be taken for; one value may be several of these.
  struct Counts {
    var bsn = 0
    var bsnShaped = 0
    var postcode = 0
    var date = 0
    var partialDate = 0
    var dayFirst = 0
    var dateTime = 0
    var integer = 0
    var leadingZero = 0
    var negative = 0
    /// With at most two, at most four and more decimals, by mark: point, comma.
    var twoDecimals = [0, 0]
    var fourDecimals = [0, 0]
    var moreDecimals = [0, 0]
    var yesNo = 0
    var uuid = 0
    var letters = 0
  }

  private(set) var rowCount = 0
  private(set) var missingCount = 0
  /// Values that are neither missing nor a marker.
  private(set) var filledCount = 0
  private(set) var markerCounts: [String: Int] = [:]
  private(set) var counts = Counts()
  private(set) var longest = 0
  private(set) var mostDigits = 0
  private var distinct: Set<[UInt8]> = []
  private var hasRepeat = false
  private var shapes: [String: Int] = [:]

  /// How many values are distinct; nil for more than are counted.
  var distinctCount: Int? { distinct.count > Self.distinctLimit ? nil : distinct.count }
  /// Whether every value stands once, as far as they are kept apart.
  var isUnique: Bool { filledCount > 0 && !hasRepeat }

  /// The shapes that stand most often, at most so many.
  func commonShapes(_ limit: Int) -> [String] {
    shapes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(limit).map(\.key)
  }

  /// Whether a value stands in the column.
  func holds(_ value: [UInt8]) -> Bool { distinct.contains(value) }

  mutating func add(_ written: [UInt8]) {
    rowCount += 1
    let value = Self.trimmed(written)
    guard !value.isEmpty else {
      missingCount += 1
      return
    }
    if value.count <= 6 {
      let text = String(decoding: value, as: UTF8.self)
      if Self.markers.contains(text) {
        markerCounts[text, default: 0] += 1
        return
      }
    }
    filledCount += 1
    longest = max(longest, value.count)
    if distinct.count <= Self.distinctLimit {
      if !distinct.insert(Array(value)).inserted { hasRepeat = true }
    } else if distinct.contains(Array(value)) {
      hasRepeat = true
    }
    if filledCount <= Self.shapedLimit, shapes.count < 200 {
      shapes[valueShape(of: value), default: 0] += 1
    }
    count(value)
  }

  private mutating func count(_ value: ArraySlice<UInt8>) {
    let form = SurveyValue(value)
    counts.bsn += form.isBsn ? 1 : 0
    counts.bsnShaped += form.isBsnShaped ? 1 : 0
    counts.postcode += form.isPostcode ? 1 : 0
    counts.date += form.date == .whole ? 1 : 0
    counts.partialDate += form.date == .partial ? 1 : 0
    counts.dayFirst += form.date == .dayFirst ? 1 : 0
    counts.dateTime += form.date == .withTime ? 1 : 0
    counts.yesNo += form.isYesNo ? 1 : 0
    counts.uuid += form.isUUID ? 1 : 0
    counts.letters += form.hasLetter ? 1 : 0
    switch form.number {
    case .none: break
    case .integer(let digits, let isNegative, let hasLeadingZero):
      counts.integer += 1
      counts.negative += isNegative ? 1 : 0
      counts.leadingZero += hasLeadingZero ? 1 : 0
      mostDigits = max(mostDigits, digits)
    case .decimal(let mark, let decimals):
      let place = mark == UInt8(ascii: ",") ? 1 : 0
      if decimals <= 2 {
        counts.twoDecimals[place] += 1
      } else if decimals <= 4 {
        counts.fourDecimals[place] += 1
      } else {
        counts.moreDecimals[place] += 1
      }
    }
  }

  /// The mark before decimals that most decimal columns have.
  static func decimalMark(of columns: [SurveyColumn]) -> UInt8 {
    var points = 0
    var commas = 0
    for column in columns {
      let marked = zip(column.counts.twoDecimals, column.counts.fourDecimals).map { $0 + $1 }
      if marked[1] > marked[0] { commas += 1 } else if marked[0] > 0 { points += 1 }
    }
    return commas > points ? UInt8(ascii: ",") : UInt8(ascii: ".")
  }

  private static func trimmed(_ value: [UInt8]) -> ArraySlice<UInt8> {
    var slice = value[...]
    while slice.first == 0x20 { slice.removeFirst() }
    while slice.last == 0x20 { slice.removeLast() }
    return slice
  }
}
