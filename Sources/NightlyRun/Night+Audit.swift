import DisclosureControl
import PipelineFile
import Tabular

/// Our own attack on the tables of a release, before anyone sees them.
extension Night {
  /// Attacks tables where the user asks; and always where they were protected against it.
  ///
  /// - Returns: nil where nobody asks.
  /// - Throws: `unprotected` where suppression left a number that can be worked out: a fault of ours
  ///   that must not be published.
  func inspected(
    _ release: CountedRelease,
    _ published: [ProtectedTable],
    since earlier: [EarlierRelease]
  ) throws -> ReleaseAudit? {
    let policy = pipeline.aggregate.protect
    switch policy.method {
    case .suppress: break
    case .hide where options.isAuditing, .round where options.isAuditing,
      .cellKey where options.isAuditing:
      break
    case .hide, .round, .cellKey: return nil
    }
    let audit = try DisclosureControl.audit(
      release.cells,
      pieces: release.pieces,
      published: published,
      policy,
      since: earlier,
      listing: options.isAuditing,
      workers: options.workers
    )
    if audit.atRisk > 0, !options.isAuditing {
      throw DisclosureControlError.unprotected(
        count: audit.atRisk,
        tables: release.cells.map(\.name)
      )
    }
    return audit
  }
}
