package import Tabular

/// Why a message in an envelope of the GGk is refused.
package enum EnvelopeFault: Sendable, Hashable {
  /// The envelope holds no message, or something besides it.
  case empty
  /// The message is not base64, or ends within a character of it.
  case base64
  /// The message takes more bytes of base64 than the limit.
  case length(limit: Int)
  /// The envelope does not name what is inside.
  case function
  /// The envelope holds another.
  case envelope

  /// What was found, and what was expected.
  package var sentence: String {
    switch self {
    case .empty: "found an envelope without one message, expected it in xmlBestand or tekstBestand"
    case .base64: "found an envelope whose message is not base64"
    case .length(let limit): "found a message of more than \(limit) bytes in an envelope"
    case .function: "found another message in the envelope than its functie names"
    case .envelope: "found an envelope in an envelope, expected a message"
    }
  }

  /// The reason that the rows of the message are counted under.
  package var reason: RejectReason {
    switch self {
    case .empty, .base64: .malformed
    case .length: .limit
    case .function, .envelope: .version
    }
  }
}
