package import Diagnostics

/// What the verification of a log found.
package struct LogVerdict: Sendable, Hashable {
  /// The path as given.
  package let path: String
  /// How many lines were followed, and the hash of the last; the whole log when there is no fault.
  package let head: LogHead
  /// Bytes after the last line end, of a write that was interrupted.
  package let tornByteCount: Int
  /// Whether the log was held against what was kept elsewhere: a witness, or a head.
  package let isWitnessed: Bool
  /// The first bad line; nil when the log is as it was written.
  package let fault: LogFault?
  /// How many checkpoints beside the log hold.
  package let checkpointCount: Int
  /// How many lines the last of them covers.
  package let sealedSize: Int
  /// How many published folders are what the log says.
  package let publishedCount: Int
  /// What a reader should know without it being a fault.
  package let remarks: [Diagnostic]

  /// The fault, or what a reader should know without it being one.
  package var diagnostics: [Diagnostic] {
    if let fault { return PrivacyLogError.tampered(path: path, fault).diagnostics }
    return remarks
  }

  /// 76 when a line is bad, 77 when a key was used outside its life.
  package var exitStatus: ExitStatus { fault?.exitStatus ?? .success }
}
