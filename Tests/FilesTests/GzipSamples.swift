import Glibc
import TestSupport

@testable import Files

/// One gzip member as our writer makes it.
func gzipMember(_ bytes: [UInt8], level: Int32 = 6) throws -> [UInt8] {
  let folder = try TemporaryFolder()
  var writer = try GzipWriter(path: folder.file("member.gz"), level: level)
  try writer.write(bytes)
  try writer.finish()
  return try folder.bytes(of: "member.gz")
}

/// All bytes that a source gives, asked for in pieces.
func readAll(
  _ path: String,
  pieceByteCount: Int = 1 << 16,
  limits: InflationLimits = .delivery
) throws(FilesError) -> (bytes: [UInt8], sha256: String?) {
  var source = try ByteSource(path: path, limits: limits)
  var all: [UInt8] = []
  var piece = [UInt8](repeating: 0, count: pieceByteCount)
  while true {
    let count = try source.read(into: &piece)
    if count == 0 { return (all, source.sha256) }
    all += piece[..<count]
  }
}

/// Bytes that deflate about as well as a delivery does.
func rows(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
  var random = SeededGenerator(seed: seed)
  var text = ""
  for row in 0..<count { text += "\(row);\(random.next() % 1000);huisarts\n" }
  return Array(text.utf8)
}
