/// The order in which the keys of records came: most records have them like the one before.
///
/// A step is a key behind those before it in its object, so the keys of a way differ from each other:
/// where a record follows one, no key needs to be looked up or compared with the others.
@safe struct JsonTrail: ~Copyable {
  private struct Step {
    /// The key and the quote behind it.
    var first: UInt64 = 0
    var second: UInt64 = 0
    var third: UInt64 = 0
    var hash: UInt64 = 0
    var length = 0
    var node = -1
    /// The first of the steps behind this one, of those into its value, and of its alternatives.
    var next = -1
    var child = -1
    var alternative = -1
  }

  /// Longer keys are on no trail.
  static let keyLimit = 23
  private static let capacity = 4096
  /// So many alternatives are looked at.
  private static let attempts = 4

  private let steps: UnsafeMutablePointer<Step>
  private var count = 1

  init() {
    unsafe steps = .allocate(capacity: Self.capacity)
    unsafe steps.initialize(repeating: Step(), count: Self.capacity)
  }

  deinit { unsafe steps.deallocate() }

  /// The step to a key.
  ///
  /// - Parameters:
  ///   - key: behind its opening quote; 24 bytes may be read.
  ///   - step: the one before; 0 is the record, -1 none.
  ///   - isFirst: the key is the first of the value of `step`.
  /// - Returns: -1 if none is known.
  @inline(__always)
  func step(to key: UnsafePointer<UInt8>, from step: Int, isFirst: Bool) -> Int {
    guard step >= 0 else { return -1 }
    var found = unsafe isFirst ? steps[step].child : steps[step].next
    var attempts = Self.attempts
    while found >= 0 && attempts > 0 {
      if unsafe matches(found, key) { return found }
      found = unsafe steps[found].alternative
      attempts &-= 1
    }
    return -1
  }

  @inline(__always)
  private func matches(_ step: Int, _ key: UnsafePointer<UInt8>) -> Bool {
    let known = unsafe steps + step
    let bits = UInt64(truncatingIfNeeded: unsafe known.pointee.length &+ 1) &* 8
    let first = unsafe loadWord(key) ^ known.pointee.first
    if bits <= 64 { return first &<< (64 &- bits) == 0 }
    guard first == 0 else { return false }
    let second = unsafe loadWord(key + 8) ^ known.pointee.second
    if bits <= 128 { return second &<< (128 &- bits) == 0 }
    let third = unsafe loadWord(key + 16) ^ known.pointee.third
    return second == 0 && third &<< (192 &- bits) == 0
  }

  @inline(__always)
  func length(_ step: Int) -> Int { unsafe steps[step].length }

  @inline(__always)
  func hash(_ step: Int) -> UInt64 { unsafe steps[step].hash }

  @inline(__always)
  func node(_ step: Int) -> Int { unsafe steps[step].node }

  /// Remembers a key that differs from those before it in its object.
  ///
  /// - Returns: its step, or -1 if it is not remembered.
  @inline(never)
  mutating func add(
    _ key: UnsafePointer<UInt8>,
    _ length: Int,
    hash: UInt64,
    node: Int,
    from step: Int,
    isFirst: Bool
  ) -> Int {
    guard step >= 0, count < Self.capacity, length <= Self.keyLimit else { return -1 }
    // Bytes beyond ASCII must be judged wherever they stand.
    for place in 0..<length where unsafe key[place] >= 0x80 { return -1 }
    let first = unsafe loadWord(key)
    let second = unsafe loadWord(key + 8)
    let third = unsafe loadWord(key + 16)
    let added = count
    count += 1
    unsafe steps[added] = Step(
      first: first,
      second: second,
      third: third,
      hash: hash,
      length: length,
      node: node,
      alternative: isFirst ? steps[step].child : steps[step].next
    )
    if isFirst {
      unsafe steps[step].child = added
    } else {
      unsafe steps[step].next = added
    }
    return added
  }
}
