import Cryptography

/// Follows the chain line by line and tells the first line that is not as it was written.
///
/// A link joins two lines, so a broken one names a pair. Which of them is bad, the line after
/// tells, and for the last line the expected head: a line is vouched for when it is hashed right
/// elsewhere. So each verdict on a broken link waits for one more line.
///
/// A root that does not fit names no line, only all since the last that did. Where the line after
/// holds another hash, and the root fits with that one, it is the last line alone.
struct LogVerifier {
  private(set) var reader = LogLineReader()
  private let expected: LogHead?
  private let firstDigits: String?

  /// Lines so far that are sound, or wait for the next.
  private(set) var count = 0
  private(set) var current = TreeDigest.zeros
  /// The last line that was taken.
  private(set) var lastRead: LogLine?
  /// The hash of line 1.
  private(set) var first = TreeDigest.zeros
  /// All lines but the last, which may be in doubt.
  private var tree = TreeFrontier()
  /// Up to which line a root held.
  private(set) var soundSize = 0
  private var witnessedSize = 0

  private var before = TreeDigest.zeros
  private var hashAtExpectedSize: TreeDigest?
  private var doubt: Doubt?
  private var misfit: Misfit?

  /// A break between the last line and the one before it, not yet laid to one of them.
  private struct Doubt {
    /// The verdict when the last line is vouched for.
    let ifVouched: LogFault
    /// The verdict when another line, or the expected head, contradicts it.
    let ifNot: LogFault
    /// The verdict when nothing follows.
    let ifUnknown: LogFault
  }

  /// A root that the lines so far do not have.
  private struct Misfit {
    let root: TreeDigest
    /// How many lines an earlier root vouches for.
    let soundSize: Int
    let isWitnessed: Bool
  }

  /// Roots that the log must have at one size.
  struct Roots {
    /// As a checkpoint beside the log says.
    var signed: TreeDigest?
    /// As a witness saw it.
    var witnessed: TreeDigest?

    static let none = Roots()
  }

  /// - Parameters:
  ///   - expected: a head that was kept elsewhere.
  ///   - firstDigits: how the hash of line 1 begins, by the origin of a checkpoint.
  init(expected: LogHead?, firstDigits: String? = nil) {
    self.expected = expected
    self.firstDigits = firstDigits
  }

  /// The lines so far and the hash of the last.
  var head: LogHead { LogHead(size: count, hash: current.hex) }

  /// The tree of all lines so far.
  func frontier(_ hash: inout TreeHash) throws(CryptographyError) -> TreeFrontier {
    var whole = tree
    if count > 0 { try whole.append(current, &hash) }
    return whole
  }

  /// The root of all lines so far.
  func root(_ hash: inout TreeHash) throws(CryptographyError) -> TreeDigest {
    count > 0 ? try tree.root(with: current, hash: &hash) : try hash.empty()
  }

  /// Takes the next line, without its line end, and the roots that the log must have with it.
  ///
  /// - Returns: the first bad line, once it is certain.
  /// - Throws: `library`.
  mutating func take(
    _ line: Span<UInt8>,
    _ roots: Roots,
    _ hash: inout TreeHash
  ) throws(CryptographyError) -> LogFault? {
    let number = count + 1
    let read: LogLine
    switch reader.read(line) {
    case .failure(let cause):
      if let misfit { return fault(of: misfit) }
      return doubt?.ifNot ?? LogFault(line: number, cause: cause)
    case .success(let found): read = found
    }
    if let misfit { return try fault(of: misfit, claimed: read.previous, &hash) }
    if let doubt { return read.previous == current ? doubt.ifVouched : doubt.ifNot }
    if number == 1, read.event != .logCreated { return LogFault(line: 1, cause: .notCreated) }
    if number > 1, read.event == .logCreated, read.sequence == number {
      return LogFault(line: number, cause: .createdAgain)
    }
    let leaf = try hash.leaf(line)
    if number == 1, let firstDigits, !leaf.hex.hasPrefix(firstDigits) {
      return LogFault(line: 1, cause: .otherOrigin)
    }
    if read.sequence == number, read.previous != current {
      if let fault = try brokenLink(at: number, read.previous, leaf, roots, &hash) { return fault }
    }
    if read.sequence != number { sequenceBroken(read, at: number, leaf) }
    try advance(to: leaf, &hash)
    lastRead = read
    if doubt == nil { try compare(roots, &hash) }
    return nil
  }

  private mutating func advance(
    to leaf: TreeDigest,
    _ hash: inout TreeHash
  ) throws(CryptographyError) {
    if count > 0 { try tree.append(current, &hash) } else { first = leaf }
    before = current
    current = leaf
    count += 1
    if count == expected?.size { hashAtExpectedSize = current }
  }

  private mutating func sequenceBroken(_ read: LogLine, at number: Int, _ leaf: TreeDigest) {
    let here = LogFault(line: number, cause: .sequence(found: read.sequence))
    // Two lines claim one place. A line that is vouched for was there first.
    let repeatsPlace = read.sequence == number - 1 && number > 1 && read.previous == before
    let isOther = repeatsPlace && leaf != current
    let earlier = LogFault(line: number - 1, cause: .sequence(found: read.sequence))
    doubt = Doubt(ifVouched: isOther ? earlier : here, ifNot: here, ifUnknown: here)
  }

  /// What a link that does not hold says by itself; nil when it is in doubt.
  private mutating func brokenLink(
    at number: Int,
    _ claimed: TreeDigest,
    _ leaf: TreeDigest,
    _ roots: Roots,
    _ hash: inout TreeHash
  ) throws(CryptographyError) -> LogFault? {
    guard number > 1 else { return LogFault(line: 1, cause: .field("prev")) }
    let here = LogFault(line: number, cause: .changed)
    let earlier = LogFault(line: number - 1, cause: .changed)
    if soundSize == number - 1 { return here }
    if let root = roots.witnessed ?? roots.signed {
      return try tree.root(with: claimed, leaf, hash: &hash) == root ? earlier : here
    }
    doubt = Doubt(ifVouched: earlier, ifNot: here, ifUnknown: earlier)
    return nil
  }

  private mutating func compare(
    _ roots: Roots,
    _ hash: inout TreeHash
  ) throws(CryptographyError) {
    guard roots.signed != nil || roots.witnessed != nil else { return }
    let root = try tree.root(with: current, hash: &hash)
    if let witnessed = roots.witnessed, witnessed != root {
      // A checkpoint that says the same was not written anew with the lines: then those before it
      // were not either.
      let sound = roots.signed == witnessed ? soundSize : witnessedSize
      misfit = Misfit(root: witnessed, soundSize: sound, isWitnessed: true)
    } else if let signed = roots.signed, signed != root {
      misfit = Misfit(root: signed, soundSize: soundSize, isWitnessed: false)
    } else {
      soundSize = count
      if roots.witnessed != nil { witnessedSize = count }
    }
  }

  /// Which line makes a root not fit, as far as it can be told from the hash that the next line, or
  /// the expected head, keeps of the last.
  private func fault(
    of misfit: Misfit,
    claimed: TreeDigest,
    _ hash: inout TreeHash
  ) throws(CryptographyError) -> LogFault {
    if claimed != current, try tree.root(with: claimed, hash: &hash) == misfit.root {
      return LogFault(line: count, cause: .changed)
    }
    return fault(of: misfit)
  }

  private func fault(of misfit: Misfit) -> LogFault {
    // The origin vouches for the first line.
    let sound = max(misfit.soundSize, firstDigits == nil ? 0 : 1)
    return LogFault(
      line: min(sound + 1, count),
      cause: misfit.isWitnessed ? .notWitnessed(through: count) : .notSigned(through: count)
    )
  }

  /// What stands when no line follows.
  func finish(_ hash: inout TreeHash) throws(CryptographyError) -> LogFault? {
    if let misfit {
      let claimed = expected?.size == count ? expected.flatMap { TreeDigest(hex: $0.hash) } : nil
      return try fault(of: misfit, claimed: claimed ?? current, &hash)
    }
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
