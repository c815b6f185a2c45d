import Cryptography
package import Files
import FoundationEssentials
import Tabular

/// A published folder, as far as the log can speak about it: of which run, and which tables.
package struct PublishedFolder: Sendable {
  package let path: String
  /// The run that published, sixteen bytes in hexadecimal.
  let run: String
  /// The name of the pipeline, by the manifest.
  package let pipeline: String
  /// The SHA-256 of each table's file, by table.
  let digests: [String: String]

  /// Reads what stands in a folder; nil when no run published it.
  ///
  /// - Throws: `FilesError` for a file that cannot be read.
  package init?(path: String) throws(FilesError) {
    let manifestPath = "\(path)/manifest.json"
    guard somethingStands(at: manifestPath) else { return nil }
    let file = try OpenFile(reading: manifestPath)
    let bytes = try file.bytes(at: 0, count: file.size())
    guard let manifest = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)),
      let run = manifest["run"]?["id"]?.stringValue,
      let pipeline = manifest["pipeline"]?["name"]?.stringValue
    else { return nil }
    var digests: [String: String] = [:]
    for name in try namesInFolder(path) where name.hasSuffix(".csv") {
      digests[String(name.dropLast(4))] = try fileDigest("\(path)/\(name)")
    }
    self.path = path
    self.run = run
    self.pipeline = pipeline
    self.digests = digests
  }
}
