/// Why a linkage schema cannot be honoured; places are paths within it.
package enum RecordSchemaFault: Error, Hashable, Sendable {
  /// What must stand there does not.
  case missing(String)
  /// What stands there is of another kind than this program encodes to the byte.
  case unsupported(String)

  var sentence: String {
    switch self {
    case .missing(let place): "found no '\(place)', expected a linkage schema of version 3"
    case .unsupported(let place):
      "found something else at '\(place)' than can be encoded to the byte as clkhash does"
    }
  }

  var hint: String {
    switch self {
    case .missing: "is it the schema that was agreed with the partner?"
    case .unsupported:
      "version 3, blakeHash, HKDF with SHA256 and 64 bytes, n-grams and exact comparisons of strings "
        + "and integers can be, in 64 to 65536 bits"
    }
  }
}
