import Foundation
import Glibc
import TestSupport

/// A region in a folder of its own: the pipeline, its extracts, and all that runs of it leave.
///
/// `pipelines/region.yaml`, its contracts and `sample-data` are as in the repository; the work
/// folder is `work`, and tables appear in `pipelines/out/2026-08`. The truth is not copied: no run
/// may need it.
final class NightRegion: Sendable {
  let folder: TemporaryFolder

  private init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.file("pipelines"),
      withIntermediateDirectories: true
    )
    try FileManager.default.copyItem(
      atPath: repositoryRoot() + "/pipelines/region.yaml",
      toPath: pipelinePath
    )
    try FileManager.default.copyItem(
      atPath: repositoryRoot() + "/pipelines/contracts",
      toPath: folder.file("pipelines/contracts")
    )
  }

  /// The sample of the repository: 2,000 residents.
  static func sample() throws -> NightRegion {
    let region = try NightRegion()
    for name in ["register", "care", "support"] {
      let target = region.folder.file("sample-data/\(name)")
      try FileManager.default.createDirectory(
        atPath: region.folder.file("sample-data"),
        withIntermediateDirectories: true
      )
      try FileManager.default.copyItem(
        atPath: repositoryRoot() + "/sample-data/\(name)",
        toPath: target
      )
    }
    return region
  }

  /// A smaller region, made up anew: for what must run many times.
  ///
  /// Its tables are not suppressed, which is most of the time of so small a night.
  static func madeUp(residents: Int = 300, seed: Int = 7) throws -> NightRegion {
    let region = try NightRegion()
    try region.editPipeline("method: suppress", "method: hide")
    let made = try runKoppel(
      ["synth", "sample-data", "--residents", "\(residents)", "--seed", "\(seed)"],
      in: region.folder.path
    )
    guard made.status == 0 else { throw NightFailure("synth ended with \(made.status)") }
    try FileManager.default.removeItem(atPath: region.folder.file("sample-data/truth"))
    return region
  }

  /// The same pipeline, extracts and key in another folder, before any run.
  ///
  /// The extracts are shared with this region: change nothing in them.
  func sibling() throws -> NightRegion {
    let other = try NightRegion()
    try write(pipeline: pipelineText(), in: other)
    try FileManager.default.createSymbolicLink(
      atPath: other.folder.file("sample-data"),
      withDestinationPath: folder.file("sample-data")
    )
    try copyKey(to: other)
    return other
  }

  /// Gives another region the demo key of this one, which a run has made.
  func copyKey(to other: NightRegion) throws {
    try FileManager.default.createDirectory(
      atPath: other.folder.file("pipelines/.koppel"),
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
    try FileManager.default.copyItem(atPath: keyPath, toPath: other.keyPath)
  }

  /// Copies what an earlier run staged, logged and published.
  func copyRuns(to other: NightRegion) throws {
    for name in ["work", "pipelines/out"] {
      try FileManager.default.copyItem(
        atPath: folder.file(name),
        toPath: other.folder.file(name)
      )
    }
  }

  var pipelinePath: String { folder.file("pipelines/region.yaml") }
  var keyPath: String { folder.file("pipelines/.koppel/demo.key") }
  var publishedPath: String { folder.file("pipelines/out/2026-08") }
  var logPath: String { folder.file("work/privacy.log") }

  /// Runs the pipeline; adds `--work work`.
  func run(_ options: [String] = [], environment: [String: String] = [:]) throws -> CommandRun {
    try runKoppel(runArguments + options, in: folder.path, environment: environment)
  }

  /// Starts such a run and does not wait for its end.
  func start(_ options: [String] = []) throws -> StartedCommand {
    try StartedCommand(koppelPath(), runArguments + options, in: folder.path)
  }

  private var runArguments: [String] { ["run", "pipelines/region.yaml", "--work", "work"] }

  func verifyLog() throws -> CommandRun {
    try runKoppel(["log", "verify", "work"], in: folder.path)
  }

  func pipelineText() throws -> String {
    String(decoding: try folder.bytes(of: "pipelines/region.yaml"), as: UTF8.self)
  }

  /// Replaces a text in the pipeline file, which must stand there once.
  func editPipeline(_ old: String, _ new: String) throws {
    let text = try pipelineText()
    guard text.components(separatedBy: old).count == 2 else {
      throw NightFailure("the pipeline does not hold once: \(old)")
    }
    try write(pipeline: text.replacingOccurrences(of: old, with: new), in: self)
  }

  private func write(pipeline text: String, in region: NightRegion) throws {
    try region.folder.write(text.utf8, to: "pipelines/region.yaml")
  }

  /// What a run published, by file name, without what differs from run to run.
  func published() throws -> [String: [UInt8]] { try publishedFiles(in: publishedPath) }

  /// The published tables alone.
  func tables() throws -> [String: [UInt8]] {
    try published().filter { $0.key.hasSuffix(".csv") }
  }
}

/// What made a test of a night impossible.
struct NightFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// The files of a release, without what may differ between two runs that publish the same: the
/// object `run` of the manifest, and therefore the manifest's line of `SHA256SUMS`.
func publishedFiles(in folder: String) throws -> [String: [UInt8]] {
  var files: [String: [UInt8]] = [:]
  for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
    switch name {
    case "manifest.json": files[name] = manifestWithoutRun([UInt8](data))
    case "SHA256SUMS":
      let lines = data.split(separator: 0x0A).filter {
        !$0.suffix(15).elementsEqual("  manifest.json".utf8)
      }
      files[name] = [UInt8](lines.joined(separator: [0x0A]))
    default: files[name] = [UInt8](data)
    }
  }
  return files
}

/// Cuts the member `run` out of a manifest and leaves every other byte as it is.
func manifestWithoutRun(_ bytes: [UInt8]) -> [UInt8] {
  let text = String(decoding: bytes, as: UTF8.self)
  var kept: [Substring] = []
  var isInRun = false
  for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
    if line == "  \"run\": {" { isInRun = true }
    if !isInRun { kept.append(line) }
    if line == "  }," || line == "  }" { isInRun = false }
  }
  return Array(kept.joined(separator: "\n").utf8)
}

/// Whether the digests of a release hold; its files are those that `SHA256SUMS` names, no other.
func digestsHold(in folder: String) throws -> Bool {
  let text = try String(contentsOfFile: folder + "/SHA256SUMS", encoding: .utf8)
  let named = text.split(separator: "\n").map { String($0.dropFirst(66)) }
  let found = try FileManager.default.contentsOfDirectory(atPath: folder)
  guard Set(named + ["SHA256SUMS"]) == Set(found) else { return false }
  let run = try runCommand(
    "/usr/bin/sha256sum",
    ["--check", "--strict", "--status", "SHA256SUMS"],
    in: folder
  )
  return run.status == 0
}

/// The text of a compressed file.
func gunzipped(_ path: String) throws -> String {
  let run = try runCommand("/bin/gzip", ["-dc", path], in: "/")
  guard run.status == 0 else { throw NightFailure("\(path) cannot be read") }
  return run.standardOutput
}

/// Compresses a text to a file.
func gzip(_ bytes: some Sequence<UInt8>, to name: String, in folder: TemporaryFolder) throws {
  let plain = String(name.dropLast(3))
  try folder.write(bytes, to: plain)
  let run = try runCommand("/bin/gzip", ["-nf", plain], in: folder.path)
  guard run.status == 0 else { throw NightFailure("\(name) cannot be written") }
}

/// Seconds on a clock that never goes back.
func monotonicSeconds() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Waits as exactly as the kernel can.
func pause(seconds: Double) { usleep(UInt32(max(0, min(seconds, 10)) * 1e6)) }
