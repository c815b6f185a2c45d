/// How a table looks for areas in which more persons are counted than expected.
package struct HotSpotSearch: Sendable {
  /// A way to look.
  package enum Method: String, Sendable, CaseIterable {
    /// The standardised ratio of each area by itself.
    case smr
    /// The spatial scan statistic: zones of areas that lie near each other.
    case scan
    /// Gi*: areas whose neighbours are high with them.
    case gi
  }

  /// Who is counted: `count where …`.
  package let measure: Measure
  /// The person columns by which counts are expected.
  package let expected: [String]
  /// Each once, in the order of `Method`.
  package let find: [Method]
  /// Which areas lie near each other; nil where nothing asks for it.
  package internal(set) var near: AreaFile?
  /// How often chance deals the cases.
  package let runs: Int
  /// Another seed, another chance.
  package let seed: Int64
  /// The share of all that is expected that a zone may have, in 0...1.
  package let atMost: Double
  /// The false discovery rate up to which an area is told to be high, in 0...1.
  package let falseDiscoveryRate: Double

  /// The figure of the persons who are counted.
  package static let observed = "observed"
  /// The figure of those who would be, if the area counted as all residents do.
  package static let expected = "expected"

  /// Of the counts that what is expected follows from: those who could be counted.
  ///
  /// No measure has such a name.
  package static let covered = "could be counted"

  /// What the table tells of each area, in output order.
  package var columns: [String] {
    find.flatMap { method in
      switch method {
      case .smr: [Self.observed, Self.expected, "smr", "p", "q", "verdict"]
      case .scan: ["zone", "zone_llr", "zone_p"]
      case .gi: ["gi", "gi_q"]
      }
    }
  }

  package init(
    measure: Measure,
    expected: [String],
    find: [Method],
    near: AreaFile? = nil,
    runs: Int = 999,
    seed: Int64 = 1,
    atMost: Double = 0.5,
    falseDiscoveryRate: Double = 0.05
  ) {
    self.measure = measure
    self.expected = expected
    self.find = find
    self.near = near
    self.runs = runs
    self.seed = seed
    self.atMost = atMost
    self.falseDiscoveryRate = falseDiscoveryRate
  }
}
