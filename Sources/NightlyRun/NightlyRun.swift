// The run: from a pipeline file to published tables.
//
// Owns the order of work, the lock, the work folder, resuming, the gates and the accounts. It holds
// no rule of its own about data: what a row is, a token, a link, a cell or a protected cell is
// decided by the module of that stage.
//
// Order of work: the plan is complete and valid before the first data byte is read; the log says
// that the run has begun before a key is opened; tables appear together at the very end.

package import Diagnostics
package import DisclosureControl

/// What a user asked of a run.
package struct RunOptions: Sendable {
  /// Variables given by `--set`.
  package var settings: [String: String] = [:]
  /// Stop after this stage.
  package var only: RunStage?
  /// Take what the stages before this one left, and refuse when it is not current.
  package var from: RunStage?
  /// How many threads; at least 1.
  package var workers = 1
  /// Forget what earlier runs staged.
  package var fresh = false
  /// The work folder; nil: `.koppel/<pipeline>` beside the pipeline file.
  package var workFolder: String?
  /// Attack the tables instead of publishing them.
  package var isAuditing = false
  /// Warnings end the command with status 3.
  package var strict = false

  package init() {}
}

/// A stage of the pipeline file, in the order of the data.
package enum RunStage: String, Sendable, CaseIterable, Comparable {
  case ingest
  case pseudonymise
  case link
  case aggregate
  case publish

  package static func < (left: RunStage, right: RunStage) -> Bool {
    (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
  }
}

/// What a run tells while it works; implemented by the command.
package protocol RunObserver: Sendable {
  /// A stage or a part of one is done.
  func note(_ sentence: String)
  /// A warning to show.
  func warn(_ diagnostic: Diagnostic)
  /// How far the reading of a source is, for a progress line: called often.
  func progress(_ subject: String, rows: Int)
}

/// How a run ended.
package struct RunOutcome: Sendable {
  package let exitStatus: ExitStatus
  /// Where the tables stand; nil when nothing was published.
  package let publishedFolder: String?
  /// Name, file and shown and hidden values of each published table.
  package let tables: [(name: String, file: String, cells: Int, hidden: Int)]
  package let warningCount: Int
  /// What an attack on the tables came to; nil where none was made.
  package var audit: ReleaseAudit? = nil
}
