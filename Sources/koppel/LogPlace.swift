import Diagnostics
import Files
import NightlyRun
import PipelineFile
import PrivacyLog

/// Where a privacy log is, and what stands beside it.
struct LogPlace {
  let log: String
  let workFolder: String
  /// Whether a run keeps its log here: then checkpoints must stand beside it.
  let isWorkFolder: Bool
  /// Where the pipeline publishes; nil when the operand is none.
  private let publishedFolder: String?
  private let pipeline: String?
  /// What the pipeline file says, when the operand is one.
  let dossierPolicy: DossierPolicy?

  /// Finds the log that the first operand means: a log, a work folder, or a pipeline file.
  init(_ arguments: Arguments) throws {
    let operand = arguments.operands[0]
    let pipeline = arguments.namesPipeline ? try Command.load(arguments) : nil
    publishedFolder = pipeline?.publish.to
    self.pipeline = pipeline?.name
    dossierPolicy = pipeline.map { DossierPolicy($0) }
    if let pipeline {
      workFolder = RunHistory.workFolder(of: pipeline)
      log = RunHistory.log(in: workFolder)
      isWorkFolder = true
    } else if somethingStands(at: RunHistory.log(in: operand)) {
      workFolder = operand
      log = RunHistory.log(in: operand)
      isWorkFolder = true
    } else {
      workFolder = parentFolder(of: operand)
      log = operand
      isWorkFolder = RunHistory.hasRuns(in: workFolder)
    }
  }

  /// The checkpoints beside the log; nil for a log that came alone.
  var checkpoints: CheckpointFolder? {
    let folder = CheckpointFolder.beside(log: log)
    return isWorkFolder || folder.exists ? folder : nil
  }

  /// What a log is held against wherever it is read: the last manifest, the checkpoints beside it, and
  /// what the witness of `--witness` has seen.
  func evidence(_ arguments: Arguments) throws -> PrivacyLog.Evidence {
    var evidence = PrivacyLog.Evidence()
    evidence.head = try RunHistory.furthestHead(in: workFolder)
    evidence.checkpoints = checkpoints
    if let folder = arguments.value("--witness") {
      evidence.witness = try WitnessedLog(witness: folder, log: log)
      if evidence.witness == nil {
        throw UsageError(
          "the witness '\(escapedForTerminal(folder))' has seen no log",
          hint: "hand it a night proof first: koppel log verify --proof FILE --witness DIR"
        )
      }
    }
    return evidence
  }

  /// The published folders to hold against the log: those that are named, else those of the
  /// pipeline, of all periods that stand beside each other.
  func published(_ named: String?) throws -> [PublishedFolder] {
    guard let folder = named ?? publishedFolder.map({ parentFolder(of: $0) }),
      somethingStands(at: folder)
    else {
      guard let named else { return [] }
      throw FilesError.notFolder(path: named)
    }
    if let published = try PublishedFolder(path: folder) { return [published] }
    // A name that begins with a dot is of a folder that did not come to stand.
    let found = try namesInFolder(folder).filter { !$0.hasPrefix(".") }
      .compactMap { name in try PublishedFolder(path: "\(folder)/\(name)") }
    guard named == nil else { return found }
    return found.filter { $0.pipeline == pipeline }
  }
}
