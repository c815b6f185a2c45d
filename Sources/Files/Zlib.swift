import CZlib

// The only file that imports zlib: hence two streams and the check sum stand together.

/// What one step of a stream did.
struct StreamStep {
  /// Bytes taken from the input.
  var consumed = 0
  /// Bytes put into the output.
  var produced = 0
  /// Whether the gzip member ended here.
  var ended = false
}

/// Inflates one gzip member after another.
///
/// zlib keeps the address of its stream, so that has a place of its own.
@safe struct InflateStream: ~Copyable {
  private let stream: UnsafeMutablePointer<z_stream>

  /// - Throws: `libraryUnavailable` if zlib finds no memory.
  init(path: String) throws(FilesError) { unsafe stream = try Self.makeStream(path: path) }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Inflates as much as input and output allow.
  ///
  /// - Returns: what was done, or nil if header, data, check sum or length are wrong.
  mutating func step(
    from input: UnsafeRawBufferPointer,
    into output: UnsafeMutableRawBufferPointer
  ) -> StreamStep? {
    let inputCount = min(input.count, Int(UInt32.max))
    let outputCount = min(output.count, Int(UInt32.max))
    unsafe stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    )
    unsafe stream.pointee.avail_in = UInt32(inputCount)
    unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.pointee.avail_out = UInt32(outputCount)
    let status = unsafe inflate(stream, Z_NO_FLUSH)
    // Z_BUF_ERROR: nothing could be done, for want of input or place; not a fault.
    guard [Z_OK, Z_STREAM_END, Z_BUF_ERROR].contains(status) else { return nil }
    return unsafe StreamStep(
      consumed: inputCount - Int(stream.pointee.avail_in),
      produced: outputCount - Int(stream.pointee.avail_out),
      ended: status == Z_STREAM_END
    )
  }

  /// Makes ready for the next member.
  mutating func reset() {
    unsafe _ = inflateReset(stream)
  }

  private static func makeStream(
    path: String
  ) throws(FilesError) -> UnsafeMutablePointer<z_stream> {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let status = unsafe koppel_inflate_init(stream, 15 + 16)  // 16: expect a gzip header
    guard status == Z_OK else {
      unsafe stream.deallocate()
      throw .libraryUnavailable(name: "zlib", path: path)
    }
    return unsafe stream
  }
}

/// Deflates bytes into one gzip member with a header that holds no time and no name.
@safe struct DeflateStream: ~Copyable {
  private let stream: UnsafeMutablePointer<z_stream>

  /// - Parameters:
  ///   - level: 0 (stored) ... 9 (smallest); others are taken as the nearest.
  ///   - path: for the message.
  /// - Throws: `libraryUnavailable` if zlib finds no memory.
  init(level: Int32, path: String) throws(FilesError) {
    unsafe stream = try Self.makeStream(level: level, path: path)
  }

  deinit {
    unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Deflates as much as input and output allow; with `finishing` also ends the member.
  mutating func step(
    from input: UnsafeRawBufferPointer,
    into output: UnsafeMutableRawBufferPointer,
    finishing: Bool
  ) -> StreamStep {
    let inputCount = min(input.count, Int(UInt32.max))
    let outputCount = min(output.count, Int(UInt32.max))
    unsafe stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    )
    unsafe stream.pointee.avail_in = UInt32(inputCount)
    unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.pointee.avail_out = UInt32(outputCount)
    let status = unsafe deflate(stream, finishing ? Z_FINISH : Z_NO_FLUSH)
    return unsafe StreamStep(
      consumed: inputCount - Int(stream.pointee.avail_in),
      produced: outputCount - Int(stream.pointee.avail_out),
      ended: status == Z_STREAM_END
    )
  }

  private static func makeStream(
    level: Int32,
    path: String
  ) throws(FilesError) -> UnsafeMutablePointer<z_stream> {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let status = unsafe koppel_deflate_init(stream, min(9, max(0, level)), 15 + 16)
    guard status == Z_OK else {
      unsafe stream.deallocate()
      throw .libraryUnavailable(name: "zlib", path: path)
    }
    return unsafe stream
  }
}

/// The CRC-32 of bytes (ISO 3309, as gzip has it).
///
/// - Parameters:
///   - bytes: any number of them.
///   - seed: the CRC-32 of the bytes before these; 0 at the start.
/// - Returns: the CRC-32 of all bytes so far.
package func crc32(_ bytes: UnsafeRawBufferPointer, seed: UInt32 = 0) -> UInt32 {
  let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
  guard unsafe start != nil else { return seed }
  return unsafe UInt32(truncatingIfNeeded: crc32_z(UInt(seed), start, bytes.count))
}
