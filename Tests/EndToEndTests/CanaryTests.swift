import Foundation
import TestSupport
import Testing

/// Nothing that identifies a resident of the sample region is in anything that a night writes.
@Suite("What a night writes")
struct CanaryTests {
  @Test("holds no BSN, no surname and no postcode of any resident")
  func holdsNoIdentifier() throws {
    let folder = try TemporaryFolder()
    let root = repositoryRoot()
    try FileManager.default.createDirectory(
      atPath: folder.file("region/pipelines"),
      withIntermediateDirectories: true
    )
    for name in ["pipelines/region.yaml", "sample-data"] {
      try FileManager.default.copyItem(
        atPath: "\(root)/\(name)",
        toPath: folder.file("region/\(name)")
      )
    }
    let canaries = try Canaries(register: root + "/sample-data/register")
    try #require(canaries.numbers.count >= 2000)
    try #require(canaries.postcodes.count >= 50)
    try #require(canaries.surnames.count >= 50)

    let run = try runKoppel(["run", "region/pipelines/region.yaml"], in: folder.path)
    try #require(run.status == 0, "\(run.standardError)")
    #expect(canaries.hits(in: Array(run.standardOutput.utf8)) == 0, "standard output")
    #expect(canaries.hits(in: Array(run.standardError.utf8)) == 0, "standard error")
    var writtenCount = 0
    for name in folder.files() where !name.hasPrefix("region/sample-data") {
      guard let data = FileManager.default.contents(atPath: folder.file(name)) else { continue }
      writtenCount += 1
      #expect(canaries.hits(in: [UInt8](data)) == 0, "\(name)")
    }
    #expect(writtenCount >= 8)
  }

  @Test("would be found if it were there")
  func findsPlanted() throws {
    let canaries = try Canaries(register: repositoryRoot() + "/sample-data/register")
    let number = try #require(canaries.numbers.min())
    let postcode = try #require(canaries.postcodes.min())
    let surname = try #require(canaries.surnames.min())
    #expect(canaries.hits(in: Array("x \(number)0 y".utf8)) == 1)
    #expect(canaries.hits(in: Array("x\(postcode),\(surname);".utf8)) == 2)
    #expect(canaries.hits(in: Array("x \(surname.lowercased()) \(surname.uppercased())".utf8)) == 2)
    var binary: [UInt8] = [7]
    for place in 0..<8 { binary.append(UInt8(truncatingIfNeeded: number >> (8 * place))) }
    #expect(canaries.hits(in: binary) == 1)
  }
}
