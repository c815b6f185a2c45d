/// Where the bytes of a text stand that may end a field, a row or the rule: delimiters, quotes and
/// control bytes, line ends among them.
///
/// Sixty-four bytes are compared at once, and what is beyond ASCII is judged on the way: a text is
/// scanned once. What a row does with what is found is not decided here.
@safe final class CsvIndex {
  /// Bytes that are indexed at once.
  private static let window = 1 << 14

  private let delimiter: SIMD16<UInt8>
  private let quote: SIMD16<UInt8>
  /// Offsets in the text, ascending; those from `first` to `count` are still to be used.
  let positions: UnsafeMutablePointer<UInt32>
  /// Positions that may be kept when the next window is indexed.
  let keptLimit: Int
  private(set) var count = 0
  /// How far the text is indexed.
  private(set) var indexedEnd = 0
  /// Behind the last window with a byte beyond ASCII or DEL; what was passed over counts as one.
  private(set) var rareEnd = 0
  /// Behind the last window with bytes that are not well-formed UTF-8, or control characters beyond
  /// those that the positions hold; what was passed over counts as one.
  private(set) var suspectEnd = 0
  /// Behind the last sequence of bytes beyond ASCII.
  private var passedEnd = 0

  init(delimiter: UInt8, quote: UInt8?, keptLimit: Int = 4096) {
    self.keptLimit = max(2, keptLimit)
    let capacity = Self.window + self.keptLimit + 80
    self.delimiter = SIMD16(repeating: delimiter)
    self.quote = SIMD16(repeating: quote ?? delimiter)
    unsafe positions = .allocate(capacity: capacity)
    unsafe positions.initialize(repeating: 0, count: capacity)
  }

  deinit { unsafe positions.deallocate() }

  /// Begins anew with another text.
  func begin(at offset: Int) {
    count = 0
    indexedEnd = offset
    rareEnd = 0
    suspectEnd = 0
    passedEnd = offset
  }

  /// Goes on at an offset, and passes over what lies before it.
  func restart(at offset: Int) {
    count = 0
    indexedEnd = offset
    rareEnd = offset
    suspectEnd = offset
    passedEnd = offset
  }

  /// Keeps the positions from `first` on and indexes the next window; at most `keptLimit` may be
  /// left.
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
    let found = unsafe index(
      text,
      from: indexedEnd,
      to: windowEnd,
      textEnd: end,
      into: positions + kept
    )
    count = found.count + kept
    indexedEnd = windowEnd
    if found.hasRareBytes { rareEnd = windowEnd }
    if found.isSuspect { suspectEnd = windowEnd }
  }

  /// What a window holds beside its positions.
  private struct Findings {
    var count = 0
    var hasRareBytes = false
    var isSuspect = false
  }

  /// Writes the positions found in `start..<end`, and a few more that do not count behind them.
  private func index(
    _ text: UnsafePointer<UInt8>,
    from start: Int,
    to end: Int,
    textEnd: Int,
    into positions: UnsafeMutablePointer<UInt32>
  ) -> Findings {
    let delimiter = delimiter
    let quote = quote
    var findings = Findings()
    var count = 0
    var offset = start
    while offset < end {
      let block = unsafe ByteBlock(text + offset)
      if !block.isPlain {
        findings.hasRareBytes = true
        if !findings.isSuspect {
          findings.isSuspect = unsafe !passRareBytes(block.rare, text, at: offset, textEnd)
        }
      }
      var found = block.separators(delimiter, quote)
      if end &- offset < 64 { found &= (1 &<< UInt64(truncatingIfNeeded: end &- offset)) &- 1 }
      let first = UInt32(truncatingIfNeeded: offset)
      var next = count
      count &+= found.nonzeroBitCount
      repeat {
        // Eight without asking: the next block writes over those that are too many.
        for _ in 0..<8 {
          let bit = (found | 1 &<< 63).trailingZeroBitCount
          unsafe positions[next] = first &+ UInt32(truncatingIfNeeded: bit)
          found &= found &- 1
          next &+= 1
        }
      } while next < count
      offset &+= 64
    }
    findings.count = count
    return findings
  }

  /// Judges the bytes beyond ASCII of a block.
  ///
  /// - Parameters:
  ///   - rare: which bytes are beyond ASCII, or DEL.
  ///   - text: what is indexed.
  ///   - offset: where the block begins.
  ///   - end: where the text ends.
  /// - Returns: whether all are letters that a text may have; sequences may end in the next block.
  @inline(never)
  private func passRareBytes(
    _ rare: UInt64,
    _ text: UnsafePointer<UInt8>,
    at offset: Int,
    _ end: Int
  ) -> Bool {
    var rest = rare
    while true {
      let passed = passedEnd &- offset
      if passed >= 64 { return true }
      if passed > 0 { rest &= .max &<< UInt64(truncatingIfNeeded: passed) }
      if rest == 0 { return true }
      let place = offset &+ rest.trailingZeroBitCount
      // DEL, and U+0080…U+009F, are control characters.
      let isControl = unsafe text[place] == 0x7F || text[place] == 0xC2 && text[place + 1] < 0xA0
      guard !isControl, let next = unsafe utf8SequenceEnd(text, place, end) else { return false }
      passedEnd = next
    }
  }
}
