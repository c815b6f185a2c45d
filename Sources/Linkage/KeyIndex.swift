import Tabular

/// The distinct keys of some records of a side, numbered in order of insertion.
///
/// An open-addressing table in flat arrays: 4 B a slot, at most half of them full, and 20 B a key.
struct KeyIndex {
  private let keys: RecordKeys
  private let shift: UInt64
  private var slots: [Int32]
  private var entryKeys: [Token] = []
  private var entryRecords: [Int32] = []

  /// - Parameters:
  ///   - expected: the most records that will be inserted.
  ///   - keys: of the side whose records are inserted.
  init(expected: Int, keys: RecordKeys) {
    self.keys = keys
    var bits: UInt64 = 4
    while 1 << bits < 2 * expected { bits += 1 }
    shift = 64 - bits
    slots = [Int32](repeating: -1, count: 1 << Int(bits))
    entryKeys.reserveCapacity(expected)
    entryRecords.reserveCapacity(expected)
  }

  var entryCount: Int { entryRecords.count }

  /// The record that brought an entry's key.
  func firstRecord(ofEntry entry: Int) -> Int { Int(entryRecords[entry]) }

  /// The entry of a record's key, made when the key is new.
  ///
  /// - Precondition: the record's key is not missing.
  mutating func insert(_ record: Int) -> Int {
    let key = keys.values[record]
    var slot = firstSlot(of: key)
    while case let entry = Int(slots[slot]), entry >= 0 {
      if entryKeys[entry] == key, keys.holdsEqual(Int(entryRecords[entry]), keys, record) {
        return entry
      }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
    slots[slot] = Int32(entryRecords.count)
    entryKeys.append(key)
    entryRecords.append(Int32(record))
    return entryRecords.count - 1
  }

  /// The entry that a record of the other side meets, or -1.
  func entry(meeting record: Int, of other: RecordKeys) -> Int {
    let key = other.values[record]
    var slot = firstSlot(of: key)
    while case let entry = Int(slots[slot]), entry >= 0 {
      if entryKeys[entry] == key, keys.holdsEqual(Int(entryRecords[entry]), other, record) {
        return entry
      }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
    return -1
  }

  private func firstSlot(of key: Token) -> Int {
    Int(truncatingIfNeeded: ((key.low ^ key.high) &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }
}
