import Glibc

extension OpenFile {
  /// Reads on from where the last read ended.
  ///
  /// - Returns: how many bytes; less than the buffer has place for only at the end of the file.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(FilesError) -> Int {
    guard let start = buffer.baseAddress else { return 0 }
    var filled = 0
    while filled < buffer.count {
      let count = try retry(.read) {
        unsafe Glibc.read(descriptor, start + filled, buffer.count - filled)
      }
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  /// Reads from a place of the file; several threads may at once.
  ///
  /// - Returns: how many bytes; less than the buffer has place for only at the end of the file.
  package func read(
    at byteOffset: Int,
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(FilesError) -> Int {
    guard let start = buffer.baseAddress else { return 0 }
    var filled = 0
    while filled < buffer.count {
      let count = try retry(.read) {
        unsafe pread(descriptor, start + filled, buffer.count - filled, off_t(byteOffset + filled))
      }
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  /// Reads exactly this many bytes from a place of the file.
  ///
  /// - Throws: `unexpectedEnd` if the file is shorter, also for places that no file has: numbers
  ///   that a damaged file told.
  package func bytes(at byteOffset: Int, count: Int) throws(FilesError) -> [UInt8] {
    let size = try size()
    guard count >= 0, byteOffset >= 0, byteOffset <= size, count <= size - byteOffset else {
      throw .unexpectedEnd(path: path, byteOffset: size)
    }
    var bytes = [UInt8](repeating: 0, count: count)
    let path = path
    var span = bytes.mutableSpan
    try unsafe span.withUnsafeMutableBytes { (buffer) throws(FilesError) in
      let filled = try unsafe read(at: byteOffset, into: buffer)
      guard filled == count else {
        throw .unexpectedEnd(path: path, byteOffset: byteOffset + filled)
      }
    }
    return bytes
  }

  /// Writes all bytes after those that were written or read last.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(FilesError) {
    guard let start = bytes.baseAddress else { return }
    var written = 0
    while written < bytes.count {
      written += try retry(.write) {
        unsafe Glibc.write(descriptor, start + written, bytes.count - written)
      }
    }
  }

  /// Writes all bytes after those that were written or read last.
  package func write(_ bytes: [UInt8]) throws(FilesError) {
    try unsafe bytes.span.withUnsafeBytes { (buffer) throws(FilesError) in
      try unsafe write(buffer)
    }
  }

  /// Writes all bytes at a place of the file; several threads may at once.
  package func write(_ bytes: UnsafeRawBufferPointer, at byteOffset: Int) throws(FilesError) {
    guard let start = bytes.baseAddress else { return }
    var written = 0
    while written < bytes.count {
      written += try retry(.write) {
        unsafe pwrite(
          descriptor,
          start + written,
          bytes.count - written,
          off_t(byteOffset + written)
        )
      }
    }
  }

  /// Writes all bytes at a place of the file; several threads may at once.
  package func write(_ bytes: [UInt8], at byteOffset: Int) throws(FilesError) {
    try unsafe bytes.span.withUnsafeBytes { (buffer) throws(FilesError) in
      try unsafe write(buffer, at: byteOffset)
    }
  }
}
