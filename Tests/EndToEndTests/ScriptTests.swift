import Foundation
import Testing

/// Every text file in `Scripts` is a test: add one, and it runs.
@Suite("The command as a user calls it")
struct ScriptTests {
  @Test("does what the script says", arguments: scriptNames())
  func holds(name: String) throws {
    let text = String(
      decoding: try Data(contentsOf: URL(fileURLWithPath: "\(scriptFolder())/\(name)")),
      as: UTF8.self
    )
    do {
      let script = try Script(text)
      var run = try ScriptRun(script)
      try run.run(script)
    } catch let failure as ScriptFailure {
      Issue.record("Scripts/\(name): \(failure)")
    }
  }

  @Test("there are scripts")
  func areThere() { #expect(!scriptNames().isEmpty) }
}

private func scriptFolder(_ file: String = #filePath) -> String {
  (file as NSString).deletingLastPathComponent + "/Scripts"
}

private func scriptNames() -> [String] {
  let names = (try? FileManager.default.contentsOfDirectory(atPath: scriptFolder())) ?? []
  return names.filter { $0.hasSuffix(".txt") }.sorted()
}
