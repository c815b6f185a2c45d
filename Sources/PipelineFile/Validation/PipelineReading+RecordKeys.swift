import Diagnostics
import Tabular

extension PipelineReading {
  /// Types whose values a file of truth can write in one way.
  private static let recordKeyTypes: [ColumnType] = [.text, .code, .name, .integer, .bsn]

  /// Checks the columns that name rows: each is of its source, and no stage sees it.
  mutating func checkRecordKeys() {
    for entry in root["ingest"]?.entries ?? [] {
      guard let value = entry.value["record_key"], let name = value.text,
        let source = draft(entry.name)
      else { continue }
      if entry.value["arrives"]?.text == "pseudonymised" {
        faults.report(
          at: value.span,
          "found a 'record_key' of source '\(entry.name)', which arrives pseudonymised",
          hint: "leave it out: its supplier has dropped the column; the number of a row names it"
        )
        continue
      }
      guard let column = source.column(name) else {
        guard source.columnsAreComplete else { continue }
        let near = nearestName(to: name, among: source.columns.map(\.name))
        faults.report(
          at: value.span,
          "source '\(entry.name)' has no column '\(name)'",
          hint: near.map { "did you mean '\($0)'?" } ?? "declare it under 'columns'"
        )
        continue
      }
      if let type = column.type, !Self.recordKeyTypes.contains(type) {
        faults.report(
          at: value.span,
          "found the record key '\(name)' of \(type.rawValue), expected it of "
            + Self.recordKeyTypes.map(\.rawValue).formattedChoice,
          hint: "declare it as text"
        )
      } else if policies.contains(where: { $0.column == name && !$0.isDropped }) {
        faults.report(
          at: value.span,
          "found the record key '\(name)', of which 'pseudonymise' leaves something",
          hint: "drop it there: what names a row for evaluate is never staged"
        )
      }
    }
  }
}
