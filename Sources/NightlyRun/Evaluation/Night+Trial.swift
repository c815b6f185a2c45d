import Cryptography
import Diagnostics
import Files
import Linkage
import PipelineFile
import Tabular

/// A pipeline that was read and linked as in a night, with what became of each row; nothing stays.
struct Trial {
  let pipeline: Pipeline
  let linked: LinkedSources
  /// By source.
  let records: [String: TracedRecords]
}

extension Night {
  /// Reads and links as a night does, in a folder that vanishes.
  ///
  /// No key of the pipeline is used but a demo key: all others give way to one that vanishes too. So
  /// what is made can be joined to nothing, and there is nothing to log: the work folder of the
  /// pipeline, its log, its ledgers and the records of its keys are left alone.
  ///
  /// - Parameters:
  ///   - path: of the pipeline file.
  ///   - options: what the user asked.
  ///   - clock: milliseconds since 1970 in UTC.
  ///   - observer: whom to tell.
  ///   - asking: which pairs are to be explained, by source, once the sources are staged.
  ///   - body: what is asked of it.
  /// - Returns: what `body` does.
  /// - Throws: an error of the module that refused; each is a `KoppelError`.
  static func tried<Result>(
    path: String,
    options: RunOptions,
    clock: @escaping @Sendable () -> Int64,
    observer: any RunObserver,
    asking: ([StagedSource], [String: TracedRecords]) throws -> [String: [AskedPair]] = { _, _ in
      [:]
    },
    _ body: (Trial) throws -> Result
  ) throws -> Result {
    let (original, own) = try loadPipeline(path: path, options, clock: clock)
    if original.handsOver { throw RunError.handsOver(stage: RunStage.link.rawValue) }
    return try inTrialFolder(beside: own) { folder in
      let pipeline = original.onTrial(
        keyFile: demoKey(of: original) ?? "\(folder.path)/demo.key",
        output: "\(folder.path)/out"
      )
      let digester = try RecordKeyDigester()
      var (night, key, log) = try begun(pipeline, in: folder, options, clock, observer)
      for source in pipeline.sources { night.traces[source.name] = RecordTrace(source, digester) }
      let staged = try night.stage(key, log)
      let records = night.traces.mapValues(\.records)
      night.asked = try asking(staged, records)
      let linked = try night.link(staged, nil, log)
      return try body(Trial(pipeline: pipeline, linked: linked, records: records))
    }
  }

  /// Works in a folder beside the work folder, which vanishes; nobody else works there meanwhile.
  static func inTrialFolder<Result>(
    beside own: WorkFolder,
    _ body: (WorkFolder) throws -> Result
  ) throws -> Result {
    let folder = WorkFolder(path: own.path + ".trial")
    try makeFolder(folder.path)
    try folder.checkIsOurs()
    let lock = try RunLock(workFolder: folder.path)
    // What a killed one left.
    for name in try namesInFolder(folder.path) where name != "lock" {
      try removeTree("\(folder.path)/\(name)")
    }
    do {
      try folder.make()
      let result = try body(folder)
      try removeTree(folder.path)
      lock.release()
      return result
    } catch {
      try? removeTree(folder.path)
      lock.release()
      throw error
    }
  }

  /// Begins a night in such a folder, with its own key and log; the pipeline is that of `onTrial`.
  static func begun(
    _ pipeline: Pipeline,
    in folder: WorkFolder,
    _ options: RunOptions,
    _ clock: @escaping @Sendable () -> Int64,
    _ observer: any RunObserver
  ) throws -> (night: Night, key: NightKey, log: NightLog) {
    let night = Night(
      pipeline: pipeline,
      options: options,
      folder: folder,
      observer: observer,
      id: lowerHex(try randomBytes(16)),
      started: timestamp(clock()),
      clock: clock
    )
    try makeFolder(folder.run(night.id))
    // The log of this folder goes as the folder does.
    let log = try NightLog(in: folder, run: night.id, pipeline: pipeline, clock: clock)
    let silence = Silence()
    try log.begin(folder, silence) { try log.started() }
    let key = try NightKey.load(for: pipeline, workFolder: folder, observer: silence, log)
    return (night, key, log)
  }

  /// The pipeline's own key where it protects nobody: what it makes is then what the night makes.
  ///
  /// One that is not there yet is made, as a night would.
  private static func demoKey(of pipeline: Pipeline) -> String? {
    guard pipeline.sample, case .file(let path)? = pipeline.keys[pipeline.pseudonymise.key] else {
      return nil
    }
    if lastPart(of: path) == "demo.key", !somethingStands(at: path) { return path }
    guard
      let key = try? KeyFile.load(.whole(.file(path)), sample: true, forbiddenFolders: [])
    else { return nil }
    return key.isDemo ? path : nil
  }
}

/// Hears what a trial does with its own key and log, which is of no concern to anybody.
struct Silence: RunObserver {
  func note(_ sentence: String) {}
  func warn(_ diagnostic: Diagnostic) {}
  func progress(_ subject: String, rows: Int) {}
}
