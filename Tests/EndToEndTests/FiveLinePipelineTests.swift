import Foundation
import TestSupport
import Testing

@Suite("Pipelines of five lines")
struct FiveLinePipelineTests {
  private let pipelines = repositoryRoot() + "/pipelines"

  @Test(
    "Five lines link two files, or find who stands twice in one, as the truth beside them has it",
    arguments: [("link-two-files", "pairs", 0.99), ("deduplicate-a-file", "clusters", 0.95)]
  )
  func holdsAgainstTruth(pipeline: String, truth: String, least: Double) throws {
    let path = "\(pipelines)/\(pipeline).yaml"
    let text = try #require(FileManager.default.contents(atPath: path))
    #expect(text.split(separator: 0x0A).count == 5)
    let truth = repositoryRoot() + "/sample-data/truth/waiting-list-\(truth).csv"
    let run = try runKoppel(["evaluate", path, "--truth", truth], in: repositoryRoot())
    #expect(run.status == 0, "\(run.standardError)")
    let f1 = run.standardOutput.split(separator: "\n").first { $0.hasPrefix("F1") }
    let value = f1.flatMap { $0.split(separator: " ").last.flatMap { Double($0) } }
    #expect(try #require(value) >= least, "\(run.standardOutput)")
    #expect(!run.standardError.contains("warning"), "\(run.standardError)")
  }

  @Test("Of made-up data all but sources and link may be left out; of other data nothing may")
  func isForMadeUpData() throws {
    let folder = try TemporaryFolder()
    try Data("surname,birth_date\nJansen,1950-01-31\n".utf8).write(
      to: URL(fileURLWithPath: folder.file("a.csv"))
    )
    let lines = [
      "koppel: 1", "pipeline: p", "sample: true",
      "ingest: {left: {files: a.csv}, right: {files: a.csv}}", "link: {spine: left}",
    ]
    func check(_ lines: [String]) throws -> (status: Int32, text: String) {
      try Data(lines.joined(separator: "\n").utf8).write(
        to: URL(fileURLWithPath: folder.file("p.yaml"))
      )
      let run = try runKoppel(["check", "p.yaml"], in: folder.path)
      return (run.status, run.standardError)
    }
    let good = try check(lines)
    #expect(good.status == 0, "\(good.text)")
    let real = try check(lines.filter { $0 != "sample: true" })
    #expect(real.status == 78)
    for key in ["owner", "purpose", "keys", "pseudonymise", "aggregate", "publish"] {
      #expect(real.text.contains("the pipeline has no '\(key)'"), "\(real.text)")
    }
    let absent = try check(lines.map { $0.replacing("files: a.csv", with: "files: b.csv") })
    #expect(absent.status == 78)
    #expect(absent.text.contains("names no columns, and its files tell none: no file is called so"))
  }
}
