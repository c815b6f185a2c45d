import Glibc
import PipelineFile
import Tabular

/// How strongly pairs of columns depend on each other among different people.
struct Dependence: Sendable {
  struct Pair: Sendable, Hashable {
    let members: [Int]
    let bits: Double
  }

  /// What two columns share below this many bits is not told.
  static let told = 1.0
  /// Above this, columns are joined.
  static let joined = 2.0

  /// Every pair of columns above `told`, strongest first.
  let pairs: [Pair]
  let joints: [JointLevel]

  /// Pairs within the spine are different people, so that agreement is counted there exactly.
  ///
  /// - Parameters:
  ///   - columns: the comparisons; the left side is the spine.
  ///   - workers: how many threads may count.
  init(_ columns: [ComparedColumn], workers: Int) {
    let exact = columns.indices.filter { columns[$0].levels.first == .exact }
    let alone = exact.reduce(into: [Int: Double]()) { shares, number in
      shares[number] = Coincidence.equalShare(columns[number].codes, isWithin: true)
    }
    let groups = concurrentChunks(exact.count, workers: workers) {
      let codes = columns[exact[$0]].codes
      return RecordGroups(codes.left, counts: codes.leftCounts)
    }
    @Sendable func joint(_ groups: RecordGroups, _ members: [Int], _ further: Int) -> JointLevel {
      let codes = columns[further].codes
      let u = groups.agreement(with: codes.left, codeCount: codes.codeCount)
      let members = (members + [further]).sorted()
      let product = members.reduce(1.0) { $0 * (alone[$1] ?? 1) }
      return JointLevel(
        members: members,
        u: u,
        dependence: u > 0 && product > 0 ? log2(u / product) : 0
      )
    }
    let couples = exact.indices.flatMap { place in
      exact[(place + 1)...].map { (place, $0) }
    }
    let found = concurrentChunks(couples.count, workers: workers) {
      let (place, further) = couples[$0]
      return joint(groups[place], [exact[place]], further)
    }
    .sorted {
      ($1.dependence, $0.members[0], $0.members[1]) < (
        $0.dependence, $1.members[0], $1.members[1]
      )
    }
    pairs = found.filter { $0.dependence > Self.told }
      .map { Pair(members: $0.members, bits: $0.dependence) }
    var joints: [JointLevel] = []
    var claimed: Set<Int> = []
    for couple in found where couple.dependence > Self.joined {
      guard claimed.isDisjoint(with: couple.members) else { continue }
      claimed.formUnion(couple.members)
      joints.append(couple)
      let others = exact.filter { !claimed.contains($0) }
      let both = CodedColumn(joining: couple.members.map { columns[$0].codes })
      let coupled = RecordGroups(both.left, counts: both.leftCounts)
      let larger = concurrentChunks(others.count, workers: workers) {
        joint(coupled, couple.members, others[$0])
      }
      for (other, triple) in zip(others, larger)
      where triple.dependence - couple.dependence > Self.joined {
        joints.append(triple)
        claimed.insert(other)
      }
    }
    self.joints = joints
  }
}
