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
    let retyped = figures.retyped(of: source)
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
    guard source.drift.unknownCode != .accept else { return gates }
    for column in source.columns where !retyped.contains(where: { $0.column.name == column.name }) {
      guard let count = figures.unknownCodes[column.name], count > 0 else { continue }
      let isGate = source.drift.unknownCode == .fail
      let diagnostic = Diagnostic(
        isGate ? .error : .warning,
        at: column.place,
        "source '\(source.name)': \(counted(count, "value")) of '\(column.name)' "
          + "\(count == 1 ? "is" : "are") none of its codes",
        hint: isGate
          ? "'unknown-code: fail' is declared: add the codes, or ask the sender"
          : "add the codes, ask the sender, or say 'drift: {unknown-code: accept}'"
      )
      if isGate { gates.append(diagnostic) } else { warn(diagnostic) }
    }
    return gates
  }
}
