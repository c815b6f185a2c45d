package import Diagnostics

/// How counts and sums are moved by the keys of the persons behind them.
package struct CellKeyNoise: Sendable, Hashable {
  /// How far a count moves at most; 1...20.
  package let atMost: Int64
  /// The mean square of the moves of a count; 1...100.
  package let variance: Int64
  /// No count from 1 to this is made; 0...20.
  package let gap: Int64
  /// How far a sum moves at most, in millionths of its largest contribution: 10,000...500,000.
  package let ofLargest: Int64
  /// Where the pipeline file asks for it.
  package let place: Place

  package init(atMost: Int64, variance: Int64, gap: Int64, ofLargest: Int64, place: Place) {
    self.atMost = atMost
    self.variance = variance
    self.gap = gap
    self.ofLargest = ofLargest
    self.place = place
  }
}
