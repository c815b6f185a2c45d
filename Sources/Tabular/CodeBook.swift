/// Numbers distinct values in the order in which they appear.
///
/// An open-addressing table in flat arrays: 4 B a slot, at most half of them full, and 16 B a value.
package struct CodeBook: Sendable {
  private var slots: [Int32]
  private var shift: UInt64
  /// The values by their number.
  package private(set) var values: [Token] = []

  /// - Parameter expected: distinct values for which room is made; more may come.
  package init(expected: Int) {
    var bits: UInt64 = 4
    while 1 << bits < 2 * expected { bits += 1 }
    shift = 64 - bits
    slots = [Int32](repeating: -1, count: 1 << Int(bits))
  }

  /// How many distinct values there are.
  package var count: Int { values.count }

  /// The number of a value, a new one when it is seen for the first time.
  package mutating func code(of value: Token) -> Int32 {
    var slot = Self.firstSlot(of: value, shift)
    while case let code = slots[slot], code >= 0 {
      if values[Int(code)] == value { return code }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
    let code = Int32(values.count)
    slots[slot] = code
    values.append(value)
    if 2 * values.count > slots.count { grow() }
    return code
  }

  /// The value that has a number.
  ///
  /// - Precondition: `code` was given by `code(of:)`.
  package func value(of code: Int32) -> Token { values[Int(code)] }

  /// The number of a value that was seen, or `missingCode`.
  package func knownCode(of value: Token) -> Int32 {
    var slot = Self.firstSlot(of: value, shift)
    while case let code = slots[slot], code >= 0 {
      if values[Int(code)] == value { return code }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
    return missingCode
  }

  private mutating func grow() {
    shift -= 1
    slots = [Int32](repeating: -1, count: 2 * slots.count)
    for code in values.indices {
      var slot = Self.firstSlot(of: values[code], shift)
      while slots[slot] >= 0 { slot = (slot &+ 1) & (slots.count &- 1) }
      slots[slot] = Int32(code)
    }
  }

  private static func firstSlot(of value: Token, _ shift: UInt64) -> Int {
    let mixed = (value.high ^ (value.low &* 0xFF51_AFD7_ED55_8CCD)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: ((mixed ^ (mixed >> 29)) &* 0xBF58_476D_1CE4_E5B9) >> shift)
  }
}
