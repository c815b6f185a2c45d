import Cryptography
import Diagnostics
import Files
import PipelineFile
import PrivacyLog
import Pseudonymisation
import Tabular

extension KeyKeeping {
  /// How long the table of old and new tokens is kept, unless the rotation is finished before.
  static let tableDays = 30

  /// Lets a new generation of the key take over the tokens of the one in use.
  ///
  /// Tokens that are kept are wrapped, without any identifier, so that who is absent tonight keeps
  /// their links. New rows of this release take the old key, then the wrap; other releases the new
  /// key alone. The log is told first: a rotation that is interrupted is done again by the same call.
  ///
  /// - Parameters:
  ///   - files: where the new key is made; or where it lies, whole or in two halves.
  ///   - grounds: why, and who agreed.
  /// - Throws: `KeyError`, `RunError.key`, and what files and log throw.
  package func rotate(to files: [String], _ grounds: Grounds) throws {
    defer { seal() }
    let old = try current()
    try checkAlone(grounds)
    if old.wrap?.tableUntil != nil || openRotation != nil {
      throw refusal(
        "the last rotation of key '\(ring.name)' is not finished",
        hint: "koppel key rotate … --finish, or --rollback"
      )
    }
    let scope = pipeline.pseudonymise.release
    let isSource = ring.name == Pipeline.sourceKeyName
    let staged = try stagedTokens(scope)
    if isSource && !staged.isEmpty {
      throw refusal(
        "the key of the source level rotates between releases alone, and '\(scope)' has begun",
        hint:
          "rotate before the first run of the next release: tokens of the first level are not kept"
      )
    }
    let place = try newPlace(files)
    let new = try newKey(place)
    guard new.root.fingerprint != old.fingerprint else {
      throw KeyError.refused(.sameAs(id: new.id, other: old.id), path: ring.recordPath)
    }
    let persons =
      !isSource && ring.name == pipeline.pseudonymise.key
      ? try PersonsRotation(of: self, from: old, to: new, stagedTables(scope)) : nil
    let count = isSource ? 0 : try writeTable(staged, persons?.batches ?? [], old, new, scope)
    let oldPlace = try ring.place(of: old).absolute
    try carryLedger(from: old, to: new)
    ring.change { record in
      var before = old
      before.state = isSource ? .retired : .wrapped
      before.reason = grounds.reason.isEmpty ? "rotated" : grounds.reason
      before.place = oldPlace
      before.wrap = KeyRecord.Wrap(
        by: new.id,
        scope: scope,
        since: today,
        tableUntil: isSource ? nil : CivilDate(dayNumber: today.dayNumber + Self.tableDays)
      )
      record[old.id] = before
      var next = record[new.id] ?? KeyRecord.Generation(id: new.id, created: today, state: .active)
      next.state = .active
      next.fingerprint = new.root.fingerprint
      next.reason = grounds.reason.isEmpty ? "rotated" : grounds.reason
      next.approvers = grounds.approvers
      next.place = place
      if record[new.id] == nil { record.generations.append(next) } else { record[new.id] = next }
    }
    let rewritten = try persons?.rewrite(to: tokenFingerprint(scope))
    let releases = isSource ? nil : try carryReleases(from: old, to: new.root)
    if pipeline.pseudonymise.clk != nil, ring.name == pipeline.pseudonymise.key {
      // Made-up rows are drawn by this key: of two files those that differ are they.
      observer.warn(
        Diagnostic(
          .warning,
          "the rows that are made up for a partner change with this key: whoever has the file of "
            + "before and of after can tell them",
          hint: "agree on a new secret with the partner before the next file leaves"
        )
      )
    }
    try tell(
      .keyRotated,
      "rotated",
      [
        "id": .string(new.id), "fingerprint": .string(new.root.fingerprint),
        "from": .string(old.id), "from_fingerprint": .string(old.fingerprint ?? ""),
        "scope": .string(scope),
      ],
      grounds,
      counts: ["tokens": .integer(Int64(count))]
    )
    try ring.write()
    if let rewritten { try PersonsFile.placeRewritten(rewritten) }
    if let releases { try ReleasesFile.placeRewritten(releases) }
    if isSource, let ended = ring.record[old.id] { try tell(EndedKey(generation: ended), grounds) }
    observer.note(
      "rotated key '\(ring.name)' from \(old.id) to \(new.id): \(grouped(count)) tokens of release "
        + "'\(scope)' are wrapped, later releases take the new key alone"
    )
    observer.note(
      "hint: name the new key under 'keys' before \(old.id) is retired; --finish ends what can be "
        + "rolled back, which after \(Self.tableDays) days ends by itself"
    )
  }

  /// The generation whose rotation can still be rolled back.
  var openRotation: KeyRecord.Generation? {
    ring.record.generations.last { generation in
      guard generation.state == .wrapped, let last = generation.wrap?.tableUntil else {
        return false
      }
      return today <= last
    }
  }

  /// A rule about the key that is broken, at its record.
  func refusal(_ sentence: String, hint: String? = nil) -> RunError {
    .key(Diagnostic(at: Place(file: ring.recordPath), sentence, hint: hint))
  }

  /// The generation in use; a key that no run has used yet is entered.
  private func current() throws -> KeyRecord.Generation {
    if ring.record.active == nil {
      let keys = try ring.load(for: pipeline.pseudonymise.release)
      if keys.contains(where: \.isDemo) {
        throw refusal(
          "a demo key is never rotated: it protects nobody",
          hint: "koppel key new NAME --to FILE, and name it under 'keys'"
        )
      }
    }
    guard let active = ring.record.active else { throw refusal("no generation is in use") }
    return active
  }

  /// What was delivered under the old key stays known: the ledger is sealed for the new one too.
  private func carryLedger(from old: KeyRecord.Generation, to new: LoadedKey) throws {
    guard ring.name == pipeline.pseudonymise.key, somethingStands(at: folder.ledger) else { return }
    let key = try ring.load(try ring.place(of: old))
    try ring.check(key, is: old.id)
    try DeliveryLedger.seal(path: folder.ledger, from: key.root, for: new.root)
  }

  /// What was published stays known: its ledger is proved by the key in use.
  ///
  /// - Returns: where it is to be put when the rotation is recorded; nil without a ledger.
  private func carryReleases(
    from old: KeyRecord.Generation,
    to new: RootKey
  ) throws -> String? {
    guard ring.name == pipeline.pseudonymise.key else { return nil }
    let before = try ring.load(try ring.place(of: old))
    try ring.check(before, is: old.id)
    return try ReleasesFile.rewrite(
      in: folder,
      pipeline: pipeline.name,
      from: before.root,
      to: new
    )
  }

  private func newPlace(_ files: [String]) throws -> KeyPlace {
    switch files.count {
    // The record must find it from any folder that a run is started in.
    case 1: return .whole(.file(absolutePath(files[0])))
    case 2: return .halves(.file(absolutePath(files[0])), .file(absolutePath(files[1])))
    default:
      throw refusal("found \(files.count) files for the new key, expected one, or two halves")
    }
  }

  /// The key at its new place; a whole one is made when nothing lies there.
  private func newKey(_ place: KeyPlace) throws -> LoadedKey {
    let id = ring.record.generations.last { $0.state == .preActive }?.id ?? ring.record.nextID
    if case .whole(.file(let path)) = place, !somethingStands(at: path) {
      guard let parts = KeyName.parts(of: id) else { throw refusal("no generation can follow") }
      try KeyFile.create(name: parts.name, generation: parts.generation, at: path)
    }
    let key = try ring.load(place)
    guard key.id == id else {
      let fault = KeyFault.otherGeneration(found: key.id, expected: id)
      throw KeyError.refused(fault, path: ring.recordPath)
    }
    return key
  }

  /// What a staged table of the release says of the keys that made its tokens, as `NightKey` does.
  func tokenFingerprint(_ scope: String) throws -> String {
    let chain = try fingerprints(pipeline.pseudonymise.key, scope)
    var first = chain.last
    if !pipeline.handsOver, let source = pipeline.keys[Pipeline.sourceKeyName] {
      first =
        if case .fingerprint(let fingerprint) = source {
          fingerprint
        } else {
          try fingerprints(Pipeline.sourceKeyName, pipeline.pseudonymise.sourceRelease).last
        }
    }
    return NightKey.tokenFingerprint(first: first ?? "", chain)
  }

  /// The fingerprints of the chain of a key for a release.
  private func fingerprints(_ name: String, _ release: String) throws -> [String] {
    let record =
      name == ring.name
      ? ring.record
      : try KeyRecord.read(
        KeyRecord.path(ofKey: name, besidePipeline: pipeline.path),
        ofKey: name
      )
    return record?.chain(for: release).compactMap(\.fingerprint) ?? []
  }

  /// The tokens that are staged of this release, by label, each once and in order.
  private func stagedTokens(_ scope: String) throws -> [String: [Token]] {
    guard [pipeline.pseudonymise.key, Pipeline.sourceKeyName].contains(ring.name) else {
      return [:]
    }
    var tokens: [String: [Token]] = [:]
    for (source, table) in try stagedTables(scope) {
      let identities = try table.identities()
      for column in SourcePlan(source: source, in: pipeline).tokens {
        guard case .tokens(let values)? = identities[column.name] else { continue }
        tokens[column.label, default: []] += values
      }
    }
    tokens[CarriedPersons.numbers, default: []] += try PersonsFile.numbers(
      in: folder,
      pipeline: pipeline.name,
      release: scope,
      keys: tokenFingerprint(scope)
    )
    return tokens.mapValues(Self.distinct).filter { !$0.value.isEmpty }
  }

  /// What is staged of the release under the keys that make its tokens.
  private func stagedTables(_ scope: String) throws -> [(source: Source, table: StagedTable)] {
    let keys = try tokenFingerprint(scope)
    let standardisation = try Standardisation().identifier
    var tables: [(source: Source, table: StagedTable)] = []
    for source in pipeline.sources {
      let definition = try StageDigest.definition(
        of: source,
        in: pipeline,
        standardisation: standardisation
      )
      guard let table = try? StagedTable(path: "\(folder.staging)/\(source.name).staged"),
        table.header["definition"]?.stringValue == definition,
        table.header["key"]?.stringValue == keys
      else { continue }
      tables.append((source, table))
    }
    return tables
  }

  private static func distinct(_ tokens: [Token]) -> [Token] {
    var kept: [Token] = []
    for token in tokens.sorted() where !token.isMissing && token != kept.last { kept.append(token) }
    return kept
  }

  private func writeTable(
    _ staged: [String: [Token]],
    _ others: [TranslationTable.Batch],
    _ old: KeyRecord.Generation,
    _ new: LoadedKey,
    _ scope: String
  ) throws -> Int {
    let from = old.fingerprint ?? ""
    try makeFolder(folder.rotations)
    var labels = staged.keys.sorted()[...]
    var others = others[...]
    let otherCount = others.reduce(0) { $0 + $1.old.count }
    let count = try TranslationTable.write(
      to: tablePath(new.id),
      TranslationTable.Heading(from: from, to: new.root.fingerprint, scope: scope),
      root: new.root
    ) {
      guard let label = labels.popFirst(), let tokens = staged[label] else {
        return others.popFirst()
      }
      let wrap = try TokenWrap(from: from, to: new.root, label: label, scope: scope)
      var wrapped = tokens
      try wrap.wrap(&wrapped)
      return TranslationTable.Batch(label: label, old: tokens, new: wrapped)
    }
    return count - otherCount
  }

  func tablePath(_ id: String) -> String { folder.table(ofKey: ring.name, id) }

  /// Destroys the table of a rotation, if it is there yet.
  func destroyTable(of old: KeyRecord.Generation, _ grounds: Grounds) throws {
    guard let id = try ring.destroyTable(of: old.id, in: folder) else { return }
    try tell(.tableDestroyed, "destroyed", ["id": .string(id)], grounds)
  }
}
