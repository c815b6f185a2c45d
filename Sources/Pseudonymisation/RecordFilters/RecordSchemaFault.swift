/// Why a linkage schema cannot be honoured; places are paths within it.
package enum RecordSchemaFault: Error, Hashable, Sendable {
  /// What must stand there does not.
  case missing(String)
  /// What stands there is of another kind than this program encodes to the byte.
  case unsupported(String)
}
