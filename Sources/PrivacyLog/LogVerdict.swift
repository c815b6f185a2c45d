package import Diagnostics

/// What the verification of a log found.
package struct LogVerdict: Sendable, Hashable {
  /// The path as given.
  package let path: String
  /// How many lines were followed, and the hash of the last; the whole log when there is no fault.
  package let head: LogHead
  /// Bytes after the last line end, of a write that was interrupted.
  package let tornByteCount: Int
  /// Whether the log was held against a head that was kept elsewhere.
  package let isWitnessed: Bool
  /// The first bad line; nil when the log is as it was written.
  package let fault: LogFault?

  /// The fault, and what a reader should know without it being one.
  package var diagnostics: [Diagnostic] {
    if let fault { return PrivacyLogError.tampered(path: path, fault).diagnostics }
    var warnings: [Diagnostic] = []
    if tornByteCount > 0 {
      warnings.append(
        Diagnostic(
          .warning,
          at: Place(file: path, line: head.size + 1),
          "found \(tornByteCount) bytes of a line that was never finished",
          hint: "a run was interrupted; the next one sets them apart and says so in the log"
        )
      )
    }
    if !isWitnessed {
      warnings.append(
        Diagnostic(
          .warning,
          at: Place(file: path),
          "the log was held against no manifest: a cut at its end, or all of it written anew, "
            + "would not be seen",
          hint: "give the size and head that the last run's manifest holds"
        )
      )
    }
    return warnings
  }

  /// 76 when a line is bad.
  package var exitStatus: ExitStatus { fault == nil ? .success : .tampered }
}
