import Diagnostics
import Files
import PrivacyLog
package import Tabular

extension KeyKeeping {
  /// Enters a key that was made and is not used yet.
  ///
  /// - Parameters:
  ///   - id: of the key.
  ///   - days: its first and last day; nil for none.
  ///   - grounds: why, and who agreed.
  /// - Throws: `RunError.key` when the record knows the generation, or a later one.
  package func announce(
    id: String,
    days: (first: CivilDate?, last: CivilDate?),
    _ grounds: Grounds
  ) throws {
    defer { seal() }
    let number = KeyName.parts(of: id)?.generation ?? 0
    if let last = ring.record.generations.last, last.number >= number {
      throw refusal(
        "the record of key '\(ring.name)' knows \(last.id), expected none from \(id) on",
        hint: "koppel key new … --generation \(last.number + 1)"
      )
    }
    var generation = KeyRecord.Generation(id: id, created: today, state: .preActive)
    generation.notBefore = days.first
    generation.notAfter = days.last
    generation.reason = grounds.reason
    generation.approvers = grounds.approvers
    ring.change { $0.generations.append(generation) }
    try tell(.keyNew, "made", ["id": .string(id)], grounds)
    try ring.write()
  }
}
