/// Rows of messages before they are typed: where the values of each stand.
///
/// - Note: Clear identifiers pass through here.
struct IwmoRows: Sendable {
  /// The values, one after the other.
  var bytes: [UInt8] = []
}
