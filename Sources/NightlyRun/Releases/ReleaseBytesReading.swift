import Files
import Tabular

/// Reads what `ReleaseBytes` wrote; whatever else it finds it throws `NotOfRelease`, and never traps.
struct ReleaseBytesReading {
  /// Bytes that no night wrote.
  struct NotOfRelease: Error {}

  /// No table has more cells, lists or bytes of a text: who says so is wrong.
  private static let limit = 1 << 28

  private let numbers: [UInt8]
  private let keys: [UInt8]
  private var numberPlace = 0
  private var keyPlace = 0
  /// Whether something was not as the night before had it.
  private(set) var hasChanges = false

  init(numbers: [UInt8], keys: [UInt8]) {
    (self.numbers, self.keys) = (numbers, keys)
  }

  mutating func noteChange() { hasChanges = true }

  /// Whether all was read.
  var isAtEnd: Bool { numberPlace == numbers.count && keyPlace == keys.count }

  /// Whether numbers are left to read.
  var hasNumbers: Bool { numberPlace < numbers.count }

  mutating func number() throws(NotOfRelease) -> UInt64 {
    var number: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      let byte = UInt64(try byte())
      guard shift < 63 || byte <= 1 else { throw NotOfRelease() }
      number |= (byte & 0x7F) << shift
      if byte < 0x80 { return number }
    }
    throw NotOfRelease()
  }

  /// A number of cells, lists or bytes.
  mutating func count() throws(NotOfRelease) -> Int {
    guard let count = Int(exactly: try number()), count <= Self.limit else { throw NotOfRelease() }
    return count
  }

  mutating func signed() throws(NotOfRelease) -> Int64 {
    let folded = try number()
    return Int64(bitPattern: folded >> 1) ^ -Int64(bitPattern: folded & 1)
  }

  mutating func day() throws(NotOfRelease) -> Int32 {
    guard let day = Int32(exactly: try signed()) else { throw NotOfRelease() }
    return day
  }

  mutating func flag() throws(NotOfRelease) -> Bool {
    let byte = try byte()
    guard byte < 2 else { throw NotOfRelease() }
    return byte == 1
  }

  mutating func text() throws(NotOfRelease) -> String {
    let count = try count()
    guard count <= numbers.count - numberPlace else { throw NotOfRelease() }
    let bytes = numbers[numberPlace..<numberPlace + count]
    numberPlace += count
    guard let text = String(validating: bytes, as: UTF8.self) else { throw NotOfRelease() }
    return text
  }

  /// A column as `add(column:)` wrote it; where it is as expected, the same array.
  mutating func column<Number: FixedWidthInteger & SignedInteger>(
    expected: [Number],
    isDays: Bool = false
  ) throws(NotOfRelease) -> [Number] {
    if try flag() { return expected }
    if !isDays { hasChanges = true }
    let count = try count()
    let isKnown = expected.count == count
    var column: [Number] = []
    // What comes of few bytes may be long, but not before they are read.
    column.reserveCapacity(isKnown ? count : 0)
    while column.count < count {
      let run = try self.count()
      let difference = try signed()
      guard run > 0, run <= count - column.count else { throw NotOfRelease() }
      for cell in column.count..<column.count + run {
        let value = difference &+ (isKnown ? Int64(expected[cell]) : 0)
        guard let number = Number(exactly: value) else { throw NotOfRelease() }
        column.append(number)
      }
    }
    return column
  }

  mutating func flags(expected: [Bool]) throws(NotOfRelease) -> [Bool] {
    if try flag() { return expected }
    numberPlace -= 1
    let flags: [Int32] = try column(expected: expected.map { $0 ? 1 : 0 })
    guard flags.allSatisfy({ 0...1 ~= $0 }) else { throw NotOfRelease() }
    return flags.map { $0 == 1 }
  }

  mutating func sets(expected: [SetKey]) throws(NotOfRelease) -> [SetKey] {
    if try flag() { return expected }
    hasChanges = true
    let count = try count()
    let isKnown = expected.count == count
    var sets: [SetKey] = isKnown ? expected : []
    try changes(count, isKnown: isKnown) { cell, reading throws(NotOfRelease) in
      let name = UInt128(try reading.word(UInt64.self)) << 64
      let set = SetKey(
        name: name | UInt128(try reading.word(UInt64.self)),
        countDraw: try reading.word(UInt32.self),
        sumDraw: try reading.word(UInt32.self)
      )
      if isKnown { sets[cell] = set } else { sets.append(set) }
    }
    return sets
  }

  mutating func powerSums(
    cellCount: Int,
    expected: [UInt64]
  ) throws(NotOfRelease) -> [UInt64] {
    if try flag() { return expected }
    hasChanges = true
    let termCount = try count()
    guard termCount > 0 else { return [] }
    let (count, overflow) = termCount.multipliedReportingOverflow(by: cellCount)
    guard !overflow else { throw NotOfRelease() }
    let isKnown = expected.count == count
    var sums: [UInt64] = isKnown ? expected : []
    try changes(cellCount, isKnown: isKnown) { cell, reading throws(NotOfRelease) in
      for term in 0..<termCount {
        let sum = try reading.word(UInt64.self)
        guard sum < PowerSums.modulus else { throw NotOfRelease() }
        if isKnown { sums[cell * termCount + term] = sum } else { sums.append(sum) }
      }
    }
    return sums
  }

  /// Calls with each cell that changed; all must have where nothing is known of before.
  private mutating func changes(
    _ count: Int,
    isKnown: Bool,
    _ read: (Int, inout ReleaseBytesReading) throws(NotOfRelease) -> Void
  ) throws(NotOfRelease) {
    var (cell, ofChanges) = (0, false)
    var isFirst = true
    while cell < count {
      let run = try self.count()
      guard run <= count - cell, run > 0 || isFirst, isKnown || ofChanges || run == 0 else {
        throw NotOfRelease()
      }
      if ofChanges {
        for changed in cell..<cell + run { try read(changed, &self) }
      }
      cell += run
      ofChanges.toggle()
      isFirst = false
    }
  }

  private mutating func word<Word: FixedWidthInteger>(
    _ type: Word.Type
  ) throws(NotOfRelease) -> Word {
    guard let word = keys.word(type, at: &keyPlace) else { throw NotOfRelease() }
    return word
  }

  private mutating func byte() throws(NotOfRelease) -> UInt8 {
    guard numberPlace < numbers.count else { throw NotOfRelease() }
    numberPlace += 1
    return numbers[numberPlace - 1]
  }
}
