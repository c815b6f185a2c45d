/// Citizen service numbers for made-up people: distinct, and each passes the eleven-test.
///
/// The first come from the official test range 999900006–999999990, in random order; when it is
/// used up, others follow that lie outside it. 000000000 and 999999999 are never among them.
struct BsnSeries {
  /// The official test range.
  static let testRange = 999_900_006...999_999_990

  // Eight digits before the check digit: 10000000 up to where the test range begins.
  private static let firstPrefix = 10_000_000
  private static let prefixCount = 89_990_000
  // Shares no factor with 89,990,000 = 2⁴·5⁴·8999, so that every prefix comes once.
  private static let step = 33_554_393

  private let testNumbers: [Int32]
  private let offset: Int
  private var position = 0

  init(seed: UInt64) {
    var random = RandomStream(seed, .bsn)
    var numbers = Self.testRange.filter(Self.passesElevenTest).map { Int32($0) }
    random.shuffle(&numbers)
    testNumbers = numbers
    offset = random.below(Self.prefixCount)
  }

  mutating func next() -> Int {
    defer { position += 1 }
    if position < testNumbers.count { return Int(testNumbers[position]) }
    while true {
      let draw = (offset + (position - testNumbers.count) * Self.step) % Self.prefixCount
      if let number = Self.completed(Self.firstPrefix + draw) { return number }
      position += 1
    }
  }

  /// Nine digits, the last of which makes the eleven-test pass; nil when none does.
  static func completed(_ prefix: Int) -> Int? {
    var sum = 0
    var rest = prefix
    for weight in 2...9 {
      sum += rest % 10 * weight
      rest /= 10
    }
    let check = sum % 11
    return check < 10 ? prefix * 10 + check : nil
  }

  /// Whether nine digits pass the eleven-test.
  static func passesElevenTest(_ number: Int) -> Bool {
    (1...999_999_999).contains(number) && completed(number / 10) == number
  }
}
