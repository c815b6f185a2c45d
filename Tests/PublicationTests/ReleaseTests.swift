import Cryptography
import Foundation
import Tabular
import Testing

@testable import DisclosureControl
@testable import PipelineFile
@testable import Publication

@Suite("Release")
struct ReleaseTests {
  private let hide = Protection(minimum: 10, method: .hide)

  private func release(named names: [String] = ["use", "Cost", "b-2"]) throws -> Release {
    let tables = names.map { name in
      CellTable(
        name: name,
        dimensions: exampleTable.dimensions,
        figures: exampleTable.figures,
        persons: exampleTable.persons
      )
    }
    return try Release(tables.map { try protect($0, hide) }, columns: .full, coverage: [])
  }

  /// Runs with a folder of its own, removed afterwards.
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("koppel-release-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test("a table tells its file, its digest and its cells")
  func describesTables() throws {
    let table = try #require(try release().tables.first)
    #expect(table.fileName == "use.csv")
    #expect(table.digest == lowerHex(try sha256(of: table.bytes)))
    #expect(table.cellCount == 4)
    #expect(table.shownCellCount == 3)
    #expect(table.hiddenCellCount == 1)
    #expect(table.markCounts == ["x": 2])
  }

  @Test("names that cannot be a file's are refused, and so is a name that comes twice")
  func refusesNames() throws {
    for name in ["", ".", "..", ".a", "a/b", "a\\b", "a\nb", "a b", "é", "../a"] {
      #expect(throws: PublicationError.self) { try release(named: [name]) }
    }
    #expect(throws: PublicationError.self) { try release(named: ["a", "a"]) }
  }

  @Test("the published folder is what sha256sum accepts, and everybody may read it")
  func publishes() throws {
    try withFolder { folder in
      let target = "\(folder)/out/2026-08"
      let release = try release()
      let digest = try release.publish(exampleManifest(), to: target)
      let names = try FileManager.default.contentsOfDirectory(atPath: target).sorted()
      #expect(names == ["Cost.csv", "SHA256SUMS", "b-2.csv", "manifest.json", "use.csv"])
      #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/out") == ["2026-08"])

      let check = Process()
      check.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      check.arguments = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
      check.currentDirectoryURL = URL(fileURLWithPath: target)
      try check.run()
      check.waitUntilExit()
      #expect(check.terminationStatus == 0)

      let sums = try #require(FileManager.default.contents(atPath: "\(target)/SHA256SUMS"))
      #expect(digest == lowerHex(try sha256(of: Array(sums))))
      let listed = String(decoding: sums, as: UTF8.self).split(separator: "\n").map {
        $0.dropFirst(66)
      }
      #expect(listed == ["Cost.csv", "b-2.csv", "manifest.json", "use.csv"])

      for name in names {
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(target)/\(name)")
        #expect(attributes[.posixPermissions] as? Int == 0o644)
      }
      let attributes = try FileManager.default.attributesOfItem(atPath: target)
      #expect(attributes[.posixPermissions] as? Int == 0o755)
    }
  }

  @Test("a second release replaces the first as a whole")
  func replaces() throws {
    try withFolder { folder in
      let target = "\(folder)/out"
      try release(named: ["old", "use"]).publish(exampleManifest(), to: target)
      try release(named: ["use"]).publish(exampleManifest(run: "other"), to: target)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: target).sorted()
          == ["SHA256SUMS", "manifest.json", "use.csv"]
      )
    }
  }

  @Test("a folder with files of somebody else is left as it is")
  func refusesForeignFolders() throws {
    try withFolder { folder in
      try Data("mine".utf8).write(to: URL(fileURLWithPath: "\(folder)/letter.txt"))
      let release = try release()
      #expect(throws: PublicationError.self) {
        try release.publish(exampleManifest(), to: folder)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["letter.txt"])
    }
  }

  @Test("what cannot be written leaves the release before it in place")
  func keepsTheLast() throws {
    try withFolder { folder in
      let target = "\(folder)/out"
      try release(named: ["use"]).publish(exampleManifest(), to: target)
      // A run's name that is no file name stands for any fault while files are made.
      let release = try release(named: ["other"])
      #expect(throws: PublicationError.self) {
        try release.publish(exampleManifest(run: "a/b\0"), to: target)
      }
      #expect(FileManager.default.fileExists(atPath: "\(target)/use.csv"))
    }
  }
}
