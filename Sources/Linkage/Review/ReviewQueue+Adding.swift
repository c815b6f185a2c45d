import Glibc
import PipelineFile
import Tabular

/// How pairs get into it.
extension ReviewQueue {
  /// So many pairs of links, and of candidates that were too unlikely, are judged unmarked.
  private static let (acceptedSample, rejectedSample) = (100, 50)

  /// No pair yet of what is compared.
  init(_ columns: [ComparedColumn]) {
    self.columns = columns.map { Column(name: $0.name, states: $0.states) }
  }

  /// Chooses those of a stratum that are to be judged, by a hash of who they are: the same whatever the
  /// order.
  mutating func choose(_ all: [AskedPair], _ stratum: Stratum, seed: UInt64) -> [AskedPair] {
    sizes[stratum] = all.count
    let limit =
      switch stratum {
      case .queue: all.count
      case .accepted: Self.acceptedSample
      case .rejected: Self.rejectedSample
      }
    guard all.count > limit else { return all }
    return all.map { pair in
      let both =
        UInt64(UInt32(bitPattern: pair.resident)) << 32
        | UInt64(UInt32(bitPattern: pair.identity))
      return (hash: SplitMix64.hash(seed ^ both), pair: pair)
    }
    .sorted { $0.hash < $1.hash }.prefix(limit).map(\.pair)
  }

  /// Adds a pair that the model weighs.
  ///
  /// - Parameters:
  ///   - pair: which.
  ///   - stratum: why.
  ///   - parts: of its weight.
  ///   - prior: in 1/65,536 bit.
  ///   - rivals: the weights of what competes with it.
  mutating func add(
    _ pair: AskedPair,
    _ stratum: Stratum,
    _ parts: (steps: [Explanation.Step], joint: Explanation.Joint?, weight: Int32),
    prior: Int64,
    rivals: [Int32]
  ) {
    pairs.append(pair)
    strata.append(stratum)
    totals.append(prior + Int64(parts.weight))
    self.rivals.append(Int64(rivals.count))
    margins.append(rivals.max().map { Int64(parts.weight) - Int64($0) } ?? 0)
    for (place, step) in parts.steps.enumerated() {
      let joint = parts.joint?.columns.first == step.column ? parts.joint?.weight : nil
      let weight = Int64(step.weight ?? joint ?? 0) + Int64(step.frequency?.weight ?? 0)
      columns[place].numbers.append(
        Int64(columns[place].states.firstIndex(of: step.state) ?? 0)
      )
      columns[place].weights.append(weight)
      columns[place].bands.append(
        step.frequency.map { Int64(log10(1 / max($0.share, 1e-12)).rounded(.down)) + 1 } ?? -1
      )
    }
  }

  /// Adds undecided pairs where nothing is weighed.
  mutating func add(_ undecided: [AskedPair]) {
    sizes[.queue, default: 0] += undecided.count
    for pair in undecided {
      pairs.append(pair)
      strata.append(.queue)
      totals.append(missingInteger)
      rivals.append(0)
      margins.append(missingInteger)
    }
  }

  /// Adds columns that passes look at and the model does not: whoever judges must see that numbers agree.
  mutating func add(_ names: [String], spine: Table, source: Table) {
    let states: [Explanation.State] = [.level(.exact), .otherwise, .missing]
    if pairs.isEmpty { return }
    for name in names where !columns.contains(where: { $0.name == name }) {
      guard let both = KeyColumn.pair(name, left: spine, right: source) else { continue }
      var column = Column(name: name, states: states)
      for pair in pairs {
        switch both.left.agreement(Int(pair.resident), both.right, Int(pair.identity)) {
        case .equal: column.numbers.append(0)
        case .unequal: column.numbers.append(1)
        case .unknown: column.numbers.append(2)
        }
        column.weights.append(missingInteger)
        column.bands.append(-1)
      }
      columns.append(column)
    }
  }
}

extension ComparedColumn {
  /// The levels, none of them, and nothing known.
  fileprivate var states: [Explanation.State] {
    levels.map { .level($0) } + [.otherwise, .missing]
  }
}
