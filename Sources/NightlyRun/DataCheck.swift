package import Diagnostics
package import PipelineFile

/// What lies in the inbox, and whether its first rows are what the pipeline declares.
///
/// Reads no key and writes nothing. Control totals are not checked: they need whole files.
package struct DataCheck: Sendable {
  /// In the order of the pipeline.
  let sources: [SourceCheck]

  /// Looks at the inbox of every source.
  ///
  /// - Throws: `FilesError`, when a folder cannot be read.
  package init(_ pipeline: Pipeline) throws {
    sources = try pipeline.sources.map {
      try SourceCheck($0, lastDay: pipeline.latestBirthDay)
    }
  }

  /// A line a source: what lies there, and what its first rows came to.
  package var rows: [[String]] {
    [["source", "read", "files", "bytes", "newest", "rows", "rejected", "kinds"]]
      + sources.map(\.row)
  }

  /// What was found, in the order of the pipeline.
  package var diagnostics: [Diagnostic] { sources.flatMap(\.findings) }

  /// Files that are not there come first, as in a run.
  package var exitStatus: ExitStatus {
    if sources.contains(where: \.isMissing) { return .deliveryMissing }
    return diagnostics.contains { $0.severity == .error } ? .dataGate : .success
  }
}
