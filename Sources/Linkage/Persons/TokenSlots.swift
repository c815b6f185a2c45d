import Tabular

/// Finds tokens in an array that holds each of them once.
///
/// An open-addressing table beside the array: 4 bytes a slot, at most three of four of them full.
struct TokenSlots: Sendable {
  private var slots: [Int32]
  private var shift: UInt64
  private var count = 0

  /// - Parameter expected: tokens for whom room is made; more may come.
  init(expected: Int) {
    var bits: UInt64 = 4
    while 3 << bits < 4 * expected { bits += 1 }
    shift = 64 - bits
    slots = [Int32](repeating: missingCode, count: 1 << Int(bits))
  }

  /// The place of a token that was noted, or `missingCode`.
  func place(of token: Token, in tokens: [Token]) -> Int32 { slots[slot(of: token, in: tokens)] }

  /// Notes the token at a place, unless an equal one was noted before.
  ///
  /// - Returns: where the equal one is; nil when the token was noted.
  mutating func note(_ place: Int, of tokens: [Token]) -> Int32? {
    let slot = slot(of: tokens[place], in: tokens)
    if slots[slot] >= 0 { return slots[slot] }
    slots[slot] = Int32(truncatingIfNeeded: place)
    count += 1
    if 4 * count > 3 * slots.count { grow(tokens) }
    return nil
  }

  /// Lets an equal token at another place stand for one that was noted.
  mutating func move(_ place: Int, of tokens: [Token]) {
    slots[slot(of: tokens[place], in: tokens)] = Int32(truncatingIfNeeded: place)
  }

  /// The slot of a token, or the free one where it belongs.
  private func slot(of token: Token, in tokens: [Token]) -> Int {
    var slot = firstSlot(of: token)
    while case let place = slots[slot], place >= 0, tokens[Int(place)] != token {
      slot = (slot &+ 1) & (slots.count &- 1)
    }
    return slot
  }

  private func firstSlot(of token: Token) -> Int {
    Int(truncatingIfNeeded: ((token.high ^ token.low) &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }

  private mutating func grow(_ tokens: [Token]) {
    let old = slots
    shift -= 1
    slots = [Int32](repeating: missingCode, count: 2 * old.count)
    for place in old where place >= 0 { slots[slot(of: tokens[Int(place)], in: tokens)] = place }
  }
}
