import Glibc

/// Reads the bytes of a pipeline file.
enum PipelineFileReading {
  /// Why a file could not be read, in words that quote nothing of it.
  struct Failure: Error, Hashable {
    let sentence: String
  }

  /// - Returns: the bytes; of a file that is too large one more than the limit, so that it shows.
  static func bytes(of path: String) throws(Failure) -> [UInt8] {
    guard !path.utf8.contains(0) else { throw Failure(sentence: "found a NUL in the path") }
    // Without O_NONBLOCK a pipe would hold us up before we know that it is one.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure(errno) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw failure(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Failure(sentence: "found no regular file, expected a pipeline file")
    }
    let limit = SourceText.sizeLimit + 1
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < limit {
      let count = unsafe buffer.withUnsafeMutableBytes { space in
        unsafe read(descriptor, space.baseAddress, space.count)
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw failure(errno) }
      guard count > 0 else { break }
      bytes.append(contentsOf: buffer[..<count])
    }
    return bytes.count > limit ? Array(bytes[..<limit]) : bytes
  }

  private static func failure(_ code: Int32) -> Failure {
    switch code {
    case ENOENT: return Failure(sentence: "there is no such file")
    case EACCES, EPERM: return Failure(sentence: "the file may not be read: permission denied")
    default:
      guard let text = unsafe strerror(code) else { return Failure(sentence: "cannot be read") }
      return unsafe Failure(
        sentence: "the file cannot be read: \(String(cString: text).lowercased())"
      )
    }
  }
}
