import Diagnostics
import Foundation
import Testing

@testable import PipelineFile

@Suite struct StageInclusionTests {
  @Test("A stage in a file of its own is read, and its paths are relative to that file")
  func readsStage() throws {
    try withFolder { folder in
      try write(apart, to: folder + "/main.yaml")
      try write(ingest, to: folder + "/shared/ingest.yaml")
      let pipeline = try PipelineLoader.load(path: folder + "/main.yaml", today: today)
      #expect(pipeline.sources.first?.files == folder + "/shared/register.csv")
      #expect(pipeline.publish.to == folder + "/out/2026-08")
      #expect(pipeline.keys["region"] == .file(folder + "/demo.key"))
      #expect(
        pipeline.files.map(\.path) == [folder + "/main.yaml", folder + "/shared/ingest.yaml"]
      )
    }
  }

  @Test("A mistake in it is told at its own place, after those of the main file")
  func tellsPlace() throws {
    try withFolder { folder in
      try write(apart.replacing("minimum: 10", with: "minimum: 1"), to: folder + "/main.yaml")
      let faulty = ingest.replacing("type: bsn,", with: "type: bns,")
      try write(faulty, to: folder + "/shared/ingest.yaml")
      let found = faults(at: folder + "/main.yaml")
      #expect(found.map(\.place?.file) == [folder + "/main.yaml", folder + "/shared/ingest.yaml"])
      #expect(found.last?.place?.line == 6)
      #expect(found.last?.excerpt?.line.contains("bns") == true)
    }
  }

  @Test("A file that is not there, or names another, is told where it is named")
  func tellsMissing() throws {
    try withFolder { folder in
      try write(apart, to: folder + "/main.yaml")
      #expect(
        faults(at: folder + "/main.yaml").map(\.sentence) == [
          "'\(folder)/shared/ingest.yaml': there is no such file"
        ]
      )
      try write("file: other.yaml\n", to: folder + "/shared/ingest.yaml")
      let found = faults(at: folder + "/main.yaml")
      #expect(found.map(\.place?.file) == [folder + "/shared/ingest.yaml"])
    }
  }

  @Test(
    "A pipeline that is not there, or a folder, ends with an input error",
    arguments: [
      "/nowhere/x.yaml", "/tmp", "",
    ]
  )
  func tellsUnreadable(path: String) {
    do {
      _ = try PipelineLoader.load(path: path, today: today)
      Issue.record("it was read")
    } catch {
      #expect(error.exitStatus == .inputOutput)
      #expect(error.diagnostics.count == 1)
      #expect(error.diagnostics.first?.place?.file == path)
    }
  }

  private var ingest: String {
    let start = smallPipeline.firstRange(of: "ingest:\n")?.upperBound ?? smallPipeline.startIndex
    let end = smallPipeline.firstRange(of: "pseudonymise:")?.lowerBound ?? smallPipeline.endIndex
    return smallPipeline[start..<end].split(separator: "\n").map { $0.dropFirst(2) + "\n" }.joined()
  }

  private var apart: String {
    let start = smallPipeline.firstRange(of: "ingest:\n")?.lowerBound ?? smallPipeline.startIndex
    let end = smallPipeline.firstRange(of: "pseudonymise:")?.lowerBound ?? smallPipeline.endIndex
    return smallPipeline[..<start] + "ingest: {file: shared/ingest.yaml}\n" + smallPipeline[end...]
  }

  private func faults(at path: String) -> [Diagnostic] {
    do {
      _ = try PipelineLoader.load(path: path, today: today)
      return []
    } catch {
      return error.diagnostics
    }
  }

  private func write(_ text: String, to path: String) throws {
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try text.write(to: url, atomically: true, encoding: .utf8)
  }

  private func withFolder(_ body: (String) throws -> Void) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: url) }
    try body(url.path)
  }
}
