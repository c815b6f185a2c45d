/// Inflates the members of a gzip file, and refuses what is not whole.
///
/// zlib checks the CRC-32 and the length of each member. After the last one zeros may follow, as
/// tapes and some tools leave them.
struct GzipReader: ~Copyable {
  private enum Stage {
    case inMember
    case betweenMembers
    case padding
    case ended
  }

  private let path: String
  private let limits: InflationLimits
  private var stream: InflateStream
  private let input = ByteBuffer(byteCount: 1 << 18)
  /// The part of `input` that is still to be inflated.
  private var pending = 0..<0
  private var stage = Stage.inMember
  private var inflatedByteCount = 0
  /// The first inflated bytes, at most two.
  private var head: [UInt8] = []
  private var hash: ContentHash?
  /// What the file holds; nil before the end was read, and where no digest is wanted.
  private(set) var content: PackedContent?

  init(path: String, limits: InflationLimits, digestsContent: Bool) throws(FilesError) {
    stream = try InflateStream(path: path)
    hash = digestsContent ? ContentHash(path: path) : nil
    self.path = path
    self.limits = limits
  }

  /// Fills the buffer unless the end comes first; 0 at the end.
  mutating func read(
    into buffer: UnsafeMutableRawBufferPointer,
    from stored: inout StoredBytes
  ) throws(FilesError) -> Int {
    var filled = 0
    while filled < buffer.count && stage != .ended {
      if pending.isEmpty {
        pending = 0..<(try unsafe stored.read(into: input.bytes))
        if pending.isEmpty {
          guard stage != .inMember else { throw refusal(.truncated, stored) }
          stage = .ended
          content = try hash?.finish()
          break
        }
      }
      switch stage {
      case .inMember:
        let end = min(buffer.count, filled + StoredBytes.sliceLength)
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<end])
        let produced = try unsafe inflate(into: rest, stored)
        try unsafe hash?.add(UnsafeRawBufferPointer(rebasing: rest[..<produced]))
        filled += produced
      case .betweenMembers:
        try beginMemberOrPadding(stored)
      case .padding:
        guard unsafe input.bytes[pending].allSatisfy({ $0 == 0 }) else {
          throw refusal(.trailingBytes, stored)
        }
        pending = 0..<0
      case .ended:
        break
      }
    }
    return filled
  }

  private mutating func inflate(
    into buffer: UnsafeMutableRawBufferPointer,
    _ stored: borrowing StoredBytes
  ) throws(FilesError) -> Int {
    let source = unsafe UnsafeRawBufferPointer(rebasing: input.bytes[pending])
    guard let step = unsafe stream.step(from: source, into: buffer),
      step.consumed + step.produced > 0 || step.ended
    else { throw refusal(.corrupt, stored) }
    pending = pending.lowerBound + step.consumed..<pending.upperBound
    inflatedByteCount += step.produced
    try checkLimits(stored)
    if head.count < 2 {
      unsafe head.append(contentsOf: buffer.prefix(min(step.produced, 2 - head.count)))
      guard head != gzipMagic else { throw refusal(.nested, stored) }
    }
    if step.ended { stage = .betweenMembers }
    return step.produced
  }

  private mutating func beginMemberOrPadding(
    _ stored: borrowing StoredBytes
  ) throws(FilesError) {
    switch unsafe input.bytes[pending.lowerBound] {
    case gzipMagic[0]:
      stream.reset()
      stage = .inMember
    case 0:
      stage = .padding
    default:
      throw refusal(.trailingBytes, stored)
    }
  }

  private func checkLimits(_ stored: borrowing StoredBytes) throws(FilesError) {
    guard inflatedByteCount <= limits.byteCount else {
      throw refusal(.tooLarge(limit: limits.byteCount), stored)
    }
    let isDense = inflatedByteCount / limits.ratio > stored.byteCount - pending.count
    guard !isDense || inflatedByteCount <= limits.freeByteCount else {
      throw refusal(.tooDense(ratioLimit: limits.ratio), stored)
    }
  }

  private func refusal(_ fault: GzipFault, _ stored: borrowing StoredBytes) -> FilesError {
    .gzip(fault, path: path, byteOffset: stored.byteCount - pending.count)
  }
}
