import Cryptography
import Glibc

// Two hash indexes from a key to the order in which it was first seen. Flat arrays, open
// addressing: a look-up is one or two cache lines.

/// Numbers the distinct keys of a fixed number of words.
///
/// A slot holds the number of a key and 32 bits of it, so that a look-up seldom leaves the slots:
/// of a one-word key its low half, which mostly is the whole key; of others those of the hash that tell
/// the slot, so that no key is read when the slots grow.
struct NumberIndex {
  let wordCount: Int
  private(set) var count = 0
  /// `wordCount` words a key, in order of arrival.
  private(set) var keys: [Int64] = []
  /// Number + 1 in the low half, 0 when empty; 32 bits of the key in the high half.
  private var slots: [UInt64] = Array(repeating: 0, count: 64)
  /// Every key so far is one word of 32 bits: equal bits in a slot are equal keys.
  private var slotsTellAll: Bool

  init(wordCount: Int) {
    self.wordCount = wordCount
    slotsTellAll = wordCount == 1
  }

  /// The number of a key; a new key gets the next number.
  ///
  /// - Parameters:
  ///   - key: `wordCount` words.
  ///   - hash: of these words, from `hashWords`.
  /// - Returns: a number in 0..<`count`.
  @unsafe
  mutating func number(of key: UnsafePointer<Int64>, hash: UInt64) -> Int {
    let bits = unsafe slotBits(key, hash)
    let exact = unsafe slotsTellAll && isShort(key[0])
    let mask = slots.count - 1
    var slot = firstSlot(hash) & mask
    while true {
      let entry = slots[slot]
      if entry == 0 { break }
      if UInt32(truncatingIfNeeded: entry >> 32) == bits {
        let number = Int(entry & 0xFFFF_FFFF) - 1
        if unsafe exact || equals(number, key) { return number }
      }
      slot = (slot + 1) & mask
    }
    if unsafe !isShort(key[0]) { slotsTellAll = false }
    makeRoom(in: &keys, for: wordCount)
    for word in 0..<wordCount { unsafe keys.append(key[word]) }
    count += 1
    slots[slot] = UInt64(bits) << 32 | UInt64(count)
    // Fuller than usual: neighbouring slots share a cache line, and fewer lines stay in cache.
    if count * 4 > slots.count * 3 { grow() }
    return count - 1
  }

  /// The numbers of many keys: of each of these rows.
  ///
  /// The slots are read first, one after the other, so that the waits for memory overlap; in a
  /// look-up each wait ends in a branch. That halved the time of 12 million look-ups among 300,000
  /// keys.
  ///
  /// - Parameters:
  ///   - rows: which rows to look up.
  ///   - keys: `wordCount` words a row.
  ///   - hashes: one a row.
  ///   - codes: the numbers are written here, by row.
  /// - Returns: nothing of meaning; it keeps the reading from being left out.
  @unsafe
  mutating func numbers(
    ofRows rows: UnsafeBufferPointer<Int32>,
    keys: UnsafePointer<Int64>,
    hashes: UnsafePointer<UInt64>,
    codes: UnsafeMutablePointer<Int32>
  ) -> UInt64 {
    var touched: UInt64 = 0
    let mask = slots.count - 1
    unsafe slots.withUnsafeBufferPointer { slots in
      for position in 0..<rows.count {
        let row = unsafe Int(rows[position])
        unsafe touched ^= slots[firstSlot(hashes[row]) & mask]
      }
    }
    var position = 0
    while position < rows.count {
      if slotsTellAll { unsafe passKnown(rows, keys, hashes, codes, &position) }
      guard position < rows.count else { break }
      let row = unsafe Int(rows[position])
      let number = unsafe number(of: keys + row * wordCount, hash: hashes[row])
      unsafe codes[row] = Int32(truncatingIfNeeded: number)
      position += 1
    }
    return touched
  }

  /// Looks rows up while their keys are known and the slots tell all of them.
  @unsafe
  private func passKnown(
    _ rows: UnsafeBufferPointer<Int32>,
    _ keys: UnsafePointer<Int64>,
    _ hashes: UnsafePointer<UInt64>,
    _ codes: UnsafeMutablePointer<Int32>,
    _ position: inout Int
  ) {
    let mask = slots.count - 1
    unsafe slots.withUnsafeBufferPointer { slots in
      while position < rows.count {
        let row = unsafe Int(rows[position])
        let key = unsafe keys[row]
        guard isShort(key) else { return }
        let bits = UInt32(truncatingIfNeeded: key)
        var slot = unsafe firstSlot(hashes[row]) & mask
        while true {
          let entry = unsafe slots[slot]
          if entry == 0 { return }
          if UInt32(truncatingIfNeeded: entry >> 32) == bits {
            unsafe codes[row] = Int32(truncatingIfNeeded: entry & 0xFFFF_FFFF) - 1
            break
          }
          slot = (slot + 1) & mask
        }
        position += 1
      }
    }
  }

  private func isShort(_ word: Int64) -> Bool { Int64(Int32(truncatingIfNeeded: word)) == word }

  private func firstSlot(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> 20) }

  @unsafe
  private func slotBits(_ key: UnsafePointer<Int64>, _ hash: UInt64) -> UInt32 {
    unsafe UInt32(truncatingIfNeeded: wordCount == 1 ? UInt64(bitPattern: key[0]) : hash >> 20)
  }

  @unsafe
  private func equals(_ number: Int, _ key: UnsafePointer<Int64>) -> Bool {
    let start = number * wordCount
    for word in 0..<wordCount where unsafe keys[start + word] != key[word] { return false }
    return true
  }

  private mutating func grow() {
    let mask = slots.count * 2 - 1
    var larger = [UInt64](repeating: 0, count: slots.count * 2)
    unsafe keys.withUnsafeBufferPointer { keys in
      guard let base = keys.baseAddress else { return }
      for entry in slots where entry != 0 {
        var slot = Int(entry >> 32)
        if wordCount == 1 {
          let number = Int(entry & 0xFFFF_FFFF) - 1
          slot = unsafe firstSlot(hashWords(base + number, 1))
        }
        slot &= mask
        while larger[slot] != 0 { slot = (slot + 1) & mask }
        larger[slot] = entry
      }
    }
    Cryptography.cleanse(&slots)
    slots = larger
  }

  /// Overwrites all keys, of which slots hold a half, for they may be identifiers.
  ///
  /// It is empty then, and of no more use.
  mutating func cleanse() {
    Cryptography.cleanse(&keys)
    Cryptography.cleanse(&slots)
  }
}

/// Numbers distinct texts.
struct TextIndex {
  private(set) var count = 0
  private var bytes: [UInt8] = []
  private var ends: [Int] = [0]
  private var hashes: [UInt32] = []
  private var slots: [UInt32] = Array(repeating: 0, count: 64)

  /// The number of a text; a new one gets the next number.
  ///
  /// - Parameters:
  ///   - text: any bytes.
  ///   - hash: of them, from `hashBytes`.
  /// - Returns: a number in 0..<`count`.
  @unsafe
  mutating func number(of text: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int {
    let mask = slots.count - 1
    let short = UInt32(truncatingIfNeeded: hash >> 16)
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let entry = slots[slot]
      if entry == 0 { break }
      let number = Int(entry) - 1
      if unsafe hashes[number] == short && equals(number, text) { return number }
      slot = (slot + 1) & mask
    }
    makeRoom(in: &bytes, for: text.count)
    unsafe bytes.append(contentsOf: text)
    ends.append(bytes.count)
    hashes.append(short)
    count += 1
    slots[slot] = UInt32(count)
    if count * 2 > slots.count { grow() }
    return count - 1
  }

  /// The bytes of a text.
  func text(_ number: Int) -> ArraySlice<UInt8> { bytes[ends[number]..<ends[number + 1]] }

  @unsafe
  private func equals(_ number: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = ends[number]
    guard ends[number + 1] - start == text.count else { return false }
    return unsafe bytes.withUnsafeBufferPointer { bytes in
      guard let left = bytes.baseAddress, let right = text.baseAddress else { return true }
      return unsafe areEqual(left + start, right, text.count)
    }
  }

  private mutating func grow() {
    let mask = slots.count * 2 - 1
    var larger = [UInt32](repeating: 0, count: slots.count * 2)
    unsafe bytes.withUnsafeBufferPointer { bytes in
      for number in 0..<count {
        let text = unsafe UnsafeBufferPointer(rebasing: bytes[ends[number]..<ends[number + 1]])
        var slot = unsafe Int(truncatingIfNeeded: hashBytes(text)) & mask
        while larger[slot] != 0 { slot = (slot + 1) & mask }
        larger[slot] = UInt32(number + 1)
      }
    }
    slots = larger
  }

  /// Overwrites all texts, for they may be identifiers.
  ///
  /// It is empty then, and of no more use.
  mutating func cleanse() { Cryptography.cleanse(&bytes) }
}

/// Mixes words into 64 bits; equal words give equal bits on every machine.
@unsafe
func hashWords(_ words: UnsafePointer<Int64>, _ count: Int) -> UInt64 {
  var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
  for word in 0..<count {
    unsafe hash = (hash ^ UInt64(bitPattern: words[word])) &* 0xD6E8_FEB8_6659_FD93
    hash ^= hash >> 32
  }
  return hash &* 0xD6E8_FEB8_6659_FD93
}

/// Whether so many bytes are equal; codes and names are short, and a call costs as much as they do.
@unsafe
@inline(__always)
private func areEqual(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ count: Int)
  -> Bool
{
  guard (4...16).contains(count) else { return unsafe memcmp(left, right, count) == 0 }
  let (left, right) = unsafe (UnsafeRawPointer(left), UnsafeRawPointer(right))
  if count < 8 {
    let first = unsafe left.loadUnaligned(as: UInt32.self) ^ right.loadUnaligned(as: UInt32.self)
    let last =
      unsafe left.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
      ^ right.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
    return first | last == 0
  }
  let first = unsafe left.loadUnaligned(as: UInt64.self) ^ right.loadUnaligned(as: UInt64.self)
  let last =
    unsafe left.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
    ^ right.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
  return first | last == 0
}

/// Mixes bytes into 64 bits, eight at a time; the last eight may overlap those before.
@unsafe
@inline(__always)
func hashBytes(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
  let count = bytes.count
  var hash = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
  guard let base = unsafe UnsafeRawPointer(bytes.baseAddress) else { return hash }
  var tail: UInt64 = 0
  if count >= 8 {
    var position = 0
    while position + 8 < count {
      let word = unsafe base.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      hash = (hash ^ UInt64(littleEndian: word)) &* 0xD6E8_FEB8_6659_FD93
      hash ^= hash >> 32
      position += 8
    }
    tail = unsafe UInt64(
      littleEndian: base.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
    )
  } else if count >= 4 {
    let first = unsafe UInt32(littleEndian: base.loadUnaligned(as: UInt32.self))
    let last = unsafe UInt32(
      littleEndian: base.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
    )
    tail = UInt64(first) << 32 | UInt64(last)
  } else {
    for position in 0..<count { unsafe tail = tail << 8 | UInt64(bytes[position]) }
  }
  hash = (hash ^ tail) &* 0xD6E8_FEB8_6659_FD93
  hash ^= hash >> 32
  return hash &* 0xD6E8_FEB8_6659_FD93
}
