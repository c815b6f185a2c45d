/// Where the bytes of a text stand that may end a field, a row or the rule: delimiters, quotes and
/// control bytes, line ends among them.
///
/// Sixteen bytes are compared at once; what a row does with what is found is not decided here.
@safe final class CsvIndex {
  /// Bytes that are indexed at once.
  private static let window = 1 << 14
  private static let capacity = window + CsvLimits.fieldCount + 80

  private let delimiter: SIMD16<UInt8>
  private let quote: SIMD16<UInt8>
  /// Offsets in the text, ascending; those from `first` to `count` are still to be used.
  let positions: UnsafeMutablePointer<UInt32>
  private(set) var count = 0
  /// How far the text is indexed.
  private(set) var indexedEnd = 0
  /// Behind the last window with a byte beyond ASCII; what was passed over counts as one.
  private(set) var highEnd = 0

  init(delimiter: UInt8, quote: UInt8?) {
    self.delimiter = SIMD16(repeating: delimiter)
    self.quote = SIMD16(repeating: quote ?? delimiter)
    unsafe positions = .allocate(capacity: Self.capacity)
    unsafe positions.initialize(repeating: 0, count: Self.capacity)
  }

  deinit { unsafe positions.deallocate() }

  /// Begins anew with another text.
  func begin(at offset: Int) {
    count = 0
    indexedEnd = offset
    highEnd = 0
  }

  /// Goes on at an offset, and passes over what lies before it.
  func restart(at offset: Int) {
    count = 0
    indexedEnd = offset
    highEnd = offset
  }

  /// Keeps the positions from `first` on and indexes the next window; at most `CsvLimits.fieldCount`
  /// may be left.
  ///
  /// - Parameters:
  ///   - first: the first position to keep.
  ///   - text: what is indexed; padding stands behind it.
  ///   - end: where it ends.
  func extend(keepingFrom first: Int, _ text: UnsafePointer<UInt8>, end: Int) {
    let kept = count - first
    if first > 0 && kept > 0 {
      unsafe positions.update(from: positions + first, count: kept)
    }
    let windowEnd = min(end, indexedEnd + Self.window)
    let found =
      unsafe Self.index(
        text,
        from: indexedEnd,
        to: windowEnd,
        delimiter: delimiter,
        quote: quote,
        into: positions + kept
      )
    count = found.count + kept
    indexedEnd = windowEnd
    if found.hasHighBytes { highEnd = windowEnd }
  }

  /// Writes the positions found in `start..<end`, and a few more that do not count behind them.
  ///
  /// - Returns: how many, and whether a byte beyond ASCII stands there or close behind.
  private static func index(
    _ text: UnsafePointer<UInt8>,
    from start: Int,
    to end: Int,
    delimiter: SIMD16<UInt8>,
    quote: SIMD16<UInt8>,
    into positions: UnsafeMutablePointer<UInt32>
  ) -> (count: Int, hasHighBytes: Bool) {
    let highest = SIMD16<UInt8>(repeating: 0x1F)
    let one = SIMD16<UInt8>(repeating: 1)
    var count = 0
    var offset = start
    var all = SIMD16<UInt8>(repeating: 0)
    while offset < end {
      var found: UInt64 = 0
      for part in 0..<4 {
        let bytes = unsafe UnsafeRawPointer(text + offset + part * 16)
          .loadUnaligned(as: SIMD16<UInt8>.self)
        all |= bytes
        let isFound = (bytes .== delimiter) .| (bytes .== quote) .| (bytes .<= highest)
        let ones = SIMD16<UInt8>(repeating: 0).replacing(with: one, where: isFound)
        let halves = unsafe unsafeBitCast(ones, to: SIMD2<UInt64>.self)
        // The multiplication gathers the lowest bit of each byte in the top byte.
        let low = (halves[0] &* 0x0102_0408_1020_4080) >> 56
        let high = (halves[1] &* 0x0102_0408_1020_4080) >> 56
        found |= (low | high << 8) << UInt64(truncatingIfNeeded: part * 16)
      }
      if end - offset < 64 { found &= (1 << UInt64(truncatingIfNeeded: end - offset)) - 1 }
      while found != 0 {
        unsafe positions[count] = UInt32(
          truncatingIfNeeded: offset &+ found.trailingZeroBitCount
        )
        count &+= 1
        found &= found &- 1
      }
      offset &+= 64
    }
    return (count, all.max() >= 0x80)
  }
}
