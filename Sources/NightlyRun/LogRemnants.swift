import Files
import FoundationEssentials
import PipelineFile
import PrivacyLog
import Tabular

/// What earlier runs of a pipeline left that a privacy log must tell of.
///
/// A log begins once. Where one is gone and any of this stays, it was lost or taken away, and a new one
/// would hide that. Records of keys are not looked at: a run warns of a key that was used with another log
/// (`NightKey.tellOtherLog`).
enum LogRemnants {
  /// Finds it.
  ///
  /// - Parameters:
  ///   - pipeline: whose log begins.
  ///   - folder: its work folder.
  ///   - isEmpty: whether the log has no line. One without a signer may be that of a first run which was
  ///     killed as soon as it had made the key that signs.
  /// - Returns: paths, in order.
  /// - Throws: `FilesError` for what cannot be read.
  static func paths(
    of pipeline: Pipeline,
    in folder: WorkFolder,
    isEmpty: Bool
  ) throws -> [String] {
    var found: [String] = []
    if isEmpty, somethingStands(at: folder.signingKey) { found.append(folder.signingKey) }
    found += try names(in: folder.path, with: ".ledger")
    found += try names(in: folder.staging, with: ".staged")
    found += try names(in: folder.rotations, with: ".table")
    found += try published(by: pipeline)
    return found
  }

  /// Manifests of what the pipeline published, for any period.
  private static func published(by pipeline: Pipeline) throws -> [String] {
    try publishedFolders(of: pipeline).map { "\($0)/manifest.json" }.filter { path in
      guard fileKind(of: path) == .regular else { return false }
      let file = try OpenFile(reading: path)
      let bytes = try file.bytes(at: 0, count: min(file.size(), longestManifest))
      guard let manifest = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)) else {
        return false
      }
      return manifest["pipeline"]?["name"]?.stringValue == pipeline.name
        && manifest["run"]?["privacy_log"] != nil
    }
  }

  /// Where this period's tables go, and those beside it that are called as those of other periods are.
  private static func publishedFolders(of pipeline: Pipeline) throws -> [String] {
    let (path, parent) = (pipeline.publish.to, parentFolder(of: pipeline.publish.to))
    guard let label = pipeline.period?.label, !label.isEmpty, somethingStands(at: parent),
      let place = lastPart(of: path).firstRange(of: label)
    else { return [path] }
    let name = lastPart(of: path)
    let (start, end) = (name[..<place.lowerBound], name[place.upperBound...])
    return try namesInFolder(parent).sorted()
      .filter { !$0.hasPrefix(".") && $0.hasPrefix(start) && $0.hasSuffix(end) }
      .map { "\(parent)/\($0)" }
  }

  /// Twenty thousand deliveries come to less.
  private static let longestManifest = 64 << 20

  private static func names(in folder: String, with ending: String) throws -> [String] {
    guard somethingStands(at: folder) else { return [] }
    return try namesInFolder(folder).filter { $0.hasSuffix(ending) && !$0.hasPrefix(".") }.sorted()
      .map { "\(folder)/\($0)" }
  }
}

extension WorkFolder {
  /// Opens the privacy log, held to what a manifest of an earlier run proves of it.
  ///
  /// A run that wrote on behind a cut would let the log grow past it, and nobody could see that lines
  /// are missing; one that began a log where one has been would hide all of it.
  ///
  /// - Throws: `PrivacyLogError`; `tampered` for a log that is not as it was written, or is gone.
  func openLog(
    of pipeline: Pipeline,
    run: String,
    clock: @escaping @Sendable () -> Int64
  ) throws -> PrivacyLog {
    try PrivacyLog.open(
      path: log,
      run: run,
      pipeline: pipeline.name,
      expectedHead: RunHistory.furthestHead(in: path),
      clock: clock,
      remnants: { try LogRemnants.paths(of: pipeline, in: self, isEmpty: $0) }
    )
  }
}
