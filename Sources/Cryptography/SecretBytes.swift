import Glibc

/// Bytes of a key: locked in memory, left out of dumps, overwritten when let go, never printed.
///
/// Each has pages of its own. `mlock` does not nest: two secrets on one page would lose their
/// lock when the first is freed.
@safe package final class SecretBytes: Sendable {
  // An address as a number is Sendable; nothing writes to it once `init` has returned.
  private let address: UInt
  private let mappedCount: Int
  /// How many bytes it holds.
  package let count: Int

  /// Makes room, lets `fill` write to it, and keeps what was written.
  ///
  /// - Throws: `memoryLock`, or what `fill` throws; then the bytes are overwritten first.
  package init(
    count: Int,
    fill: (UnsafeMutableRawBufferPointer) throws(CryptographyError) -> Void
  ) throws(CryptographyError) {
    let page = max(1, sysconf(Int32(_SC_PAGESIZE)))
    let wanted = max(1, count)
    self.count = max(0, count)
    mappedCount = (wanted + page - 1) / page * page
    address = try Self.map(mappedCount)
    // From here on `deinit` cleans up, also when `fill` throws.
    try unsafe fill(memory)
  }

  /// A copy; the caller overwrites the original.
  package convenience init(
    copying bytes: UnsafeRawBufferPointer
  ) throws(CryptographyError) {
    try unsafe self.init(count: bytes.count) { (memory) throws(CryptographyError) in
      unsafe memory.copyMemory(from: bytes)
    }
  }

  /// Bytes that nobody can foresee.
  ///
  /// - Throws: `memoryLock`, `random`.
  package static func random(count: Int) throws(CryptographyError) -> SecretBytes {
    try unsafe SecretBytes(count: count) { (memory) throws(CryptographyError) in
      try unsafe LibCrypto.fillWithRandomBytes(memory)
    }
  }

  deinit {
    guard let start = unsafe UnsafeMutableRawPointer(bitPattern: address) else { return }
    unsafe LibCrypto.cleanse(UnsafeMutableRawBufferPointer(start: start, count: mappedCount))
    _ = unsafe munmap(start, mappedCount)
  }

  /// Lends the bytes; they must not be copied out of `body` but to another secret.
  ///
  /// - Throws: what `body` throws.
  package func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe body(UnsafeRawBufferPointer(memory))
  }

  /// Whether every byte is zero, as in a file that was made and never written.
  package var isAllZero: Bool {
    var union: UInt8 = 0
    for place in 0..<count { union |= unsafe memory[place] }
    return union == 0
  }

  /// Whether two secrets are the same; the time it takes tells nothing of where they differ.
  package func isEqual(to other: SecretBytes) -> Bool {
    guard count == other.count else { return false }
    var difference: UInt8 = 0
    for place in 0..<count { difference |= unsafe memory[place] ^ other.memory[place] }
    return difference == 0
  }

  private var memory: UnsafeMutableRawBufferPointer {
    unsafe UnsafeMutableRawBufferPointer(
      start: UnsafeMutableRawPointer(bitPattern: address),
      count: count
    )
  }

  private static func map(_ count: Int) throws(CryptographyError) -> UInt {
    let protection = PROT_READ | PROT_WRITE
    let start = unsafe mmap(nil, count, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let start = unsafe start, unsafe start != MAP_FAILED else {
      throw .memoryLock(code: errno)
    }
    guard unsafe mlock(start, count) == 0 else {
      let code = errno
      _ = unsafe munmap(start, count)
      throw .memoryLock(code: code)
    }
    // A kernel without this flag still honours the process-wide ban on dumps.
    _ = unsafe madvise(start, count, MADV_DONTDUMP)
    return UInt(bitPattern: start)
  }
}

extension SecretBytes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Never the bytes.
  package var description: String { "secret" }
  /// Never the bytes.
  package var debugDescription: String { "secret" }
  /// Without children: `dump` shows nothing either.
  package var customMirror: Mirror { Mirror(self, children: []) }
}
