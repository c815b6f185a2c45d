import Glibc

extension JsonScanner {
  /// Up to so many keys of an object are compared with each other as they come; more are sorted
  /// when it ends.
  static let glanceCount = 256

  /// Reads a key and the colon behind it: gives where the value begins, -1 if the record is refused.
  ///
  /// `depth` is that of the object; `node` becomes the node of the value, or -1.
  @inline(__always)
  mutating func readKey(
    _ text: UnsafeMutablePointer<UInt8>,
    _ position: Int,
    _ end: Int,
    _ depth: Int,
    _ node: inout Int
  ) -> Int {
    guard unsafe text[position] == JsonByte.quote else {
      fault = unsafe text[position] == 0 && position < end ? Fault.nul : Fault.structure
      return -1
    }
    let start = position &+ 1
    let frame = unsafe frames[depth]
    var position: Int
    let length: Int
    let hash: UInt64
    let step = unsafe trail.step(to: text + start, from: frame.step, isFirst: frame.isFirst)
    if step >= 0 {
      length = trail.length(step)
      hash = trail.hash(step)
      node = trail.node(step)
      position = start &+ length &+ 1
      unsafe frames[depth].step = step
    } else {
      position = unsafe readNewKey(text, start, depth, &node)
      guard position >= 0 else { return -1 }
      length = stringLength
      hash = newHash
    }
    unsafe frames[depth].isFirst = false
    unsafe frames[depth].filter = frame.filter | 1 &<< (hash &>> 58)
    if keyCount == keyCapacity { growKeys() }
    unsafe (keys + keyCount).initialize(
      to: JsonKey(
        hash: hash,
        start: UInt32(truncatingIfNeeded: start),
        length: UInt32(truncatingIfNeeded: length)
      )
    )
    keyCount &+= 1
    if unsafe text[position] != JsonByte.colon {
      position = unsafe skipBlanks(text, position, end)
      guard unsafe text[position] == JsonByte.colon else {
        fault = unsafe text[position] == 0 && position < end ? Fault.nul : Fault.structure
        return -1
      }
    }
    return position &+ 1
  }

  /// Reads a key that is on no trail, and compares it with the others.
  ///
  /// - Returns: the position behind it, -1 if the record is refused.
  @inline(never)
  private mutating func readNewKey(
    _ text: UnsafeMutablePointer<UInt8>,
    _ start: Int,
    _ depth: Int,
    _ node: inout Int
  ) -> Int {
    let frame = unsafe frames[depth]
    let position = unsafe readString(text, start)
    guard position >= 0 else { return -1 }
    let length = stringLength
    let hash = unsafe jsonKeyHash(text + start, length)
    newHash = hash
    node = frame.node < 0 ? -1 : unsafe table.node(text + start, length, hash: hash, in: frame.node)
    let count = keyCount &- frame.firstKey
    guard count < memberLimit else {
      fault = Fault.limit
      return -1
    }
    guard count < Self.glanceCount else {
      unsafe frames[depth].step = -1
      return position
    }
    if frame.filter & 1 &<< (hash &>> 58) != 0,
      unsafe isRepeated(text, start, length, hash, from: frame.firstKey)
    {
      fault = Fault.structure
      return -1
    }
    // A key with escapes is not written as it reads.
    let isPlain = position == start &+ length &+ 1
    unsafe frames[depth].step =
      isPlain
      ? trail.add(
        text + start,
        length,
        hash: hash,
        node: node,
        from: frame.step,
        isFirst: frame.isFirst
      ) : -1
    return position
  }

  /// Whether a key is one of those that the object had before.
  @inline(never)
  private func isRepeated(
    _ text: UnsafeMutablePointer<UInt8>,
    _ start: Int,
    _ length: Int,
    _ hash: UInt64,
    from first: Int
  ) -> Bool {
    for number in first..<keyCount {
      let key = unsafe keys[number]
      guard key.hash == hash, Int(key.length) == length else { continue }
      if unsafe areEqual(text + Int(key.start), text + start, length) { return true }
    }
    return false
  }

  /// Whether two keys are equal; a sorted list takes no longer for keys that were made to be slow.
  @inline(never)
  func hasRepeatedKey(_ text: UnsafeMutablePointer<UInt8>, from first: Int) -> Bool {
    var numbers = Array(first..<keyCount)
    numbers.sort { left, right in
      let left = unsafe keys[left]
      let right = unsafe keys[right]
      guard left.length == right.length else { return left.length < right.length }
      return unsafe memcmp(text + Int(left.start), text + Int(right.start), Int(left.length)) < 0
    }
    for place in numbers.indices.dropFirst() {
      let left = unsafe keys[numbers[place - 1]]
      let right = unsafe keys[numbers[place]]
      if left.length == right.length,
        unsafe areEqual(text + Int(left.start), text + Int(right.start), Int(left.length))
      {
        return true
      }
    }
    return false
  }

  // An object has 4,096 keys at most, and 64 are open.
  @inline(never)
  private mutating func growKeys() {
    let grown = UnsafeMutablePointer<JsonKey>.allocate(capacity: keyCapacity * 2)
    unsafe grown.moveInitialize(from: keys, count: keyCount)
    unsafe keys.deallocate()
    unsafe keys = grown
    keyCapacity *= 2
  }
}
