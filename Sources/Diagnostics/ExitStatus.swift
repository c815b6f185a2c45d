/// What the command returns to whoever called it; the numbers are fixed.
package enum ExitStatus: Int32, Sendable, CaseIterable {
  /// Published, or nothing to do.
  case success = 0
  /// Published with warnings; only under `--strict`.
  case warnings = 3
  /// The command line is wrong.
  case usage = 64
  /// A data gate failed: too many rejects, a check, reconciliation.
  case dataGate = 65
  /// A delivery is missing or late.
  case deliveryMissing = 66
  /// A bug of ours.
  case internalFault = 70
  /// Output cannot be made.
  case cannotCreate = 73
  /// Input or output failed.
  case inputOutput = 74
  /// Another run holds the lock.
  case lockHeld = 75
  /// The log or a file was tampered with.
  case tampered = 76
  /// A key or a privacy rule refused.
  case privacyRefused = 77
  /// The pipeline file is wrong.
  case pipelineFault = 78
}
