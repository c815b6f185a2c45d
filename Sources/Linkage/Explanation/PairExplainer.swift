import Glibc
import PipelineFile
import Tabular

/// Takes the weight of a pair apart into what the model made it of.
struct PairExplainer {
  private let columns: [ComparedColumn]
  private let comparer: PairComparer
  private let model: LinkModel

  init(_ columns: [ComparedColumn], _ comparer: PairComparer, _ model: LinkModel) {
    self.columns = columns
    self.comparer = comparer
    self.model = model
  }

  /// The pieces of a pair's weight.
  ///
  /// - Parameters:
  ///   - left: the left record.
  ///   - right: the right record.
  /// - Returns: a step a comparison, the joint level if one holds, and their sum.
  func weight(
    _ left: Int,
    _ right: Int
  ) -> (steps: [Explanation.Step], joint: Explanation.Joint?, weight: Int32) {
    let pattern = comparer.pattern(left, right)
    let states = columns.indices.map { model.space.state(of: $0, in: pattern) }
    let joint = model.joints.first { $0.members.allSatisfy { states[$0] == 0 } }
    let steps = columns.indices.map { number in
      step(
        number,
        states[number],
        pattern,
        right,
        isJoint: joint?.members.contains(number) ?? false
      )
    }
    let told = joint.map { joint in
      let m = joint.members.reduce(1.0) { $0 * model.m.columns[$1][0] }
      return Explanation.Joint(
        columns: joint.members.map { columns[$0].name },
        m: m,
        u: joint.u,
        weight: LinkModel.bits(m / joint.u)
      )
    }
    let sum = Self.sum(steps) + (told?.weight ?? 0)
    let weight = model.weight(pattern, comparer, right: right)
    return weight < sum ? amongRelatives(steps, states, weight) : (steps, told, sum)
  }

  /// The pieces where relatives are likelier than strangers: what they share is one piece.
  private func amongRelatives(
    _ steps: [Explanation.Step],
    _ states: [Int],
    _ weight: Int32
  ) -> (steps: [Explanation.Step], joint: Explanation.Joint?, weight: Int32) {
    let shared = columns.indices.filter { number in
      states[number] == 0
        && model.relatives.contains {
          $0.shares.columns[number][0] > 2 * model.u.columns[number][0]
        }
    }
    let steps = steps.enumerated().map { number, step in
      shared.contains(number) ? step.joined : step
    }
    let together = weight - Self.sum(steps)
    let m = shared.reduce(1.0) { $0 * model.m.columns[$1][0] }
    let joint = Explanation.Joint(
      columns: shared.map { columns[$0].name },
      m: m,
      u: m / exp2(Double(together) / LinkModel.unit),
      weight: together
    )
    return (steps, joint, weight)
  }

  private static func sum(_ steps: [Explanation.Step]) -> Int32 {
    steps.reduce(0) { $0 + ($1.weight ?? 0) + ($1.frequency?.weight ?? 0) }
  }

  private func step(
    _ number: Int,
    _ state: Int,
    _ pattern: Int,
    _ right: Int,
    isJoint: Bool
  ) -> Explanation.Step {
    let column = columns[number]
    let isKnown = state <= column.levels.count
    let (m, u) = (model.m.columns[number], model.u.columns[number])
    let weight: Int32? = isJoint ? nil : isKnown ? LinkModel.bits(m[state] / u[state]) : 0
    let frequency = model.frequency(of: number, in: pattern, comparer, right: right).map {
      Explanation.Frequency(
        share: column.codes.share(ofCode: comparer.rightCode(right, number)),
        weight: $0
      )
    }
    return Explanation.Step(
      column: column.name,
      state: state < column.levels.count
        ? .level(column.levels[state]) : isKnown ? .otherwise : .missing,
      m: isKnown ? m[state] : nil,
      u: isKnown ? u[state] : nil,
      weight: weight,
      frequency: frequency
    )
  }
}

extension Explanation.Step {
  /// The same where a joint level stands for it.
  fileprivate var joined: Explanation.Step {
    Explanation.Step(column: column, state: state, m: m, u: u, weight: nil, frequency: nil)
  }
}

extension CodedColumn {
  /// The share of the records with any value that have this one.
  fileprivate func share(ofCode code: Int) -> Double {
    Double(leftCounts[code] + rightCounts[code]) / Double(max(1, leftPresent + rightPresent))
  }
}
