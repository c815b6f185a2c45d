import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import PipelineFile

@Suite struct MutationTests {
  @Test(
    "A damaged pipeline file is read or refused, and every place lies in the file",
    arguments: ["region", "benchmark"],
    0..<24 as Range<UInt64>
  )
  func survivesDamage(name: String, seed: UInt64) throws {
    let path = repository + "/pipelines/\(name).yaml"
    let whole = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    var random = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let bytes = damaged(whole, &random)
      do {
        _ = try PipelineLoader.load(
          bytes: bytes,
          path: path,
          settings: ["data": "d", "out": "o"],
          today: today
        )
      } catch {
        let lineCount = SourceText(path: "", bytes: bytes).lines.count
        #expect(!error.diagnostics.isEmpty, "seed \(seed)")
        for diagnostic in error.diagnostics {
          #expect(diagnostic.place?.line ?? 1 <= lineCount, "seed \(seed): \(diagnostic.text)")
        }
      }
    }
  }

  private func damaged(_ whole: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    let interesting = Array(":{}[],&*!|>%@`\"'#-? \n\t0aé\u{0}.".utf8)
    var bytes = whole
    for _ in 0...random.next() % 4 {
      let position = Int(random.next() % UInt64(bytes.count))
      let byte =
        random.next() % 2 == 0
        ? interesting[Int(random.next() % UInt64(interesting.count))] : UInt8(random.next() % 256)
      switch random.next() % 5 {
      case 0: bytes.insert(byte, at: position)
      case 1: bytes[position] = byte
      case 2: bytes.remove(at: position)
      case 3:
        let end = min(bytes.count, position + Int(random.next() % 40))
        bytes.removeSubrange(position..<end)
      default:
        let end = min(bytes.count, position + Int(random.next() % 60))
        let target = Int(random.next() % UInt64(bytes.count))
        bytes.insert(contentsOf: bytes[position..<end], at: target)
      }
      if bytes.isEmpty { bytes = [10] }
    }
    return bytes
  }
}
