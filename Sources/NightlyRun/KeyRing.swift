import Cryptography
import Diagnostics
import Files
import PipelineFile
import PrivacyLog
import Tabular

/// The generations of one key of a pipeline, and what its record says of them.
struct KeyRing {
  let name: String
  let recordPath: String
  private(set) var record: KeyRecord
  /// Whether a record stood there before.
  let isRecorded: Bool
  private let source: KeySource
  private let pipeline: Pipeline
  private let forbidden: [String]
  private let today: CivilDate
  private let lock: KeyRecord.Lock?
  let witnesses: [KeyLives]

  /// Reads the record of a key, and keeps other pipelines from changing it until `unlock`.
  ///
  /// - Parameters:
  ///   - name: as the pipeline calls it.
  ///   - pipeline: it stands in.
  ///   - workFolder: in which no key may lie.
  ///   - today: what first and last days are judged by.
  ///   - lives: what the log of the pipeline says of its keys.
  /// - Throws: `KeyError`; `RunError.key` when the pipeline names no such key.
  init(
    _ name: String,
    of pipeline: Pipeline,
    workFolder: String,
    today: CivilDate,
    lives: KeyLives
  ) throws {
    guard let source = pipeline.keys[name] else {
      throw RunError.key(
        Diagnostic(
          "the pipeline names no key '\(escapedForTerminal(name))'",
          hint: "it has \(pipeline.keys.keys.sorted().joined(separator: ", "))"
        )
      )
    }
    let witnesses = try Self.witnesses(lives, of: pipeline, workFolder: workFolder)
    self.name = name
    self.source = source
    self.pipeline = pipeline
    self.today = today
    self.witnesses = witnesses
    forbidden = pipeline.foldersWithoutKeys(workFolder: workFolder)
    recordPath = KeyRecord.path(ofKey: name, besidePipeline: pipeline.path)
    lock = try KeyRecord.Lock(recordPath: recordPath)
    var found = try KeyRecord.read(recordPath, ofKey: name)
    do throws(KeyRecordFault) {
      for lives in witnesses {
        found = try KeyRecord.held(found, against: lives.lives(of: name))
      }
    } catch {
      throw KeyError.record(error, path: recordPath)
    }
    isRecorded = found != nil
    record = found ?? KeyRecord(name: name)
  }

  /// Where the pipeline file says that the key lies.
  var place: KeyPlace {
    get throws {
      guard let place = source.place else {
        throw RunError.key(
          Diagnostic(
            "the suppliers keep the key '\(name)': it is named by its fingerprint alone",
            hint: "whoever keeps it can do this"
          )
        )
      }
      return place
    }
  }

  /// Loads what makes the tokens of a release: the first hashes, each after it wraps.
  ///
  /// Of a demo key there is no record. The others are entered when they are first used; what their
  /// record says of them must hold.
  ///
  /// - Returns: one or more; the last is in use.
  /// - Throws: `KeyError`.
  mutating func load(for release: String) throws -> [LoadedKey] {
    let named = try KeyFile.load(
      try place,
      sample: pipeline.sample,
      forbiddenFolders: forbidden
    )
    if named.isDemo { return [named] }
    try admit(named)
    let chain = record.chain(for: release)
    guard !chain.isEmpty else {
      // What took over was destroyed: what it replaced does not come back.
      let gone = record.generations.last { $0.state == .destroyed }?.id ?? named.id
      throw KeyError.refused(.destroyed(id: gone), path: recordPath)
    }
    return try chain.map { generation in
      if generation.id == named.id { return named }
      let key = try load(generation)
      try admit(key)
      return key
    }
  }

  /// Loads a generation from where its record says that it lies.
  private func load(_ generation: KeyRecord.Generation) throws -> LoadedKey {
    let key = try KeyFile.load(
      place(of: generation),
      sample: false,
      forbiddenFolders: forbidden
    )
    try check(key, is: generation.id)
    return key
  }

  /// Where a generation lies: a credential of its name, else where its record says, else where the
  /// pipeline file says.
  func place(of generation: KeyRecord.Generation) throws -> KeyPlace {
    if case .credential(let name) = source, let folder = environmentText("CREDENTIALS_DIRECTORY") {
      let own = "\(name).\(generation.number)"
      if somethingStands(at: "\(folder)/\(own)") { return .whole(.credential(own)) }
    }
    return try generation.place ?? place
  }

  /// Loads a key that is to follow the one in use.
  func load(_ place: KeyPlace) throws -> LoadedKey {
    try KeyFile.load(place, sample: false, forbiddenFolders: forbidden)
  }

  /// Refuses a key that is not the generation that was expected.
  func check(_ key: LoadedKey, is id: String) throws(KeyError) {
    guard key.id == id else {
      throw .refused(.otherGeneration(found: key.id, expected: id), path: recordPath)
    }
  }

  private mutating func admit(_ key: LoadedKey) throws(KeyError) {
    do throws(KeyFault) {
      try record.admit(id: key.id, fingerprint: key.root.fingerprint, on: today)
      try checkEnd(of: key.root.fingerprint)
    } catch {
      throw .refused(error, path: recordPath)
    }
  }

  /// Changes the record in memory.
  mutating func change(_ body: (inout KeyRecord) throws -> Void) rethrows { try body(&record) }

  /// Destroys the table of a generation's tokens, and writes the record that says so.
  ///
  /// - Returns: the id of the generation that followed, by which the table is called; nil when there
  ///   is no table.
  mutating func destroyTable(of id: String, in folder: WorkFolder) throws -> String? {
    guard var generation = record[id], let wrap = generation.wrap, wrap.tableUntil != nil else {
      return nil
    }
    try overwriteAndRemove(folder.table(ofKey: name, wrap.by))
    generation.wrap?.tableUntil = nil
    record[id] = generation
    try write()
    return wrap.by
  }

  /// Destroys tables of rotations whose days are over, and those that no rotation needs any more: the
  /// command that would have destroyed them was interrupted, or another pipeline's run came first.
  ///
  /// - Returns: the ids by which they are called.
  mutating func destroyExpiredTables(
    in folder: WorkFolder,
    on today: CivilDate
  ) throws -> [String] {
    var destroyed: [String] = []
    for generation in record.generations {
      guard let wrap = generation.wrap, let last = wrap.tableUntil, last < today,
        somethingStands(at: folder.table(ofKey: name, wrap.by))
      else { continue }
      destroyed += try destroyTable(of: generation.id, in: folder).map { [$0] } ?? []
    }
    let needed = record.generations.compactMap { $0.wrap?.tableUntil == nil ? nil : $0.wrap?.by }
    for id in record.generations.map(\.id) + [record.nextID] where !needed.contains(id) {
      let path = folder.table(ofKey: name, id)
      guard try overwriteAndRemove(path) || overwriteAndRemove(path + ".part") else { continue }
      destroyed.append(id)
    }
    return destroyed
  }

  /// Writes the record.
  func write() throws(KeyError) { try record.write(to: recordPath) }

  /// Lets others change the record.
  func unlock() { lock?.release() }
}
