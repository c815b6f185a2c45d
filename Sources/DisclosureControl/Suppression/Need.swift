/// That a cell can be as low, or as high, as must be possible; perhaps to an insider alone.
struct Need: Hashable, Sendable {
  let cell: Int
  let side: Side
  /// Who knows a part of the cell; nil for anyone.
  let insider: Int32?
  private let bound: Int64

  enum Side: Int, Sendable {
    case low, high
  }

  init(_ cell: Int, _ side: Side, _ interval: RequiredInterval, to insider: Int32? = nil) {
    self.cell = cell
    self.side = side
    self.insider = insider
    bound = side == .low ? interval.lower : interval.upper
  }

  /// By how much the cell must differ; nil when the truth itself is witness.
  func change(from truth: Int64) -> Int64? {
    let (change, overflow) = bound.subtractingReportingOverflow(truth)
    if overflow { return bound < truth ? -Int64.max : .max }
    return side == .low ? (change < 0 ? change : nil) : (change > 0 ? change : nil)
  }

  /// Whether a value is as far as it must be.
  func isMet(by value: Int64) -> Bool { side == .low ? value <= bound : value >= bound }
}
