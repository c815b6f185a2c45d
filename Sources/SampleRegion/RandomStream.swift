/// A stream of random numbers for one purpose and one record.
///
/// Every purpose and every record has a stream of its own, so that a column added later shifts no
/// other. Numbers follow from seed, purpose and record alone: no clock, no machine, no order of
/// calls elsewhere. Generator: SplitMix64 (Steele, Lea and Flood, 2014).
struct RandomStream {
  /// What a stream is drawn for; the numbers are part of "same seed, same bytes".
  enum Purpose: UInt64 {
    case geography = 1
    case bsn = 2
    case household = 3
    case birth = 4
    case name = 5
    case address = 6
    case register = 7
    case frailty = 8
    case care = 9
    case careFault = 10
    case order = 11
    case clientChoice = 12
    case client = 13
    case clientFault = 14
    case assignment = 15
    case message = 16
    case declaration = 17
    case relation = 18
    case waitingList = 19
    case place = 20
    case move = 21
    case hip = 22
    case survey = 23
  }

  private var state: UInt64

  init(_ seed: UInt64, _ purpose: Purpose, _ record: Int = 0, _ part: Int = 0) {
    var start = Self.mixed(seed &+ 0x9E37_79B9_7F4A_7C15)
    start = Self.mixed(start ^ (purpose.rawValue &* 0xD6E8_FEB8_6659_FD93))
    start = Self.mixed(start ^ UInt64(bitPattern: Int64(record)))
    state = Self.mixed(start ^ (UInt64(bitPattern: Int64(part)) &* 0xA076_1D64_78BD_642F))
  }

  private static func mixed(_ number: UInt64) -> UInt64 {
    var mixed = number
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  /// A whole number in 0..<`bound`; 0 when `bound` is below 1.
  mutating func below(_ bound: Int) -> Int {
    guard bound > 1 else { return 0 }
    return Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A whole number in `range`.
  mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }

  /// A number in 0..<1, in steps of 2⁻⁵³.
  mutating func unit() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// True in that share of cases.
  mutating func chance(_ share: Double) -> Bool {
    unit() < share
  }

  /// A waiting time of mean 1: the gamma distribution of shape 1.
  mutating func waitingTime() -> Double {
    -Arithmetic.logarithm(1 - unit())
  }

  /// A draw of mean 0 and variance 1, nearly normal: twelve uniform draws (Irwin and Hall).
  mutating func normal() -> Double {
    var sum = -6.0
    for _ in 0..<12 { sum += unit() }
    return sum
  }

  /// `list` in random order (Fisher and Yates).
  mutating func shuffle<Element>(_ list: inout [Element]) {
    guard list.count > 1 else { return }
    for last in stride(from: list.count - 1, to: 0, by: -1) {
      list.swapAt(last, below(last + 1))
    }
  }
}
