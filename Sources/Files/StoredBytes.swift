import Glibc

/// The bytes of a file as they are stored, digested while they are read.
struct StoredBytes: ~Copyable {
  /// The SHA-256 of all bytes, in hexadecimal; nil before the end was read.
  private(set) var sha256: String?
  private(set) var byteCount = 0

  /// Bytes that are still in the cache when they are digested.
  static let sliceLength = 1 << 18

  private let file: OpenFile
  private let stampAtStart: FileStamp
  private var digest: StoredDigest

  init(path: String) throws(FilesError) {
    let file = try OpenFile(reading: path, followingLinks: false)
    let stamp = FileStamp(try file.status())
    digest = try StoredDigest(path: path)
    stampAtStart = stamp
    // Only advice: that it fails changes nothing but the speed. A small file is read at once.
    if stamp.byteCount > Self.sliceLength {
      _ = posix_fadvise(file.descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    }
    self.file = file
  }

  var path: String { file.path }

  /// Whether the first two bytes are those of gzip (RFC 1952).
  func startWithGzipMagic() throws(FilesError) -> Bool {
    var magic: [UInt8] = [0, 0]
    var span = magic.mutableSpan
    let count = try unsafe span.withUnsafeMutableBytes { (buffer) throws(FilesError) in
      try unsafe file.read(at: 0, into: buffer)
    }
    return count == 2 && magic == gzipMagic
  }

  /// Fills the buffer unless the end comes first; 0 at the end.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(FilesError) -> Int {
    guard sha256 == nil else { return 0 }
    var filled = 0
    while filled < buffer.count {
      // No more than the file should have: its status then tells whether that is all.
      let left = stampAtStart.byteCount - byteCount
      let length = min(buffer.count - filled, left > 0 ? min(left, Self.sliceLength) : 1)
      let end = filled + length
      let slice = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<end])
      let count = try unsafe file.read(into: slice)
      try unsafe digest.update(UnsafeRawBufferPointer(rebasing: slice[..<count]))
      filled += count
      byteCount += count
      if count < slice.count || byteCount == stampAtStart.byteCount && filled < buffer.count {
        try checkEnd()
        break
      }
    }
    return filled
  }

  private mutating func checkEnd() throws(FilesError) {
    // A delivery that is still being copied would pass as a short one.
    let stamp = FileStamp(try file.status())
    guard stamp == stampAtStart, stamp.byteCount == byteCount else {
      throw .changedWhileRead(path: path)
    }
    sha256 = try digest.finish()
  }
}

/// How a gzip member begins (RFC 1952).
let gzipMagic: [UInt8] = [0x1F, 0x8B]
