import Diagnostics
import PipelineFile
import Tabular

extension Night {
  /// Compares headers and values with what the source declares, and weighs the differences.
  ///
  /// - Returns: the gates that failed.
  mutating func judgeDeclared(_ account: SourceAccount, of source: Source) -> [Diagnostic] {
    var gates: [Diagnostic] = []
    for finding in DriftFinding.all(account.figures.headers, source.drift) {
      let diagnostic = finding.diagnostic(at: source.place, source)
      if finding.action == .fail { gates.append(diagnostic) } else { warn(diagnostic) }
    }
    let figures = account.figures
    let retyped = RetypedColumn.all(
      source.columns,
      faulty: source.columns.map { figures.faulty[$0.name] ?? 0 },
      unknownCodes: source.columns.map { figures.unknownCodes[$0.name] ?? 0 },
      present: source.columns.map { figures.typedCount - (figures.missing[$0.name] ?? 0) }
    )
    for column in retyped where source.drift.retyped != .accept {
      let isGate = source.drift.retyped == .fail
      let diagnostic = Diagnostic(
        isGate ? .error : .warning,
        at: column.column.place,
        "source '\(source.name)': \(column.sentence)",
        hint: "koppel check --data tells what the values look like"
      )
      if isGate { gates.append(diagnostic) } else { warn(diagnostic) }
    }
    guard source.drift.unknownCode == .fail else { return gates }
    for column in source.columns where !retyped.contains(where: { $0.column.name == column.name }) {
      guard let count = figures.unknownCodes[column.name], count > 0 else { continue }
      gates.append(
        Diagnostic(
          at: column.place,
          "source '\(source.name)': \(counted(count, "value")) of '\(column.name)' are none of its "
            + "codes",
          hint: "'unknown-code: fail' is declared: add the codes, or ask the sender"
        )
      )
    }
    return gates
  }
}
