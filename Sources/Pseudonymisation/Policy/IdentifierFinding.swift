package import Diagnostics

/// A kept column holds what leads to persons; counts alone.
package struct IdentifierFinding: Sendable, Hashable {
  package let source: String
  /// Its staged name.
  package let column: String
  package let cause: Cause

  /// What was found.
  package enum Cause: Sendable, Hashable {
    /// Of the distinct numbers of eight or nine digits, so many pass the test of a BSN.
    case numbers(passing: Int, count: Int, isCertain: Bool)
    /// So many distinct texts have this form.
    case form(IdentifierForm, count: Int)
  }

  /// Whether the run may not go on.
  package var stops: Bool {
    switch cause {
    case .numbers(_, _, let isCertain): isCertain
    case .form: true
    }
  }

  /// What the user is told.
  package var diagnostic: Diagnostic {
    let place = "source '\(source)': kept column '\(column)'"
    switch cause {
    case .numbers(let passing, let count, let isCertain):
      return Diagnostic(
        isCertain ? .error : .warning,
        "\(place): \(passing) of \(count) distinct numbers of eight or nine digits pass the test of "
          + "a BSN; chance gives one in eleven",
        hint: isCertain
          ? "declare the column as bsn and give it a token, or drop it; numbers of organisations are "
            + "kept with {keep: value, reviewed: \"why\"}"
          : "look at the column; if it holds BSNs, declare it as bsn or drop it"
      )
    case .form(let form, let count):
      return Diagnostic(
        "\(place): found \(form.name) in \(count) distinct \(count == 1 ? "value" : "values")",
        hint: "drop the column, or keep the part of it that tells nobody"
      )
    }
  }
}
