import Files
import Linkage
import PipelineFile
import TestSupport
import Testing

@testable import NightlyRun

@Suite("Models that are kept for a release")
struct KeptModelsTests {
  private let model = LearntModel(
    columns: [
      .init(
        comparison: Comparison(
          column: "surname",
          levels: [.exact, .dice(hundredths: 90), .part(column: "surname_part")],
          usesFrequency: true
        ),
        m: [0.1 + 0.2, 0.3, 0.1, 0.3],
        u: [1e-7, 0.000_1, 0.01, 0.989_899_9]
      ),
      .init(
        comparison: Comparison(column: "sex", levels: [.exact]),
        m: [0.99, 0.01],
        u: [0.5, 0.5]
      ),
    ],
    joints: [.init(members: [0, 1], u: 1.0 / 3, bits: 3.25)]
  )

  @Test("comes back as it was, to the last bit")
  func comesBack() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/model.ledger"
    var models = KeptModels()
    models.keep(model, of: "support", digest: "d")
    try models.write(to: path)
    let (read, warning) = try KeptModels.load(path: path)
    #expect(warning == nil)
    #expect(read.model(of: "support", digest: "d") == model)
    #expect(read.model(of: "support", digest: "other") == nil)
    #expect(read.model(of: "care", digest: "d") == nil)
  }

  @Test("a file that is cut or changed is told of, or its model is not taken")
  func refusesOthers() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/model.ledger"
    #expect(try KeptModels.load(path: path).warning == nil)
    var models = KeptModels()
    models.keep(model, of: "support", digest: "d")
    try models.write(to: path)
    let file = try OpenFile(reading: path)
    let bytes = try file.bytes(at: 0, count: file.size())
    try AtomicFile.write(path, Array(bytes.dropLast(9)))
    #expect(try KeptModels.load(path: path).warning != nil)
    let text = String(decoding: bytes, as: UTF8.self)
    for (found, put) in [("\"0.99\"", "\"1.99\""), ("\"0.01\"", "\"-0.01\""), ("exact", "exactly")]
    {
      #expect(text.contains(found))
      try AtomicFile.write(path, Array(text.replacing(found, with: put).utf8))
      #expect(try KeptModels.load(path: path).models.model(of: "support", digest: "d") == nil)
    }
  }
}
