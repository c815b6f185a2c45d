import Files
import FoundationEssentials
package import PipelineFile
package import PrivacyLog
import Tabular

/// What earlier runs left in a work folder to prove the privacy log by.
package enum RunHistory {
  /// One run writes at a time, so the newest would do; the others stand in for one that is lost.
  private static let newestCount = 4

  /// The furthest head of the log that a run's manifest holds.
  ///
  /// - Parameter workFolder: of a pipeline.
  /// - Returns: nil when no run has left one.
  /// - Throws: `FilesError` when the folder cannot be read.
  package static func furthestHead(in workFolder: String) throws -> LogHead? {
    let folder = WorkFolder(path: workFolder)
    guard somethingStands(at: folder.runs) else { return nil }
    // Thousands of runs lie there after some years; the furthest head is that of one of the last.
    let manifests = try namesInFolder(folder.runs).map { folder.manifest(ofRun: $0) }
      .compactMap { path in modificationTime(of: path).map { (path: path, time: $0) } }
      .sorted { ($1.time, $1.path) < ($0.time, $0.path) }
    var furthest: LogHead?
    for (path, _) in manifests.prefix(newestCount) {
      let file = try OpenFile(reading: path)
      let bytes = try file.bytes(at: 0, count: file.size())
      guard let manifest = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)),
        let log = manifest["run"]?["privacy_log"], let size = log["size"]?.integerValue,
        let hash = log["head"]?.stringValue
      else { continue }
      if size > furthest?.size ?? 0 { furthest = LogHead(size: Int(size), hash: hash) }
    }
    return furthest
  }

  /// Where runs in a work folder keep their privacy log.
  package static func log(in workFolder: String) -> String { WorkFolder(path: workFolder).log }

  /// Whether runs have worked in a folder.
  package static func hasRuns(in workFolder: String) -> Bool {
    somethingStands(at: WorkFolder(path: workFolder).runs)
  }

  /// The work folder of a pipeline, unless the user names another.
  package static func workFolder(of pipeline: Pipeline) -> String {
    WorkFolder(nil, of: pipeline).path
  }
}
