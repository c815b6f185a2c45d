import PipelineFile
import Tabular

/// What is proposed for one column of an unknown file.
struct SurveyedColumn {
  /// What the pipeline would call it.
  var name: String
  /// What the file calls it; nil where its place tells.
  let header: String?
  let address: ColumnAddress?
  var type: ColumnType
  let privacyClass: PrivacyClass
  var required: Bool
  var euros = false
  var range: ClosedRange<Int64>?
  /// Texts that mean "no value" in it.
  var missing: [String] = []
  /// What was seen: counts and shapes, no doubt.
  var seen: String?
  var doubts: [String] = []
  /// The most common shapes of its values, short ones only.
  let shapes: [String]

  /// Judges a column.
  ///
  /// - Parameters:
  ///   - column: what its values look like.
  ///   - name: what the pipeline would call it.
  ///   - header: what the file calls it.
  ///   - address: where it stands, if its name does not tell.
  ///   - mark: what stands before decimals.
  init(
    _ column: SurveyColumn,
    name: String,
    header: String?,
    address: ColumnAddress?,
    mark: UInt8
  ) {
    self.name = name
    self.header = header
    self.address = address
    shapes = column.commonShapes(3).filter { $0.utf8.count <= 24 }
    let hint = SurveyHint(header ?? "")
    let verdict = SurveyVerdict(column, hint, mark: mark)
    type = verdict.type
    euros = verdict.euros
    range = verdict.range
    doubts = verdict.doubts
    var missing: [String] = []
    if verdict.type != .text, verdict.type != .name, verdict.type != .code {
      missing = column.markerCounts.keys.sorted()
    }
    self.missing = missing
    let markers = missing.isEmpty ? 0 : column.markerCounts.values.reduce(0, +)
    required = verdict.isClean && column.missingCount + markers == 0 && column.filledCount >= 20
    var least = max(type.privacyClass, hint.privacyClass ?? .plain)
    if least < .direct, column.isUnique, column.filledCount >= 20, column.longest >= 6,
      type == .text || type == .code
    {
      least = .direct
      doubts.append("every value stands once: an identifier?")
    }
    if column.counts.uuid > 0, least < .direct { least = .direct }
    privacyClass = least
    if hint.isFreeText { doubts.append("free text may name anybody: drop it, or class direct") }
    if column.filledCount == 0 { doubts.append("no value was seen") }
    if type == .code { seen = Self.codes(of: column) }
  }

  private static func codes(of column: SurveyColumn) -> String {
    let count = column.distinctCount.map { "\($0)" } ?? "many"
    let shapes = column.commonShapes(3).joined(separator: ", ")
    return "\(count) distinct values" + (shapes.utf8.count <= 60 ? ", as \(shapes)" : "")
  }

  /// Makes room for values that the reader found not to be of the type.
  mutating func demote(_ faultyCount: Int, of rowCount: Int) {
    let isRare = faultyCount * 20 <= rowCount
    if required || !isRare {
      doubts.append("\(faultyCount) of \(rowCount) values are refused as \(type.rawValue)")
    }
    required = false
    guard !isRare else { return }
    if type != .text && type != .code && type != .name { type = .text }
    range = nil
    euros = false
    missing = []
  }
}
