import PipelineFile

/// A layout as a source reads it: which fields of which record go to which declared column.
///
/// A class: each record looks at it, and a copy would count the references of all its lists.
final class VektisColumns: Sendable {
  let layout: VektisLayout
  let columnCount: Int
  /// Of record 01, 02 and 04.
  let opening: [EiField]
  let insured: [EiField]
  let activity: [EiField]
  /// Of record 06, for the first of an activity.
  ///
  /// They fill columns of their own, from 0.
  let tariff: [EiField]
  /// The declared columns that the fields of `tariff` go to, one each.
  let tariffColumns: [Int]
  let amounts: [Int]
  let careTypes: [Int]
  /// For each record type its last byte before the filler; 0 where it may not stand in a claim.
  let ends: [Int]

  init(_ layout: VektisLayout, columns: [SourceColumn]) {
    self.layout = layout
    columnCount = columns.count
    var fields: [Int: [EiField]] = [:]
    var tariffColumns: [Int] = []
    for (number, column) in columns.enumerated() {
      for field in layout.fields where field.column == column.sourceName {
        let slot = field.record == 6 ? tariffColumns.count : number
        if field.record == 6 { tariffColumns.append(number) }
        fields[field.record, default: []].append(
          EiField(column: slot, bytes: field.bytes, form: field.form)
        )
      }
    }
    opening = fields[1] ?? []
    insured = fields[2] ?? []
    activity = fields[4] ?? []
    tariff = fields[6] ?? []
    self.tariffColumns = tariffColumns
    amounts = columns.indices.filter { columns[$0].sourceName == "amount" }
    careTypes = columns.indices.filter { columns[$0].sourceName == "care_type" }
    var ends = [Int](repeating: 0, count: 100)
    for (record, end) in layout.ends { ends[record] = end }
    self.ends = ends
  }
}
