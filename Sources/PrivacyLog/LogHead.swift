/// How long a log is and how its last line hashes: whoever keeps it notices a cut or changed log.
package struct LogHead: Sendable, Hashable {
  /// How many lines.
  package let size: Int
  /// The leaf hash of the last line, 64 hexadecimal digits; zeros when there is none.
  package let hash: String

  package init(size: Int, hash: String) {
    self.size = size
    self.hash = hash
  }

  /// Of a log without lines.
  package static let empty = LogHead(size: 0, hash: String(repeating: "0", count: 64))
}
