import Files
import Tabular

/// As staged tables and the ledger keep it; who keeps none has none.
extension PackedContent {
  var members: [String: JSONValue] {
    ["content": .string(sha256), "content_bytes": .integer(Int64(byteCount))]
  }

  /// Reads what `members` wrote; nil where it was not written.
  init?(members json: JSONValue) {
    guard let sha256 = json["content"]?.stringValue,
      let byteCount = json["content_bytes"]?.integerValue
    else { return nil }
    self.init(sha256: sha256, byteCount: Int(byteCount))
  }
}
