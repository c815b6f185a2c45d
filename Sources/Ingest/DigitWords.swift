// Digits eight at a time: a word holds eight bytes, the first in the lowest bits.

/// The eight bytes at `pointer`, the first in the lowest bits.
@inline(__always)
func loadWord(_ pointer: UnsafePointer<UInt8>) -> UInt64 {
  unsafe UInt64(
    littleEndian: UnsafeRawPointer(pointer).loadUnaligned(as: UInt64.self)
  )
}

/// Whether all bytes are 0...9, once `0` was taken off each by exclusive or.
@inline(__always)
func areDigits(_ word: UInt64) -> Bool {
  (word | (word &+ 0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0 == 0
}

/// The number that eight digits (0...9 each, the first in the lowest byte) make.
///
/// Pairs, fours, eight: Johnny Lee, "Fast numeric string to int", 2016.
@inline(__always)
func numberOfDigits(_ word: UInt64) -> Int64 {
  let pairs = word &* 10 &+ (word >> 8)
  let high = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
  let low = ((pairs >> 16) & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
  return Int64(truncatingIfNeeded: (high &+ low) >> 32)
}
