/// What became of the texts of a column that came before.
///
/// A column of codes has few distinct texts: each is judged, mapped or wrapped once. Texts of up to
/// sixteen bytes are held, one a slot; what does not fit is judged again.
///
/// - Note: Clear values stay here until `clear()` or others take their place.
struct TextCache {
  private struct Entry {
    var low: UInt64 = 0
    var high: UInt64 = 0
    var length: Int = -1
    var result: Int64 = 0
  }

  private static let slotCount = 256
  private var entries = [Entry](repeating: Entry(), count: slotCount)
  private var isUsed = false

  /// Forgets all texts.
  mutating func clear() {
    guard isUsed else { return }
    for slot in entries.indices { entries[slot].length = -1 }
    isUsed = false
  }

  /// What was kept for the text, or nil.
  @inline(__always)
  func result(_ text: UnsafeMutablePointer<UInt8>, _ length: Int) -> Int64? {
    guard length <= 16 else { return nil }
    let (low, high) = unsafe Self.words(text, length)
    let entry = entries[Self.slot(low, high)]
    return entry.length == length && entry.low == low && entry.high == high ? entry.result : nil
  }

  mutating func keep(_ result: Int64, for text: UnsafeMutablePointer<UInt8>, _ length: Int) {
    guard length <= 16 else { return }
    let (low, high) = unsafe Self.words(text, length)
    entries[Self.slot(low, high)] = Entry(low: low, high: high, length: length, result: result)
    isUsed = true
  }

  @inline(__always)
  private static func words(
    _ text: UnsafeMutablePointer<UInt8>,
    _ length: Int
  ) -> (UInt64, UInt64) {
    let low = unsafe loadWord(text)
    let high = unsafe loadWord(text + 8)
    let bits = UInt64(truncatingIfNeeded: length) &* 8
    if length >= 8 { return (low, length == 8 ? 0 : high & (.max &>> (128 &- bits))) }
    return (length == 0 ? 0 : low & (.max &>> (64 &- bits)), 0)
  }

  @inline(__always)
  private static func slot(_ low: UInt64, _ high: UInt64) -> Int {
    let mixed = (low ^ (high &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: mixed >> 56)
  }
}
