import Glibc

/// Who holds a lock, as the lock file tells.
package struct LockHolder: Sendable, Hashable {
  package let process: Int32
  /// When it started, UTC, such as `2026-08-31T02:00:00Z`.
  package let start: String
  package let host: String

  package init(process: Int32, start: String, host: String) {
    self.process = process
    self.start = start
    self.host = host
  }

  /// The content of a lock file: a line for each field.
  var text: String { "process \(process)\nstart \(start)\nhost \(host)\n" }

  /// Reads the content of a lock file; nil if it is not complete.
  init?(text: String) {
    var fields: [Substring: Substring] = [:]
    for line in text.split(separator: "\n") {
      guard let space = line.firstIndex(of: " ") else { return nil }
      fields[line[..<space]] = line[line.index(after: space)...]
    }
    guard let process = fields["process"].flatMap({ Int32($0) }),
      let start = fields["start"],
      text.hasSuffix("\n")
    else { return nil }
    self.init(process: process, start: String(start), host: String(fields["host"] ?? ""))
  }

  /// This process.
  static var current: LockHolder {
    var now = time(nil)
    var parts = unsafe tm()
    unsafe gmtime_r(&now, &parts)
    var bytes = [CChar](repeating: 0, count: 257)
    let start =
      unsafe strftime(&bytes, bytes.count, "%Y-%m-%dT%H:%M:%SZ", &parts) > 0
      ? String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self) : ""
    let host =
      unsafe gethostname(&bytes, bytes.count - 1) == 0
      ? String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self) : ""
    return LockHolder(process: getpid(), start: start, host: host)
  }
}
