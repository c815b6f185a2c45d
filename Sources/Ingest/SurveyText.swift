import Diagnostics
import PipelineFile

/// The text of an unknown file as UTF-8, and the encoding that it seems to have.
///
/// - Note: Clear identifiers pass through here.
struct SurveyText {
  let encoding: Encoding
  /// From behind the byte order mark; of a file that is cut, up to its last whole line.
  let head: [UInt8]
  /// What follows the last line of `head`, or the last lines of a longer file.
  let tail: [UInt8]
  let isWhole: Bool
  let doubts: [String]

  /// - Throws: `unrecognised`.
  init(_ sample: SurveySample, path: String) throws(IngestError) {
    isWhole = sample.isWhole
    var doubts: [String] = []
    let bytes = sample.bytes
    if bytes.starts(with: [0xFE, 0xFF]) {
      throw .unrecognised(.bigEndian, Place(file: path))
    }
    if bytes.starts(with: [0xFF, 0xFE]) || Self.looksLikeUTF16(bytes) {
      encoding = .utf16le
      if !bytes.starts(with: [0xFF, 0xFE]) { doubts.append("no byte order mark says so") }
      head = Self.utf8(fromUTF16: bytes[(bytes.starts(with: [0xFF, 0xFE]) ? 2 : 0)...])
      tail = Self.utf8(fromUTF16: sample.tail[...])
    } else {
      guard !bytes.prefix(CsvLimits.headLength).contains(0) else {
        throw .unrecognised(.binary, Place(file: path))
      }
      let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
      let body = bytes[(hasMark ? 3 : 0)...]
      if hasMark || Self.isUTF8(body, isWhole: sample.isWhole) {
        encoding = .utf8
        if !hasMark, !sample.isWhole, !body.contains(where: { $0 >= 0x80 }) {
          doubts.append("no accent in the first 4 MiB: one may stand further on")
        }
        head = Array(body)
        tail = sample.tail
      } else {
        encoding = .latin1
        if body.contains(where: { 0x80..<0xA0 ~= $0 }) {
          doubts.append("bytes 80-9F: this may be windows-1252, of which such rows are rejected")
        }
        head = Array(Ingest.utf8(fromLatin1: body).dropLast(CsvLimits.padding))
        tail = Array(Ingest.utf8(fromLatin1: sample.tail[...]).dropLast(CsvLimits.padding))
      }
    }
    let printable = head.prefix(1 << 16)
    let controls = printable.count { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
    guard controls * 50 <= printable.count else {
      throw .unrecognised(.binary, Place(file: path))
    }
    guard head.contains(where: { $0 > 0x20 }) else {
      throw .unrecognised(.empty, Place(file: path))
    }
    self.doubts = doubts
  }

  /// Whether every second byte of the first ones is zero, as in Western text.
  private static func looksLikeUTF16(_ bytes: [UInt8]) -> Bool {
    let start = bytes.prefix(256)
    guard start.count >= 8 else { return false }
    var zeros = 0
    for place in stride(from: 1, to: start.count, by: 2) where start[place] == 0 { zeros += 1 }
    return zeros * 10 >= start.count / 2 * 9
      && !start.enumerated().contains { $0 % 2 == 0 && $1 == 0 }
  }

  private static func utf8(fromUTF16 bytes: ArraySlice<UInt8>) -> [UInt8] {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var place = bytes.startIndex
    while place + 1 < bytes.endIndex {
      units.append(UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8)
      place += 2
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  private static func isUTF8(_ bytes: ArraySlice<UInt8>, isWhole: Bool) -> Bool {
    var decoder = UTF8()
    var count = 0
    var iterator = bytes.makeIterator()
    while true {
      switch decoder.decode(&iterator) {
      case .emptyInput: return true
      case .scalarValue(let scalar): count += UTF8.width(scalar)
      // A character may be cut at the end of the sample.
      case .error: return !isWhole && bytes.count - count < 4
      }
    }
  }
}
