import Files
import FoundationEssentials

/// The folder that a made-up region is written to.
struct SampleFolder {
  private let path: String
  private(set) var fileCount = 0

  /// Makes the folder and its parts; it must be new or empty, so that nothing old is mixed in.
  init(making path: String) throws(SampleRegionError) {
    self.path = path
    let manager = FileManager.default
    do {
      try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
      let found = try manager.contentsOfDirectory(atPath: path)
      guard found.isEmpty else { throw SampleRegionError.folderNotEmpty(folder: path) }
      for part in [
        "register", "care", "support", "waiting-list", "areas", "survey", "truth",
      ] {
        try manager.createDirectory(atPath: "\(path)/\(part)", withIntermediateDirectories: false)
      }
    } catch let error as SampleRegionError {
      throw error
    } catch {
      // Foundation's own sentence may quote more than the path.
      throw .cannotWrite(path: path)
    }
  }

  /// Writes a small file whole.
  mutating func write(_ text: [UInt8], to name: String) throws(SampleRegionError) {
    var file = try textFile(name)
    file.text = text
    try file.finish()
  }

  /// A new file of plain text.
  mutating func textFile(_ name: String) throws(SampleRegionError) -> TextFile {
    fileCount += 1
    return try TextFile(creating: "\(path)/\(name)")
  }

  /// A new file of compressed text.
  mutating func gzipFile(_ name: String) throws(SampleRegionError) -> GzipTextFile {
    fileCount += 1
    return try GzipTextFile(creating: "\(path)/\(name)")
  }
}
