import Tabular

/// Numbers in a pipeline file that may be somebody's BSN, and those that are nobody's.
enum TestNumbers {
  /// The official range of numbers that nobody has.
  private static let range: ClosedRange<Int64> = 999_900_006...999_999_990

  /// Whether a number can be a BSN and is not kept for tests.
  static func mayBeSomebodys(_ number: Int64) -> Bool {
    passesElevenTest(number) && !range.contains(number)
  }

  /// A line with a star for each digit of nine that may be somebody's.
  static func masked(_ line: String) -> String {
    var bytes = Array(line.utf8)
    var position = 0
    while position < bytes.count {
      var end = position
      while end < bytes.count, 0x30...0x39 ~= bytes[end] { end += 1 }
      if end - position == 9,
        let number = wholeNumber(String(decoding: bytes[position..<end], as: UTF8.self)),
        mayBeSomebodys(number)
      {
        for place in position..<end { bytes[place] = UInt8(ascii: "*") }
      }
      position = max(end, position + 1)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
