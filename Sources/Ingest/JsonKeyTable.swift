/// A key of an object, and where it stands.
struct JsonKey {
  var hash: UInt64
  var start: UInt32
  var length: UInt32
}

/// Finds the node of a key in its parent; no more than a look at one place for most keys.
@safe struct JsonKeyTable: ~Copyable {
  private struct Slot {
    var hash: UInt64 = 0
    var parent = -1
    /// -1: no key.
    var node = -1
    var start = 0
    var length = 0
  }

  let nodeCount: Int
  private let slots: UnsafeMutablePointer<Slot>
  private let mask: Int
  /// The keys, one after the other, and eight bytes.
  private let texts: UnsafeMutablePointer<UInt8>

  init(_ shape: JsonShape) {
    nodeCount = shape.nodeCount
    var slotCount = 16
    while slotCount < shape.nodeCount * 4 { slotCount *= 2 }
    mask = slotCount - 1
    unsafe slots = .allocate(capacity: slotCount)
    unsafe slots.initialize(repeating: Slot(), count: slotCount)
    let all = shape.keys.flatMap { $0 }
    unsafe texts = .allocate(capacity: all.count + 8)
    unsafe texts.initialize(repeating: 0, count: all.count + 8)
    for position in all.indices { unsafe texts[position] = all[position] }
    var start = 0
    for node in 1..<max(1, shape.nodeCount) {
      let length = shape.keys[node].count
      let hash = unsafe jsonKeyHash(texts + start, length)
      var place = Self.place(shape.parents[node], hash) & mask
      while unsafe slots[place].node >= 0 { place = (place + 1) & mask }
      unsafe slots[place] = Slot(
        hash: hash,
        parent: shape.parents[node],
        node: node,
        start: start,
        length: length
      )
      start += length
    }
  }

  deinit {
    unsafe slots.deallocate()
    unsafe texts.deallocate()
  }

  @inline(__always)
  private static func place(_ parent: Int, _ hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash) &+ parent &* 0x9E37_79B1
  }

  /// The node of a key, or -1.
  @inline(__always)
  func node(_ key: UnsafePointer<UInt8>, _ length: Int, hash: UInt64, in parent: Int) -> Int {
    var place = Self.place(parent, hash) & mask
    while true {
      let node = unsafe slots[place].node
      if node < 0 { return -1 }
      if unsafe slots[place].hash == hash && slots[place].parent == parent
        && slots[place].length == length
        && (length <= 8 || areEqual(key, texts + slots[place].start, length))
      {
        return node
      }
      place = (place &+ 1) & mask
    }
  }
}
