import Diagnostics
import Files

/// The first bytes of an unknown file, inflated, and its last ones.
///
/// - Note: Clear identifiers pass through here.
struct SurveySample {
  static let headLength = 4 << 20
  static let tailLength = 1 << 16

  let bytes: [UInt8]
  /// The last bytes of a file that is longer than `bytes`; of an even offset in it.
  let tail: [UInt8]
  let isWhole: Bool

  /// Reads a file to its end and keeps its first and last bytes.
  ///
  /// - Throws: `file`; `unrecognised` for what cannot be an extract.
  init(path: String) throws(IngestError) {
    var head: [UInt8] = []
    var last: [UInt8] = []
    var offset = 0
    do throws(FilesError) {
      var source = try ByteSource(path: path)
      var piece = [UInt8](repeating: 0, count: 1 << 18)
      while true {
        let count = try source.read(into: &piece, from: 0)
        if count == 0 { break }
        let kept = min(count, Self.headLength - head.count)
        head += piece[..<kept]
        if kept < count {
          last += piece[kept..<count]
          if last.count > 4 * Self.tailLength {
            last.removeFirst(last.count - Self.tailLength)
          }
        }
        offset += count
      }
    } catch {
      throw .file(error)
    }
    isWhole = offset <= Self.headLength
    last.removeFirst(max(0, last.count - Self.tailLength))
    if !last.isEmpty, (offset - last.count) % 2 != 0 { last.removeFirst() }
    tail = last
    bytes = head
    if let fault = bytes.isEmpty ? .empty : SurveyFault.archive(bytes) {
      throw .unrecognised(fault, Place(file: path))
    }
  }
}

/// The first bytes of a file, inflated; fewer when it ends before.
///
/// - Throws: `file`.
func firstBytes(of path: String, count: Int) throws(IngestError) -> [UInt8] {
  do throws(FilesError) {
    var source = try ByteSource(path: path)
    var bytes = [UInt8](repeating: 0, count: count)
    let filled = try source.read(into: &bytes, from: 0)
    return Array(bytes[..<filled])
  } catch {
    throw .file(error)
  }
}
