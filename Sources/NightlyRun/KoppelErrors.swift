package import Cryptography
package import Diagnostics
package import DisclosureControl
package import PopulationTables
package import Pseudonymisation

// Modules that see neither files nor users name what went wrong; here it is told.

extension CryptographyError: KoppelError {
  package var exitStatus: ExitStatus {
    switch self {
    case .memoryLock, .dumpsAllowed, .selfTest, .halves, .seed: .privacyRefused
    case .library, .random, .emptyField, .longField: .internalFault
    }
  }

  package var diagnostics: [Diagnostic] {
    let hint: String? =
      switch self {
      case .memoryLock: "raise the limit on locked memory (ulimit -l, LimitMEMLOCK= of the unit)"
      case .selfTest: "install OpenSSL 3.0.3 or later"
      default: nil
      }
    return [Diagnostic(description, hint: hint)]
  }
}

extension StandardisationError: KoppelError {
  package var exitStatus: ExitStatus { .internalFault }

  package var diagnostics: [Diagnostic] {
    switch self {
    case .table(let line):
      [Diagnostic("line \(line) of the standardisation table is not understood")]
    case .cryptography(let error): error.diagnostics
    }
  }
}

extension PopulationTablesError: KoppelError {
  package var exitStatus: ExitStatus {
    switch self {
    case .overflow, .tooManyCells, .standard: .dataGate
    case .noColumn, .noSource, .typeMismatch, .segments, .totals: .internalFault
    case .malformed: .inputOutput
    case .unreadable(_, _, let reason):
      (reason as? any KoppelError)?.exitStatus ?? .inputOutput
    }
  }

  package var diagnostics: [Diagnostic] {
    switch self {
    case .overflow(let column):
      [
        Diagnostic(
          "the numbers of '\(column)' are too large for 64 bits",
          hint: "look for amounts that cannot be; a range on the column rejects them"
        )
      ]
    case .tooManyCells(let table):
      [
        Diagnostic(
          "table '\(table)' has more combinations of labels than can be numbered",
          hint: "cut it by fewer columns, or by bands"
        )
      ]
    case .noColumn(let name): [Diagnostic("the staged tables have no column '\(name)'")]
    case .noSource(let name): [Diagnostic("no source '\(name)' is staged")]
    case .typeMismatch(let column): [Diagnostic("'\(column)' yields another type than expected")]
    case .segments(let column):
      [
        Diagnostic(
          "the segments do not add up to the persons by '\(column)': somebody is in none or in two"
        )
      ]
    case .totals(let table):
      [Diagnostic("a total of table '\(table)' is not the sum of what it adds up")]
    case .standard(let measure, let count):
      [
        Diagnostic(
          "the standard population of '\(measure)' lacks \(count == 1 ? "a stratum" : "\(count) strata") that "
            + "residents are in",
          hint: "add a row for each to its file; a weight of 0 leaves a stratum out"
        )
      ]
    case .malformed(let source):
      [
        Diagnostic(
          "the staged table of source '\(source)' does not fit itself",
          hint: "run again with --fresh"
        )
      ]
    case .unreadable(let source, let group, let reason):
      (reason as? any KoppelError)?.diagnostics
        ?? [Diagnostic("group \(group) of source '\(source)' cannot be read")]
    }
  }
}

extension DisclosureControlError: KoppelError {
  package var exitStatus: ExitStatus {
    switch self {
    case .overflow, .tooManyCells: .dataGate
    case .contradiction: .internalFault
    case .noise: .pipelineFault
    case .unprotected: .privacyRefused
    }
  }

  package var diagnostics: [Diagnostic] {
    switch self {
    case .overflow(let figure): PopulationTablesError.overflow(column: figure).diagnostics
    case .contradiction(let table):
      [
        Diagnostic(
          "the totals of table '\(table)' and of those beside it do not fit each other",
          hint: "this is a bug of ours; nothing is published"
        )
      ]
    case .tooManyCells(let table, let limit):
      [
        Diagnostic(
          "table '\(table)' has more than \(grouped(limit)) combinations of labels, and with "
            + "zeros: hide each is a row",
          hint: "cut it by fewer columns, or by bands"
        )
      ]
    case .unprotected(let count, let tables) where tables.isEmpty:
      [
        Diagnostic(
          "\(counted(count, "number")) of earlier releases could be worked out, whatever is hidden tonight",
          hint: "take what must be shown from 'keep' and 'open'"
        )
      ]
    case .unprotected(let count, let tables):
      [
        Diagnostic(
          "\(counted(count, "number")) of too few persons could be worked out, whatever else is hidden: "
            + tables.map { "'\($0)'" }.joined(separator: ", "),
          hint: "cut these tables less finely, or take what they must show from 'keep' and 'open'"
        )
      ]
    case .noise(let count, let bits):
      [
        Diagnostic(
          "a count of \(count) "
            + (bits.map { "would be moved by \(fixed($0, places: 2)) bits" }
              ?? "cannot be moved with that variance")
            + ", expected at least 1 bit",
          hint:
            "choose another 'variance' for 'at_most' and 'gap'; those of a row that is too sure "
            + "are as good as plain rounding"
        )
      ]
    }
  }
}
