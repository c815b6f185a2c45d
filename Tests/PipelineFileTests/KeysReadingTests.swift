import Diagnostics
import Testing

@testable import PipelineFile

@Suite struct KeysReadingTests {
  private static let digits = String(repeating: "5e", count: 32)

  private func keys(_ text: String) throws -> [String: KeySource] {
    try PipelineLoader.load(
      bytes: Array(smallPipeline.replacing("{file: demo.key}", with: text).utf8),
      path: "small.yaml",
      today: today
    ).keys
  }

  @Test("halves are paths, files or credentials, and the log has a key of its own")
  func reads() throws {
    let halves = try keys("{halves: [/a/one, {file: /b/two}]}\n  log: {credential: koppel-log}")
    #expect(halves["region"] == .halves(.file("/a/one"), .file("/b/two")))
    #expect(halves["log"] == .credential("koppel-log"))
    let credentials = try keys("{halves: [{credential: one}, {credential: two}]}")
    #expect(credentials["region"] == .halves(.credential("one"), .credential("two")))
    #expect(halves["region"]?.paths == ["/a/one", "/b/two"])
  }

  @Test(
    "the bytes of a key in a pipeline file end with 77, and no message shows them",
    arguments: [
      "{credential: \(digits)}", "{file: \(digits)}", "\(digits)", "{halves: [\(digits), b]}",
      "{file: demo.key}  # koppel-half-1 region.1 1/1 \(digits) 00000000",
      "{credential: \(digits), bogus: 1}", "{fingerprint: \(digits)}",
    ]
  )
  func keyInFile(text: String) throws {
    do {
      _ = try keys(text)
      Issue.record("a key was taken from the file")
    } catch let error as PipelineFileError {
      #expect(error.exitStatus == .privacyRefused)
      #expect(error.diagnostics.count == 1)
      #expect(error.diagnostics.first?.sentence.contains("the bytes of a key") == true)
      #expect(!error.diagnostics.map(\.text).joined().contains("5e5e5e"))
    }
  }
}
