import Diagnostics
import Files
import PipelineFile
import Publication

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
    needed += pipeline.sources.map {
      ("the extracts of source '\($0.name)'", folderOfPattern($0.files))
    }
    for case .file(let path) in pipeline.keys.values { needed.append(("a key", path)) }
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
    try AtomicFolder.check(target: target, mark: Release.manifestName)
  }
}
