import Cryptography

/// Follows the chain line by line and tells the first line that is not as it was written.
///
/// A link joins two lines, so a broken one names a pair. Which of them is bad, the line after
/// tells, and for the last line the expected head: a line is vouched for when it is hashed right
/// elsewhere. So each verdict on a broken link waits for one more line.
struct LogVerifier: ~Copyable {
  private var reader = LogLineReader()
  private var leaf: LeafHash
  private let expected: LogHead?

  /// Lines so far that are sound, or wait for the next.
  private var count = 0
  private var current = LeafDigest.zeros
  private var before = LeafDigest.zeros
  private var hashAtExpectedSize: LeafDigest?
  private var doubt: Doubt?

  /// A break between the last line and the one before it, not yet laid to one of them.
  private struct Doubt {
    /// The verdict when the last line is vouched for.
    let ifVouched: LogFault
    /// The verdict when another line, or the expected head, contradicts it.
    let ifNot: LogFault
    /// The verdict when nothing follows.
    let ifUnknown: LogFault
  }

  init(expected: LogHead?) throws(CryptographyError) {
    leaf = try LeafHash()
    self.expected = expected
  }

  /// The lines so far and the hash of the last.
  var head: LogHead { LogHead(size: count, hash: current.hex) }

  /// Takes the next line, without its line end.
  ///
  /// - Returns: the first bad line, once it is certain.
  mutating func take(_ line: Span<UInt8>) throws(CryptographyError) -> LogFault? {
    let number = count + 1
    let read: LogLine
    switch reader.read(line) {
    case .failure(let cause):
      return doubt?.ifNot ?? LogFault(line: number, cause: cause)
    case .success(let found): read = found
    }
    if let doubt { return read.previous == current ? doubt.ifVouched : doubt.ifNot }
    if number == 1, read.event != .logCreated { return LogFault(line: 1, cause: .notCreated) }
    if number > 1, read.event == .logCreated, read.sequence == number {
      return LogFault(line: number, cause: .createdAgain)
    }
    let isLinked = read.previous == current
    let repeatsPlace = read.sequence == number - 1 && number > 1 && read.previous == before
    before = current
    current = try leaf.hash(line)
    count = number
    if number == expected?.size { hashAtExpectedSize = current }

    if read.sequence != number {
      let here = LogFault(line: number, cause: .sequence(found: read.sequence))
      // Two lines claim one place. A line that is vouched for was there first.
      let isOther = repeatsPlace && before != current
      let earlier = LogFault(line: number - 1, cause: .sequence(found: read.sequence))
      doubt = Doubt(ifVouched: isOther ? earlier : here, ifNot: here, ifUnknown: here)
    } else if !isLinked {
      let here = LogFault(line: number, cause: number == 1 ? .field("prev") : .changed)
      let earlier = LogFault(line: max(1, number - 1), cause: .changed)
      doubt =
        number == 1
        ? Doubt(ifVouched: here, ifNot: here, ifUnknown: here)
        : Doubt(ifVouched: earlier, ifNot: here, ifUnknown: earlier)
    }
    return nil
  }

  /// What stands when no line follows.
  mutating func finish() -> LogFault? {
    if let doubt {
      guard let expected else { return doubt.ifUnknown }
      // Not by its place: an inserted line moves the one that the head vouches for.
      if expected.hash == current.hex { return doubt.ifVouched }
      return expected.size == count ? doubt.ifNot : doubt.ifUnknown
    }
    guard let expected else { return nil }
    guard expected.size <= count else {
      return LogFault(line: count + 1, cause: .cut(found: count, expected: expected.size))
    }
    guard let hashAtExpectedSize, hashAtExpectedSize.hex != expected.hash else {
      return expected.size == 0 && expected.hash != LogHead.empty.hash
        ? LogFault(line: 1, cause: .changed) : nil
    }
    return LogFault(line: expected.size, cause: .changed)
  }
}
