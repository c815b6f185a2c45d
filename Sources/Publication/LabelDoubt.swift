package import Diagnostics
package import DisclosureControl
import Tabular

/// A reason to look at the labels of a dimension before others read them.
package struct LabelDoubt: Sendable, Hashable {
  /// What a label may be taken for.
  package enum Kind: String, Sendable, CaseIterable {
    /// Begins with `=`, `+`, `-`, `@`, a tab or a line end: a spreadsheet may run it as a formula.
    case formula
    /// Is `total`, the label of the rows that add up.
    case total
  }
  package let dimension: String
  package let kind: Kind
  package let labelCount: Int

  /// The warning to a steward; it holds names and counts, no label.
  ///
  /// - Parameter table: the name of the table.
  /// - Returns: a warning without place.
  package func diagnostic(in table: String) -> Diagnostic {
    let subject = labelCount == 1 ? "1 label" : "\(labelCount) labels"
    let what =
      switch kind {
      case .formula: "that a spreadsheet may run as a formula"
      case .total: "that look like those of totals"
      }
    return Diagnostic(
      .warning,
      "table '\(escapedForTerminal(table))': found \(subject) of '\(escapedForTerminal(dimension))' "
        + what,
      hint: kind == .formula
        ? "open the file as text, or give the column codes of its own with 'values'" : nil
    )
  }
}

/// Labels of a table that a reader may take for something else, counted, never quoted.
///
/// - Returns: in dimension order; empty for a table without doubt.
/// - Complexity: O(*labels*).
package func labelDoubts(of table: ProtectedTable) -> [LabelDoubt] {
  table.dimensions.flatMap { dimension in
    LabelDoubt.Kind.allCases.compactMap { kind in
      let count = dimension.labels.count { label in
        switch kind {
        case .formula: label.utf8.first.map { formulaStarts.contains($0) } ?? false
        case .total: label == "total"
        }
      }
      return count == 0
        ? nil : LabelDoubt(dimension: dimension.name, kind: kind, labelCount: count)
    }
  }
}

private let formulaStarts = Array("=+-@\t\r\n".utf8)
