/// Says yes in a fixed share of cases, evenly spread: a share that small regions keep too.
struct Quota {
  private let perMille: Int
  private var position: Int
  /// How often it has said yes.
  private(set) var givenCount = 0

  /// - Parameters:
  ///   - perMille: the share, in 0...1000.
  ///   - offset: how far the first yes is already on its way, in 0..<1000.
  init(perMille: Int, offset: Int) {
    self.perMille = perMille
    position = offset
  }

  mutating func next() -> Bool {
    position += perMille
    guard position >= 1_000 else { return false }
    position -= 1_000
    givenCount += 1
    return true
  }
}
