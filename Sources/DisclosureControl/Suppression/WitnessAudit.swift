/// Which cells have no witness by what is hidden already: they are at risk.
///
/// Witnesses are looked for afresh, chunk by chunk; a chunk knows nothing of the others.
struct WitnessAudit: Sendable {
  /// Before anything is looked for.
  private let suppression: Suppression
  private let rateStates: [RateConstraints.RateState]
  /// The cells of each chunk, ascending.
  private let chunks: [Range<Int>]

  /// How many cells of which something is required make a chunk: enough to meet each other's witnesses.
  private static let chunkSize = 2048

  /// - Parameters: as of `Suppression`; `states` is the pattern, and `rateStates` what is seen of rates.
  init(
    _ system: CellSystem,
    truth: [Int64],
    required: [RequiredInterval?],
    states: [CellState],
    mayBeNegative: [Bool],
    insiders: Insiders,
    rates: [StratifiedRate] = [],
    earlierRates: EarlierRates = EarlierRates(),
    rateStates: [RateConstraints.RateState] = [],
    isOfStratum: [Bool] = []
  ) {
    suppression = Suppression(
      knowing: system,
      truth,
      required,
      [Double](repeating: 1, count: system.cellCount),
      states,
      mayBeNegative,
      insiders,
      rates,
      earlierRates,
      isOfStratum
    )
    self.rateStates = rateStates
    // Beside rates witnesses are rare, and found one from the other: those are one chunk.
    let isOneChunk = rateStates.contains { $0 != .hidden }
    let needed = required.indices.filter { required[$0] != nil }
    var (chunks, start) = ([Range<Int>](), 0)
    if !isOneChunk {
      for place in stride(from: Self.chunkSize, to: needed.count, by: Self.chunkSize) {
        chunks.append(start..<needed[place])
        start = needed[place]
      }
    }
    self.chunks = chunks + [start..<required.count]
  }

  var chunkCount: Int { chunks.count }

  /// Looks for the witnesses of a chunk.
  ///
  /// - Parameter chunk: its number, below `chunkCount`.
  /// - Returns: the cells of it that are at risk, ascending; and those of which no witness was asked, since
  ///   strata tell them whatever rates are shown.
  func atRisk(chunk: Int) -> (cells: [Int], told: Set<Int>) {
    var suppression = suppression
    suppression.read(rateStates)
    let cells = chunks[chunk].filter { cell in
      guard suppression.required[cell] != nil else { return false }
      return suppression.states[cell] != .hidden || !suppression.prove(cell, .whole)
    }
    return (cells, suppression.toldBefore.union(suppression.toldStrata))
  }
}
