import Files
import Foundation
import SampleRegion

/// A region in a temporary folder that goes when the value goes, and its files read back.
struct WrittenRegion: ~Copyable {
  let folder: String
  let summary: SampleSummary

  init(residents: Int, seed: UInt64) throws {
    let name = "sample-region-\(UUID().uuidString)"
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
    summary = try SampleRegion(residents: residents, seed: seed).write(to: folder)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Paths below the folder, sorted.
  func paths(in part: String = "") throws -> [String] {
    try Self.paths(below: folder).filter { $0.hasPrefix(part) }
  }

  static func paths(below folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder)
      .filter { path in
        var isFolder: ObjCBool = false
        _ = unsafe FileManager.default.fileExists(
          atPath: "\(folder)/\(path)",
          isDirectory: &isFolder
        )
        return !isFolder.boolValue
      }
      .sorted()
  }

  /// The bytes of a file as they are stored.
  func stored(_ path: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(path)"))
  }

  /// The text of a file, inflated if need be; nil when it is not UTF-8.
  func text(_ path: String) throws -> String? {
    var source = try ByteSource(path: "\(folder)/\(path)")
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try source.read(into: &buffer)
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// The rows of a CSV file without quotes, each by column name.
  func rows(_ path: String) throws -> [[String: String]] {
    let lines = (try text(path) ?? "").split(separator: "\n")
    let names = lines.first?.split(separator: ";").map(String.init) ?? []
    return lines.dropFirst().map { line in
      let cells = line.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
      return Dictionary(zip(names, cells)) { first, _ in first }
    }
  }

  /// All care claims.
  func claims() throws -> [[String: String]] {
    try paths(in: "care/").flatMap { try rows($0) }
  }
}
