// Two hash indexes from a key to the order in which it was first seen. Flat arrays, open
// addressing, at most half full: a look-up is one or two cache lines.

/// Numbers the distinct keys of a fixed number of words.
struct NumberIndex {
  let wordCount: Int
  private(set) var count = 0
  /// `wordCount` words a key, in order of arrival.
  private(set) var keys: [Int64] = []
  private var slots: [UInt32] = Array(repeating: 0, count: 64)

  init(wordCount: Int) { self.wordCount = wordCount }

  /// The number of a key; a new key gets the next number.
  ///
  /// - Parameters:
  ///   - key: `wordCount` words.
  ///   - hash: of these words, from `hashWords`.
  /// - Returns: a number in 0..<`count`.
  @unsafe
  mutating func number(of key: UnsafePointer<Int64>, hash: UInt64) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let entry = slots[slot]
      if entry == 0 { break }
      let start = (Int(entry) - 1) * wordCount
      var same = true
      for word in 0..<wordCount where unsafe keys[start + word] != key[word] {
        same = false
        break
      }
      if same { return Int(entry) - 1 }
      slot = (slot + 1) & mask
    }
    for word in 0..<wordCount { unsafe keys.append(key[word]) }
    count += 1
    slots[slot] = UInt32(count)
    if count * 2 > slots.count { grow() }
    return count - 1
  }

  private mutating func grow() {
    let mask = slots.count * 2 - 1
    var larger = [UInt32](repeating: 0, count: slots.count * 2)
    unsafe keys.withUnsafeBufferPointer { keys in
      guard let base = keys.baseAddress else { return }
      for number in 0..<count {
        let hash = unsafe hashWords(base + number * wordCount, wordCount)
        var slot = Int(truncatingIfNeeded: hash) & mask
        while larger[slot] != 0 { slot = (slot + 1) & mask }
        larger[slot] = UInt32(number + 1)
      }
    }
    slots = larger
  }

  /// Overwrites all keys: they may be identifiers.
  mutating func cleanse() {
    for position in keys.indices { keys[position] = 0 }
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
    for position in 0..<text.count where unsafe bytes[start + position] != text[position] {
      return false
    }
    return true
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

  /// Overwrites all texts: they may be identifiers.
  mutating func cleanse() {
    for position in bytes.indices { bytes[position] = 0 }
  }
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

/// Mixes bytes into 64 bits, eight at a time.
@unsafe
func hashBytes(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
  var hash = UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15
  var position = 0
  if let base = unsafe UnsafeRawPointer(bytes.baseAddress) {
    while position + 8 <= bytes.count {
      let word = unsafe base.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      hash = (hash ^ UInt64(littleEndian: word)) &* 0xD6E8_FEB8_6659_FD93
      hash ^= hash >> 32
      position += 8
    }
  }
  var tail: UInt64 = 0
  while position < bytes.count {
    unsafe tail = tail << 8 | UInt64(bytes[position])
    position += 1
  }
  hash = (hash ^ tail) &* 0xD6E8_FEB8_6659_FD93
  hash ^= hash >> 32
  return hash &* 0xD6E8_FEB8_6659_FD93
}
