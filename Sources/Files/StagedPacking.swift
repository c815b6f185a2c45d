import Tabular

/// How a run of integers is stored: each as its distance from the least, in 0, 1, 2, 4 or 8 bytes.
///
/// The distance 0 stands for "missing", so that real distances begin at 1. Zero bytes mean that
/// every value is missing.
struct StagedPacking: Hashable, Sendable {
  let least: Int64
  /// 0, 1, 2, 4 or 8.
  let byteWidth: Int

  /// Chooses the narrowest width that holds all values.
  init(_ values: some Sequence<Int64>) {
    var least = Int64.max
    var most = Int64.min
    for value in values where value != missingInteger {
      least = min(least, value)
      most = max(most, value)
    }
    guard least <= most else {
      self.init(least: 0, byteWidth: 0)
      return
    }
    let span = UInt64(bitPattern: most) &- UInt64(bitPattern: least)
    let width =
      switch span {
      case 0..<0xFF: 1
      case 0..<0xFFFF: 2
      case 0..<0xFFFF_FFFF: 4
      default: 8
      }
    self.init(least: least, byteWidth: width)
  }

  init(least: Int64, byteWidth: Int) {
    self.least = least
    self.byteWidth = byteWidth
  }

  /// Appends the packed values.
  func append(_ values: ArraySlice<Int64>, to bytes: inout [UInt8]) {
    switch byteWidth {
    case 1: append(values, as: UInt8.self, to: &bytes)
    case 2: append(values, as: UInt16.self, to: &bytes)
    case 4: append(values, as: UInt32.self, to: &bytes)
    case 8: append(values, as: UInt64.self, to: &bytes)
    default: break
    }
  }

  private func append<Word: FixedWidthInteger & UnsignedInteger>(
    _ values: ArraySlice<Int64>,
    as type: Word.Type,
    to bytes: inout [UInt8]
  ) {
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: values.count * byteWidth))
    unsafe bytes.withUnsafeMutableBytes { raw in
      for (row, value) in values.enumerated() where value != missingInteger {
        let distance = UInt64(bitPattern: value) &- UInt64(bitPattern: least) &+ 1
        let word = Word(truncatingIfNeeded: distance).littleEndian
        unsafe raw.storeBytes(of: word, toByteOffset: start + row * byteWidth, as: Word.self)
      }
    }
  }

  /// Appends `count` values that stand at `offset` in `bytes`.
  ///
  /// - Returns: false when the bytes end too early.
  func unpack(_ bytes: [UInt8], at offset: Int, count: Int, to values: inout [Int64]) -> Bool {
    guard offset >= 0, count >= 0, offset + count * byteWidth <= bytes.count else { return false }
    switch byteWidth {
    case 1: unpack(bytes, offset, count, as: UInt8.self, &values)
    case 2: unpack(bytes, offset, count, as: UInt16.self, &values)
    case 4: unpack(bytes, offset, count, as: UInt32.self, &values)
    case 8: unpack(bytes, offset, count, as: UInt64.self, &values)
    default: values.append(contentsOf: repeatElement(missingInteger, count: count))
    }
    return true
  }

  private func unpack<Word: FixedWidthInteger & UnsignedInteger>(
    _ bytes: [UInt8],
    _ offset: Int,
    _ count: Int,
    as type: Word.Type,
    _ values: inout [Int64]
  ) {
    let first = values.count
    values.append(contentsOf: repeatElement(missingInteger, count: count))
    unsafe bytes.withUnsafeBytes { raw in
      for row in 0..<count {
        let word = unsafe raw.loadUnaligned(fromByteOffset: offset + row * byteWidth, as: type)
        let distance = UInt64(Word(littleEndian: word))
        if distance != 0 {
          values[first + row] = Int64(bitPattern: UInt64(bitPattern: least) &+ distance &- 1)
        }
      }
    }
  }
}

/// Little-endian numbers at the end of, or within, bytes.
extension [UInt8] {
  /// Appends a number.
  @inlinable
  package mutating func appendWord<Word: FixedWidthInteger>(_ word: Word) {
    for shift in stride(from: 0, to: Word.bitWidth, by: 8) {
      append(UInt8(truncatingIfNeeded: word >> Word(shift)))
    }
  }

  /// The number at `offset`, which moves behind it; nil when the bytes end too early.
  @inlinable
  package func word<Word: FixedWidthInteger>(_ type: Word.Type, at offset: inout Int) -> Word? {
    let width = Word.bitWidth / 8
    guard offset >= 0, offset + width <= count else { return nil }
    var word: Word = 0
    for byte in 0..<width {
      word |= Word(truncatingIfNeeded: self[offset + byte]) << Word(byte * 8)
    }
    offset += width
    return word
  }
}
