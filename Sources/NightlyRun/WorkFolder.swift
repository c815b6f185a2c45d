import Diagnostics
import Files
import PipelineFile

/// Where a pipeline keeps what it needs from one night to the next; nobody else may look in.
struct WorkFolder: Sendable {
  let path: String

  var staging: String { "\(path)/staging" }
  var log: String { "\(path)/privacy.log" }
  /// The key that signs the log, unless the pipeline names one that is kept elsewhere.
  var signingKey: String { "\(path)/signing.key" }
  var ledger: String { "\(path)/\(DeliveryLedger.fileName)" }
  /// The ids of persons, for the release that ran last.
  var persons: String { "\(path)/\(PersonsFile.name)" }
  /// What earlier nights published, of a pipeline that protects its releases together.
  var releases: String { "\(path)/\(ReleasesFile.name)" }
  /// What people judged of pairs.
  var reviews: String { "\(path)/\(ReviewLedger.fileName)" }
  /// Where rotations of keys keep what a rollback needs.
  var rotations: String { "\(path)/rotations" }
  /// What was learnt of the agreement of sources with the spine.
  var models: String { "\(path)/\(KeptModels.fileName)" }
  var runs: String { "\(path)/runs" }

  /// The table of the tokens that a generation of a key took over.
  func table(ofKey name: String, _ id: String) -> String { "\(rotations)/\(name)-\(id).table" }

  /// The folder of one run.
  func run(_ id: String) -> String { "\(runs)/\(id)" }

  /// What a run proves of the privacy log.
  func manifest(ofRun id: String) -> String { "\(run(id))/manifest.json" }

  /// Makes what is not there yet.
  func make() throws(FilesError) {
    try makeFolder(path)
    try makeFolder(staging)
    try makeFolder(runs)
  }

  /// Refuses a folder in which others could replace the staged tables or the privacy log.
  ///
  /// - Throws: `RunError.workFolder`.
  func checkIsOurs() throws {
    guard let mode = try folderMode(path), mode & 0o022 != 0 else { return }
    let digits = String(mode & 0o7777, radix: 8)
    throw RunError.workFolder(
      Diagnostic(
        at: Place(file: path),
        "found a work folder with mode 0\(digits), expected one that others cannot write to",
        hint: "chmod 0700 it, or let koppel make one of its own"
      )
    )
  }
}

extension WorkFolder {
  /// The work folder of a pipeline: the one that the user names, else `.koppel/<name>` beside its file.
  init(_ named: String?, of pipeline: Pipeline) {
    self.init(path: named ?? "\(parentFolder(of: pipeline.path))/.koppel/\(pipeline.name)")
  }
}
