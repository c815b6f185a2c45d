#if arch(x86_64)
  import _Builtin_intrinsics.intel.sse2
#endif

/// Sixty-four bytes of a text, looked at together.
///
/// An answer has a bit for each byte, the lowest for the first. What no machine of ours can do with
/// less, one instruction does on x86-64: it gathers the highest bits of sixteen bytes.
struct ByteBlock {
  private let first: SIMD16<UInt8>
  private let second: SIMD16<UInt8>
  private let third: SIMD16<UInt8>
  private let fourth: SIMD16<UInt8>

  /// The bytes that begin at `start`; all sixty-four are read.
  @inline(__always)
  init(_ start: UnsafePointer<UInt8>) {
    let bytes = unsafe UnsafeRawPointer(start)
    first = unsafe bytes.loadUnaligned(as: SIMD16<UInt8>.self)
    second = unsafe bytes.loadUnaligned(fromByteOffset: 16, as: SIMD16<UInt8>.self)
    third = unsafe bytes.loadUnaligned(fromByteOffset: 32, as: SIMD16<UInt8>.self)
    fourth = unsafe bytes.loadUnaligned(fromByteOffset: 48, as: SIMD16<UInt8>.self)
  }

  /// Delimiters, quotes and control bytes other than DEL.
  @inline(__always)
  func separators(_ delimiter: SIMD16<UInt8>, _ quote: SIMD16<UInt8>) -> UInt64 {
    Self.gather(
      Self.separators(first, delimiter, quote),
      Self.separators(second, delimiter, quote),
      Self.separators(third, delimiter, quote),
      Self.separators(fourth, delimiter, quote)
    )
  }

  /// Whether all bytes are ASCII, and none is DEL.
  @inline(__always)
  var isPlain: Bool {
    let pairs = (Self.rare(first) | Self.rare(second), Self.rare(third) | Self.rare(fourth))
    return Self.highBits(pairs.0 | pairs.1) == 0
  }

  /// Bytes beyond ASCII, and DEL.
  var rare: UInt64 {
    Self.gather(Self.rare(first), Self.rare(second), Self.rare(third), Self.rare(fourth))
  }

  @inline(__always)
  private static func separators(
    _ bytes: SIMD16<UInt8>,
    _ delimiter: SIMD16<UInt8>,
    _ quote: SIMD16<UInt8>
  ) -> SIMD16<UInt8> {
    // A vector beside a vector: beside a number, the compiler compares one by one.
    let highest = SIMD16<UInt8>(repeating: 0x1F)
    let isFound = (bytes .== delimiter) .| (bytes .== quote) .| (bytes .<= highest)
    return unsafe unsafeBitCast(isFound, to: SIMD16<UInt8>.self)
  }

  @inline(__always)
  private static func rare(_ bytes: SIMD16<UInt8>) -> SIMD16<UInt8> {
    let isDelete = bytes .== SIMD16<UInt8>(repeating: 0x7F)
    return unsafe bytes | unsafeBitCast(isDelete, to: SIMD16<UInt8>.self)
  }

  /// The highest bits of all bytes.
  @inline(__always)
  private static func gather(
    _ first: SIMD16<UInt8>,
    _ second: SIMD16<UInt8>,
    _ third: SIMD16<UInt8>,
    _ fourth: SIMD16<UInt8>
  ) -> UInt64 {
    (highBits(first) | highBits(second) << 16) | (highBits(third) | highBits(fourth) << 16) << 32
  }

  @inline(__always)
  private static func highBits(_ bytes: SIMD16<UInt8>) -> UInt64 {
    #if arch(x86_64)
      let bits = unsafe _mm_movemask_epi8(unsafeBitCast(bytes, to: __m128i.self))
      return UInt64(UInt32(truncatingIfNeeded: bits))
    #else
      let ones = bytes &>> SIMD16<UInt8>(repeating: 7)
      let halves = unsafe unsafeBitCast(ones, to: SIMD2<UInt64>.self)
      // The multiplication gathers the lowest bit of each byte in the top byte.
      let low = (halves[0] &* 0x0102_0408_1020_4080) >> 56
      let high = (halves[1] &* 0x0102_0408_1020_4080) >> 56
      return low | high << 8
    #endif
  }
}
