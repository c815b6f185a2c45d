import Diagnostics
import Files
import PipelineFile
import Publication
import Tabular

/// Where a run may publish and work; seen to before anything is read or written.
extension Night {
  /// Refuses to publish where that would remove what the run needs.
  ///
  /// A published folder is replaced as a whole. A delivery with a manifest of its sender looks
  /// like one, and so does a work folder that was put into one: the privacy log would be gone.
  ///
  /// - Parameters:
  ///   - pipeline: what is to run.
  ///   - folder: where it works.
  /// - Throws: `RunError.folders`, `FilesError`.
  static func checkFolders(of pipeline: Pipeline, _ folder: WorkFolder) throws {
    let target = pipeline.publish.to
    var needed: [(what: String, path: String)] = [
      ("the work folder", folder.path), ("the pipeline file", pipeline.path),
    ]
    for source in pipeline.sources {
      let patterns = [source.files] + (source.earlierFiles + source.otherFiles).map(\.files)
      needed += patterns.map { ("the extracts of source '\(source.name)'", folderOfPattern($0)) }
    }
    for path in pipeline.keys.values.flatMap(\.paths) { needed.append(("a key", path)) }
    let held = needed.first { Files.folder(target, holds: $0.path) }
    if let held {
      throw RunError.folders(
        Diagnostic(
          at: Place(file: target),
          "found the output folder to hold \(held.what), expected one of its own",
          hint: "name another folder in 'publish: to': what is in it is replaced as a whole"
        )
      )
    }
    if Files.folder(folder.path, holds: target) {
      throw RunError.folders(
        Diagnostic(
          at: Place(file: target),
          "found the output folder within the work folder, which nobody else may look into",
          hint: "name another folder in 'publish: to', or give another --work"
        )
      )
    }
    try checkRecordFile(of: pipeline, folder)
    if pipeline.handsOver {
      return try AtomicFolder.check(target: target, mark: handOverMark(of: pipeline))
    }
    try AtomicFolder.check(target: target, mark: Release.manifestName)
    try checkOwner(of: target, pipeline)
  }

  /// Refuses a folder that another pipeline has published to: its tables would be gone.
  private static func checkOwner(of target: String, _ pipeline: Pipeline) throws {
    guard let manifest = try manifest(publishedIn: target),
      let owner = manifest["pipeline"]?["name"]?.stringValue, owner != pipeline.name
    else { return }
    throw RunError.folders(
      Diagnostic(
        at: Place(file: target),
        "found tables of pipeline '\(owner)', expected none or those of '\(pipeline.name)'",
        hint: "give each pipeline a folder of its own in 'publish: to'"
      )
    )
  }
}
