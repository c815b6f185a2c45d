/// Why gzip data is refused.
package enum GzipFault: Sendable, Hashable {
  /// The name ends in `.gz`, the content is something else.
  case notGzip
  /// The content is gzip, the name does not end in `.gz`.
  case unexpectedGzip
  /// The data ends within a member.
  case truncated
  /// A header, a code or the check sum of a member is wrong.
  case corrupt
  /// After the last member stands something that is neither a member nor padding.
  case trailingBytes
  /// The data inflates to more bytes than any delivery has.
  case tooLarge(limit: Int)
  /// The data inflates to so many times its size that it is no delivery.
  case tooDense(ratioLimit: Int)
  /// Gzip within gzip.
  case nested

  var sentence: String {
    switch self {
    case .notGzip: "found other data, expected gzip as the name says"
    case .unexpectedGzip: "found gzip, expected plain data as the name says"
    case .truncated: "found the end within gzip data: the file is truncated"
    case .corrupt: "found corrupt gzip data"
    case .trailingBytes: "found other bytes after the gzip data"
    case .tooLarge(let limit): "the gzip data inflates to more than \(limit) bytes"
    case .tooDense(let limit): "the gzip data inflates to more than \(limit) times its size"
    case .nested: "found gzip within gzip"
    }
  }

  var hint: String? {
    switch self {
    case .notGzip: "name it without .gz, or ask for the delivery again"
    case .unexpectedGzip: "let its name end in .gz"
    case .truncated, .corrupt, .trailingBytes: "ask for the delivery again"
    case .tooLarge: "split the delivery over several files, or raise 'inflated' of its 'limits'"
    case .tooDense:
      "look at where the file comes from; if it is a delivery, raise 'ratio' of its 'limits'"
    case .nested: "unpack it once"
    }
  }
}
