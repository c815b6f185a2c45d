// Replaces identifying values by keyed pseudonyms while rows stream in.
//
// Owns the column policy: what is not named is dropped, what is named becomes a token, a part of
// the value, or stays. It sees clear values in memory and hands on none. It never opens a file:
// keys, clear rows and staged rows are given to it and taken from it.
//
// Order of work, for a chunk of rows: tokens (each distinct value is hashed once a run), kept
// values, identities, buckets. At the end of a source: identities in token order, rows with them,
// so that the order of the extract is lost.

package import Diagnostics

/// Why a source could not be pseudonymised.
package enum PseudonymisationError: KoppelError {
  /// The cryptography library refused; `step` names the call.
  case cryptography(step: String)
  /// A run met more distinct values or identities than fit: 2³¹.
  case tooManyValues
  /// Columns that are kept hold what leads to persons; nothing was staged.
  case identifiersKept([IdentifierFinding])
  /// A source has so few persons that a run would tell the tokens of chosen ones; nothing was staged.
  case fewPersons(source: String, minimum: Int)

  package var exitStatus: ExitStatus {
    switch self {
    case .cryptography: .internalFault
    case .tooManyValues: .inputOutput
    case .identifiersKept, .fewPersons: .privacyRefused
    }
  }

  package var diagnostics: [Diagnostic] {
    switch self {
    case .cryptography(let step):
      [Diagnostic("the cryptography library failed at \(step)")]
    case .tooManyValues:
      [Diagnostic("the extracts have more than 2 billion distinct values or identities")]
    case .identifiersKept(let findings): findings.map(\.diagnostic)
    case .fewPersons(let source, let minimum):
      [
        Diagnostic(
          "source '\(source)' has fewer than \(minimum) persons: who chooses them would learn their "
            + "tokens",
          hint:
            "'minimum_persons' in 'pseudonymise' sets another limit; made-up data has none with "
            + "a demo key (sample: true)"
        )
      ]
    }
  }
}
