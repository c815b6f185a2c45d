/// What a set of persons is known by: the same for the same persons, in any table and any order.
///
/// That of a set is the wrapping sum of its persons'. Only the key of the region makes a person's;
/// two sets of one name are one set, but for a chance of 2⁻¹²⁸.
package struct SetKey: Hashable, Sendable {
  /// Mod 2¹²⁸.
  package let name: UInt128
  /// Decides the noise of counts; mod 2³².
  package let countDraw: UInt32
  /// Decides the noise of sums; mod 2³².
  package let sumDraw: UInt32

  package init(name: UInt128, countDraw: UInt32, sumDraw: UInt32) {
    self.name = name
    self.countDraw = countDraw
    self.sumDraw = sumDraw
  }

  /// The key of one person.
  ///
  /// - Parameter hash: of the person; its first 24 bytes are three big-endian numbers.
  /// - Precondition: at least 24 bytes.
  package init(hash: [UInt8]) {
    func number<Number: FixedWidthInteger>(_ bytes: Range<Int>) -> Number {
      hash[bytes].reduce(0) { $0 << 8 | Number($1) }
    }
    self.init(name: number(0..<16), countDraw: number(16..<20), sumDraw: number(20..<24))
  }

  /// The key of nobody.
  package static let empty = SetKey(name: 0, countDraw: 0, sumDraw: 0)

  /// The key of two sets together that have nobody in common.
  package static func &+ (left: SetKey, right: SetKey) -> SetKey {
    SetKey(
      name: left.name &+ right.name,
      countDraw: left.countDraw &+ right.countDraw,
      sumDraw: left.sumDraw &+ right.sumDraw
    )
  }

  /// The key of those of a set who are not in another that lies in it.
  package static func &- (left: SetKey, right: SetKey) -> SetKey {
    SetKey(
      name: left.name &- right.name,
      countDraw: left.countDraw &- right.countDraw,
      sumDraw: left.sumDraw &- right.sumDraw
    )
  }
}
