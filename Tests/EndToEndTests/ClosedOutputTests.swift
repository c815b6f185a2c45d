import Foundation
import TestSupport
import Testing

@Suite("Closed outputs")
struct ClosedOutputTests {
  /// Runs the small night of the scripts through a shell that redirects.
  private func run(_ words: String, _ redirection: String, in folder: String) throws -> CommandRun {
    try runCommand(
      "/bin/sh",
      ["-c", "exec \"$0\" \(words) \(redirection)", koppelPath()],
      in: folder
    )
  }

  @Test(
    "what is meant for people never gets into a file that a run opened",
    arguments: [">&- 2>&-", "<&- >&- 2>&-", "2>&-", ">&-"]
  )
  func keepsTheLog(redirection: String) throws {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      atPath: repositoryRoot() + "/Tests/EndToEndTests/Scripts/night",
      toPath: folder.file("night")
    )
    #expect(try run("run night/night.yaml", redirection, in: folder.path).status == 0)
    // Both outputs closed once put the sentences of a run into its privacy log.
    let verified = try runKoppel(["log", "verify", "night/night.yaml"], in: folder.path)
    #expect(verified.status == 0, "\(verified.standardError)")
  }

  @Test("an answer that a full disk cut is an error, one that nobody reads on is none")
  func tellsCutAnswers() throws {
    let folder = try TemporaryFolder()
    let full = try run("schema", ">/dev/full", in: folder.path)
    #expect(full.status == 73)
    #expect(full.standardError.contains("standard output: error: cannot write: no space left"))
    let closed = try run("schema", "| true", in: folder.path)
    #expect(closed.status == 0)
  }
}
