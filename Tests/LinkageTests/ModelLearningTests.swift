import TestSupport
import Testing

@testable import Linkage
@testable import PipelineFile
@_spi(Pseudonymisation) @testable import Tabular

@Suite("What is learnt of the model")
struct ModelLearningTests {
  /// Ten thousand records a side, each the true partner of the one in its row.
  ///
  /// In a block of one of a hundred values there are a million pairs.
  private static let count = 10_000
  private static let valueCounts = [40, 25, 90, 12]
  private static let m = [0.80, 0.92, 0.85, 0.97]

  private func sides(seed: UInt64, m: [Double]) -> (left: ComparedSide, right: ComparedSide) {
    var random = SeededGenerator(seed: seed)
    var left: [(String, Column)] = []
    var right: [(String, Column)] = []
    let blocks = (0..<Self.count).map { _ in Int32.random(in: 0..<100, using: &random) }
    let block = Column.codes(blocks, dictionary: (0..<100).map { String(100 + $0) })
    left.append(("block", block))
    right.append(("block", block))
    for (column, valueCount) in Self.valueCounts.enumerated() {
      let values = (0..<Self.count).map { _ in
        Int32.random(in: 0..<Int32(valueCount), using: &random)
      }
      let others = values.map { value in
        if Double.random(in: 0..<1, using: &random) < m[column] { return value }
        // Another value, each as likely.
        let other = Int32.random(in: 0..<Int32(valueCount - 1), using: &random)
        return other >= value ? other + 1 : other
      }
      let dictionary = (0..<valueCount).map { String(1000 + $0) }
      left.append(("c\(column)", .codes(values, dictionary: dictionary)))
      right.append(("c\(column)", .codes(others, dictionary: dictionary)))
    }
    func side(_ columns: [(String, Column)]) -> ComparedSide {
      ComparedSide(
        PseudonymisedTable(
          vouchingFor: Table(
            names: columns.map(\.0),
            columns: columns.map(\.1),
            rowCount: Self.count
          )
        )
      )
    }
    return (side(left), side(right))
  }

  private func outcome(
    seed: UInt64,
    m: [Double] = m,
    proof: [[Double]?] = [nil, nil, nil, nil]
  ) throws -> ModelLearning.Outcome {
    let (left, right) = sides(seed: seed, m: m)
    let columns = try Self.m.indices.map { number in
      try #require(
        ComparedColumn(
          Comparison(column: "c\(number)", levels: [.exact]),
          left: left,
          right: right
        )
      )
    }
    let codes = try #require(CodedColumn("block", left: left.table, right: right.table))
    let rule = BlockIndex(
      columns: ["block"],
      codes,
      isActiveLeft: nil,
      isActiveRight: nil,
      isWithin: false
    )
    #expect(rule.pairCount > 990_000)
    return ModelLearning(
      columns: columns,
      pairs: BlockedPairs(rules: [rule], isWithin: false, rightCount: Self.count),
      comparer: PairComparer(columns),
      joints: [],
      coincidence: Coincidence(columns, isWithin: false, seed: seed, workers: 2),
      leftCount: Self.count,
      rightCount: Self.count,
      workers: 2,
      seed: seed
    ).learn(proof: proof)
  }

  @Test("m comes back within 0.01 and u within 2 % from a million pairs", arguments: 1...3)
  func recovers(seed: UInt64) throws {
    let outcome = try outcome(seed: seed)
    #expect(outcome.dropped.isEmpty)
    #expect(outcome.runs.allSatisfy { $0.hasSettled })
    for (column, m) in Self.m.enumerated() {
      let u = 1 / Double(Self.valueCounts[column])
      #expect(abs(outcome.model.m.columns[column][0] - m) < 0.01, "seed \(seed), \(column)")
      #expect(abs(outcome.model.u.columns[column][0] / u - 1) < 0.02, "seed \(seed), \(column)")
    }
    #expect(abs(outcome.runs[0].trueShare * outcome.runs[0].pairCount / 10_000 - 1) < 0.02)
  }

  @Test("a run that finds pairs who agree less than others do is dropped")
  func dropsAbsurdity() throws {
    // Something else than persons agrees on three columns, and never on the fourth.
    let outcome = try outcome(seed: 5, m: [0.95, 0.95, 0.95, 0])
    #expect(outcome.dropped == [0])
  }

  @Test("what is proved of every comparison needs no run")
  func takesProof() throws {
    let outcome = try outcome(seed: 4, proof: [[0.7, 0.3], [0.9, 0.1], [0.8, 0.2], [0.6, 0.4]])
    #expect(outcome.runs.isEmpty)
    #expect(outcome.model.m.columns.map { $0[0] } == [0.7, 0.9, 0.8, 0.6])
  }
}
