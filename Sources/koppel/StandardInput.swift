import Cryptography
import Files
import Glibc

/// What nobody may see or find in a history: read from standard input alone, into locked memory.
enum StandardInput {
  /// Reads up to the end of a line or of the input, at most so many bytes; a terminal does not show
  /// them.
  ///
  /// - Returns: `limit` bytes, zeros behind what was read; all of it where there is more.
  /// - Throws: `FilesError`, `CryptographyError`.
  static func secret(limit: Int) throws -> (bytes: SecretBytes, count: Int) {
    var before = termios()
    let isTerminal = unsafe tcgetattr(0, &before) == 0
    if isTerminal {
      var silent = before
      silent.c_lflag &= ~tcflag_t(ECHO)
      _ = unsafe tcsetattr(0, TCSAFLUSH, &silent)
    }
    defer { if isTerminal { _ = unsafe tcsetattr(0, TCSAFLUSH, &before) } }
    var count = 0
    var code: Int32 = 0
    let bytes = try unsafe SecretBytes(count: limit) { (memory) throws(CryptographyError) in
      guard let start = memory.baseAddress else { return }
      while count < limit {
        let found = unsafe Glibc.read(0, start + count, limit - count)
        if found < 0, errno == EINTR { continue }
        if found < 0 { code = errno }
        guard found > 0 else { return }
        count += found
        // A line is enough: nobody at a terminal ends the input after it.
        if unsafe memory[count - 1] == 0x0A { return }
      }
    }
    guard code == 0 else { throw FilesError.system(.read, path: "standard input", code: code) }
    return (bytes, count)
  }
}
