/// Bytes deflated in memory, as one gzip member.
package enum PackedBytes {
  private static let stepCount = 1 << 18

  /// Deflates bytes.
  ///
  /// - Parameters:
  ///   - bytes: any number of them.
  ///   - path: of the file that they are for, for the message.
  /// - Returns: the same for the same bytes.
  /// - Throws: `libraryUnavailable`.
  package static func pack(_ bytes: [UInt8], for path: String) throws(FilesError) -> [UInt8] {
    var stream = try DeflateStream(level: 6, path: path)
    let output = ByteBuffer(byteCount: stepCount)
    var packed: [UInt8] = []
    unsafe bytes.span.withUnsafeBytes { input in
      var done = 0
      var ended = false
      while !ended {
        let step = unsafe stream.step(
          from: UnsafeRawBufferPointer(rebasing: input[done...]),
          into: output.bytes,
          finishing: true
        )
        done += step.consumed
        unsafe packed.append(contentsOf: output.bytes[..<step.produced])
        ended = step.ended
      }
    }
    return packed
  }

  /// Inflates what `pack` made.
  ///
  /// - Parameters:
  ///   - bytes: all of them.
  ///   - limit: no more bytes may come of it.
  ///   - path: of the file that they are of, for the message.
  /// - Returns: nil when it is something else, or not whole.
  /// - Throws: `libraryUnavailable`.
  package static func unpack(
    _ bytes: ArraySlice<UInt8>,
    limit: Int,
    of path: String
  ) throws(FilesError) -> [UInt8]? {
    var stream = try InflateStream(path: path)
    let output = ByteBuffer(byteCount: stepCount)
    var unpacked: [UInt8] = []
    let isWhole = unsafe bytes.withUnsafeBytes { input in
      var done = 0
      while true {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: input[done...])
        guard let step = unsafe stream.step(from: rest, into: output.bytes),
          step.consumed + step.produced > 0 || step.ended
        else { return false }
        done += step.consumed
        guard step.produced <= limit - unpacked.count else { return false }
        unsafe unpacked.append(contentsOf: output.bytes[..<step.produced])
        if step.ended { return done == input.count }
      }
    }
    return isWhole ? unpacked : nil
  }
}
