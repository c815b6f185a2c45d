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

  /// Finds the log that the first operand means: a log, a work folder, or a pipeline file.
  init(_ arguments: Arguments) throws {
    let operand = arguments.operands[0]
    if operand.hasSuffix(".yaml") || operand.hasSuffix(".yml") {
      let pipeline = try Command.load(arguments)
      workFolder = RunHistory.workFolder(pipeline: pipeline.name, pipelinePath: pipeline.path)
      log = workFolder + "/privacy.log"
      publishedFolder = pipeline.publish.to
      self.pipeline = pipeline.name
      isWorkFolder = true
    } else if somethingStands(at: operand + "/privacy.log") {
      workFolder = operand
      log = operand + "/privacy.log"
      publishedFolder = nil
      pipeline = nil
      isWorkFolder = true
    } else {
      workFolder = parentFolder(of: operand)
      log = operand
      publishedFolder = nil
      pipeline = nil
      isWorkFolder = somethingStands(at: workFolder + "/runs")
    }
  }

  func furthestHead() throws -> LogHead? { try RunHistory.furthestHead(in: workFolder) }

  /// The checkpoints beside the log; nil for a log that came alone.
  var checkpoints: CheckpointFolder? {
    let folder = CheckpointFolder.beside(log: log)
    return isWorkFolder || folder.exists ? folder : nil
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
