import Glibc
import Tabular

/// Searches the values of one kept column for what no kept column may hold.
///
/// Numbers of eight or nine digits are judged together: one in eleven passes the test of a BSN by
/// chance, so a list of codes has some that do, and a column of BSNs has nothing else. A full address,
/// an e-mail address, a telephone number or an account number has a form that chance does not make,
/// so one suffices.
///
/// - Note: Clear identifiers may pass through here: to find them is the purpose.
struct IdentifierScan: Sendable {
  /// Distinct numbers of at most nine digits, up to `largestNumberCount`.
  private(set) var numbers: Set<Int32> = []
  /// Distinct texts that held a form, by `IdentifierForm`.
  private(set) var formCounts: [IdentifierForm: Int] = [:]

  /// Enough to tell a column of BSNs from one of codes, and few enough to be kept.
  static let largestNumberCount = 1 << 16
  static let numbersOfInterest: ClosedRange<Int64> = 10_000_000...999_999_999

  /// Takes a number of a column of numbers.
  @inline(__always)
  mutating func add(number: Int64) {
    guard Self.numbersOfInterest ~= number, numbers.count < Self.largestNumberCount else { return }
    numbers.insert(Int32(truncatingIfNeeded: number))
  }

  /// Takes a text, once for all rows that have it.
  mutating func add(text: Span<UInt8>) {
    if let plain = PlainSigns.replaced(in: text) {
      judge(plain.span)
    } else {
      judge(text)
    }
  }

  private mutating func judge(_ text: Span<UInt8>) {
    let forms = IdentifierForms(of: text) { number in add(number: number) }
    for form in IdentifierForm.allCases where forms.contains(form) {
      formCounts[form, default: 0] += 1
    }
  }

  /// Takes over what another scan of the same column found.
  mutating func formUnion(_ other: IdentifierScan) {
    for number in other.numbers where numbers.count < Self.largestNumberCount {
      numbers.insert(number)
    }
    formCounts.merge(other.formCounts, uniquingKeysWith: +)
  }

  /// What was found in one column.
  ///
  /// - Parameters:
  ///   - source: its name.
  ///   - column: its staged name.
  ///   - numbersAreReviewed: the pipeline file says whose the numbers are, and that they are nobody's.
  ///     It says nothing of the other forms.
  /// - Returns: nil when nothing was found, or no more than chance gives.
  func finding(
    source: String,
    column: String,
    numbersAreReviewed: Bool = false
  ) -> IdentifierFinding? {
    for form in IdentifierForm.allCases {
      guard let count = formCounts[form], count > 0 else { continue }
      return IdentifierFinding(source: source, column: column, cause: .form(form, count: count))
    }
    if numbersAreReviewed { return nil }
    let passing = numbers.count { passesElevenTest(Int64($0)) }
    guard passing > 0 else { return nil }
    let chance = chanceOfPassing(atLeast: passing, of: numbers.count)
    guard chance < Self.doubtfulChance else { return nil }
    return IdentifierFinding(
      source: source,
      column: column,
      cause: .numbers(
        passing: passing,
        count: numbers.count,
        isCertain: chance < Self.certainChance
      )
    )
  }

  /// Six of six, eleven of twenty, 26 of a hundred.
  private static let certainChance = 1e-6
  // One number alone that passes is to be told; what one list of codes in ten has is not.
  private static let doubtfulChance = 0.1
}

/// The chance that so many of `count` numbers pass the eleven-test though none is a BSN: the upper
/// tail of the binomial distribution with one in eleven.
///
/// - Returns: in 0...1.
/// - Complexity: O(*count*).
func chanceOfPassing(atLeast passing: Int, of count: Int) -> Double {
  guard passing > 0 else { return 1 }
  guard passing <= count else { return 0 }
  let (hit, miss) = (log(1.0 / 11), log(10.0 / 11))
  // The logarithm of the first term; each next one follows from the one before.
  var term = Double(passing) * hit + Double(count - passing) * miss
  for number in 0..<passing { term += log(Double(count - number)) - log(Double(number + 1)) }
  var sum = 0.0
  for number in passing...count {
    sum += exp(term)
    term += log(Double(count - number)) - log(Double(number + 1)) + hit - miss
  }
  return min(1, sum)
}
