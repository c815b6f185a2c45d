/// What is done when a file is not what its source declares.
package struct DriftPolicy: Sendable, Hashable {
  /// What a change of one kind costs.
  package enum Action: String, Sendable, CaseIterable, Comparable {
    /// The run goes on.
    case accept
    /// The run goes on and tells.
    case warn
    /// The run stops with the status of a data gate.
    case fail

    /// The lenient one is less.
    package static func < (left: Action, right: Action) -> Bool {
      (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
  }

  /// A column that is not declared, or was not there before; it is not read.
  package var new = Action.warn
  /// Whether the source names every column that there should be.
  ///
  /// It does with a contract, or where it says what a new one costs. Others read what they name, of
  /// whatever is there.
  package var namesAllColumns = false
  /// A declared column that is not there; a required one always refuses the file.
  package var missing = Action.fail
  /// A declared column that seems to have another name now.
  ///
  /// By default it refuses: to take one column for another is the sender's decision, not a guess.
  package var renamed = Action.fail
  /// A column of which most values are not of its type.
  package var retyped = Action.fail
  /// A code that is not among the column's values.
  package var unknownCode = Action.warn

  package init() {}
}
