import Files
import Foundation
import TestSupport
import Testing

@testable import PrivacyLog

@Suite struct LogScannerTests {
  @Test("lines come out as they stand, at any buffer size", arguments: [1, 2, 3, 7, 64, 4096])
  func anyBufferSize(bufferSize: Int) throws {
    var random = SeededGenerator(seed: UInt64(bufferSize))
    let lines = (0..<200).map { _ in
      [UInt8](repeating: 0x61, count: Int.random(in: 0...90, using: &random))
    }
    for torn in [0, 1, 100] {
      let folder = try LogFolder()
      try folder.write(
        lines.flatMap { $0 + [0x0A] } + [UInt8](repeating: 0x62, count: torn)
      )
      var scanner = LogScanner(try OpenFile(reading: folder.log), bufferSize: bufferSize)
      var found: [[UInt8]] = []
      scan: while true {
        switch try scanner.next() {
        case .line(let range): found.append(Array(scanner.buffer[range]))
        case .end(let count):
          #expect(count == torn)
          break scan
        case .tooLong:
          Issue.record("too long")
          break scan
        }
      }
      #expect(found == lines)
    }
  }

  @Test("a line without end is not read to the end of memory")
  func tooLong() throws {
    let folder = try LogFolder()
    try folder.write([UInt8](repeating: 0x61, count: 3 * LogScanner.longestLine))
    let verdict = try folder.verify()
    #expect(verdict.fault == LogFault(line: 1, cause: .tooLong))
  }
}
