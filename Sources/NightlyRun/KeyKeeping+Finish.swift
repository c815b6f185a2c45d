import Cryptography
import Diagnostics
import Files
import PipelineFile
import PrivacyLog
import Tabular

/// How a rotation ends: for good, or taken back.
extension KeyKeeping {
  /// Destroys the table of old and new tokens; retires the old key when its release is over.
  ///
  /// That it is over is shown by a run of the next one, not by what `--set` says.
  package func finish(_ grounds: Grounds) throws {
    defer { seal() }
    guard var old = ring.record.generations.last(where: { $0.state == .wrapped }),
      let wrapped = old.wrap?.scope
    else {
      throw refusal("key '\(ring.name)' has no rotation to finish")
    }
    let release = pipeline.pseudonymise.release
    try checkFinish(release, wrapped)
    try destroyTable(of: old, grounds)
    old = ring.record[old.id] ?? old
    guard release != wrapped else {
      observer.note(
        "the rotation can no longer be rolled back; \(old.id) is used until the release "
          + "'\(release)' is over: finish again when the next has run, and it is retired"
      )
      return
    }
    old.state = .retired
    ring.change { $0[old.id] = old }
    try ring.write()
    try tell(EndedKey(generation: old), grounds)
    observer.note("finished: \(old.id) is retired, and may be destroyed")
  }

  /// Refuses to finish for another release than the one that was wrapped, or than one that ran since.
  private func checkFinish(_ release: String, _ wrapped: String) throws {
    let last = ring.record.use(by: pipeline.name, log: log.origin ?? "")?.release
    guard release != wrapped else { return }
    // Of the same pattern, the releases of periods are in the order of their names.
    let isEarlier = pipeline.period != nil && release < wrapped
    guard release != last || isEarlier else { return }
    throw refusal(
      "the rotation is of release '\(wrapped)', found '\(release)', expected that one, or a later one "
        + "that has run since",
      hint:
        "name that period with --set; the old key is retired by finishing again when a run of the "
        + "next release has taken the new key"
    )
  }

  /// Takes a rotation back: the old key is in use again, the new one is retired.
  package func rollBack(_ grounds: Grounds) throws {
    defer { seal() }
    guard var old = openRotation, let wrap = old.wrap, var new = ring.record[wrap.by] else {
      throw notOpen
    }
    try checkAlone(grounds)
    let root = try ring.load(try ring.place(of: new)).root
    var count = 0
    // What tokens are kept go back by the table; that it can be read whole is shown first.
    let keys = try tokenFingerprint(wrap.scope)
    let before = try ring.load(try ring.place(of: old)).root
    var persons = try CarriedPersons(
      from: root.fingerprint,
      to: before,
      scope: wrap.scope,
      wraps: false
    )
    try TranslationTable.read(tablePath(new.id), root: root) { batch in
      persons.add(batch.label, batch.new, batch.old)
      let isOfPersons = [CarriedPersons.identities, CarriedPersons.likenesses].contains(batch.label)
      if !isOfPersons { count += batch.old.count }
    }
    old.state = .active
    old.wrap = nil
    old.reason = grounds.reason.isEmpty ? "rolled back" : grounds.reason
    new.state = .retired
    new.reason = old.reason
    let table = tablePath(new.id)
    ring.change { record in
      record[old.id] = old
      record[new.id] = new
    }
    let rewritten = try PersonsFile.rewrite(
      in: folder,
      pipeline: pipeline.name,
      release: wrap.scope,
      from: .init(fingerprint: keys, root: root),
      to: .init(fingerprint: tokenFingerprint(wrap.scope), root: before),
      persons.carried
    )
    let releases = try ReleasesFile.rewrite(
      in: folder,
      pipeline: pipeline.name,
      from: root,
      to: before
    )
    try tell(
      .keyRotated,
      "rolled-back",
      [
        "id": .string(old.id), "fingerprint": .string(old.fingerprint ?? ""),
        "from": .string(new.id), "scope": .string(wrap.scope),
      ],
      grounds,
      counts: ["tokens": .integer(Int64(count))]
    )
    try ring.write()
    if let rewritten { try PersonsFile.placeRewritten(rewritten) }
    if let releases { try ReleasesFile.placeRewritten(releases) }
    try tell(EndedKey(generation: new), grounds)
    try overwriteAndRemove(table)
    try tell(.tableDestroyed, "destroyed", ["id": .string(new.id)], grounds)
    observer.note("rolled back: \(old.id) is in use again, \(new.id) is retired")
  }

  /// Why no rotation can be rolled back.
  private var notOpen: RunError {
    let last = ring.record.generations.last { $0.state == .wrapped }
    guard let since = last?.wrap?.since else {
      return refusal(
        "key '\(ring.name)' has no rotation that can be rolled back",
        hint: "the key in use was not rotated to"
      )
    }
    let until = CivilDate(dayNumber: since.dayNumber + Self.tableDays)
    return today > until
      ? refusal(
        "the rotation of \(since) could be rolled back until \(until): the table of its tokens was "
          + "destroyed after \(Self.tableDays) days",
        hint: "rotate to another key, if this one is to go"
      )
      : refusal(
        "the rotation of \(since) was finished, and its table destroyed: nothing leads back",
        hint: "rotate to another key, if this one is to go"
      )
  }
}
