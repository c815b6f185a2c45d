/// Rows of messages before they are typed: where the values of each stand.
///
/// - Note: Clear identifiers pass through here.
struct IwmoRows: Sendable {
  /// The values, one after the other.
  var bytes: [UInt8] = []
  /// Offset · 2³² + length in `bytes`, for each row and declared column; 0 has no value.
  var values: [UInt64] = []
  var rows: [Row] = []
  var skipped: [SkipReason: Int] = [:]

  /// Stands for `status` in a row that corrects another, whether or not the source declares it.
  static let statusColumn = -2

  struct Row: Sendable {
    let file: Int
    let line: Int
    /// A `Fault` of the row itself, and the declared column it is in, -1 or `statusColumn`.
    var fault: UInt8
    var faultColumn: Int
  }
}
