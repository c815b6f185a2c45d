package import Diagnostics

/// A case of `tests`: made-up rows, and what must come of them.
package struct PipelineCase: Sendable {
  package let name: String
  /// In file order; a source that is not named has no rows.
  package let given: [GivenRows]
  package let expected: CaseExpectation
  package let place: Place
}

/// The rows that a case gives a source.
package struct GivenRows: Sendable {
  package let source: String
  /// Values as the extract writes them, by the name of the column; what is left out is missing.
  package let rows: [[String: String]]
}

/// What must come of the rows of a case; a field that is not named is not compared.
package struct CaseExpectation: Sendable {
  /// A row, by the names of its fields.
  package struct Row: Sendable {
    /// In file order, each name once.
    package let fields: [(name: String, text: String)]

    package init(fields: [(name: String, text: String)]) { self.fields = fields }

    package subscript(name: String) -> String? { fields.first { $0.name == name }?.text }
  }

  /// With fields `source`, `linked`, `unlinked`; empty when links are not looked at.
  package var links: [Row] = []
  /// With fields `source`, `row`, `column`, `reason`: all that may be rejected.
  package var rejects: [Row] = []
  /// In file order; a table without rows must have none.
  package var tables: [(name: String, rows: [Row])] = []

  package init() {}
}
