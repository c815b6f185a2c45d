import TestSupport
import Testing

@testable import Files

@Suite("The sorter of lines")
struct LineSorterTests {
  @Test(
    "gives all lines in the order of their bytes, in memory and from the disk",
    arguments: [1 << 20, 4096, 64, 1]
  )
  func sortsLines(runByteLimit: Int) throws {
    for seed in 0..<6 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let lines = (0..<Int.random(in: 0...700, using: &random)).map { _ in
        (0..<Int.random(in: 0...20, using: &random)).map { _ in
          UInt8.random(
            in: [0x00...0x03, 0x2C...0x2D, 0xF0...0xFF].randomElement(using: &random)
              ?? 0...255,
            using: &random
          )
        }
      }
      let folder = try TemporaryFolder()
      var sorter = try LineSorter(in: folder.path, runByteLimit: runByteLimit)
      var start = 0
      while start < lines.count {
        let end = min(lines.count, start + Int.random(in: 1...40, using: &random))
        var text: [UInt8] = []
        var ends: [Int] = []
        for line in lines[start..<end] {
          text += line
          ends.append(text.count)
        }
        try sorter.append(text, ends: ends)
        start = end
      }
      var sorted: [UInt8] = []
      try sorter.drain { block throws(FilesError) in sorted += block }
      var expected: [UInt8] = []
      for line in lines.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        expected += line
        expected.append(0x0A)
      }
      #expect(sorted == expected, "seed \(seed), runs of \(runByteLimit)")
      #expect(folder.files().isEmpty, "a killed run leaves nothing")
    }
  }
}
