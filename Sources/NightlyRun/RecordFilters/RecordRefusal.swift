/// Why filters of records may not leave.
package enum RecordRefusal: Sendable {
  /// Too few, or too much alike, for made-up ones to hide among them.
  case fewRecords(count: Int)
  /// The share of bits that are set is not in `RecordFilterForm.fill`; in ten-thousandths.
  case fill(Int)
}
