import Diagnostics

/// The first line of a log that is not as it was written.
package struct LogFault: Error, Sendable, Hashable {
  /// Counts from 1; of a cut log, the first line that is missing; 0 for a file beside the log.
  package let line: Int
  package let cause: Cause
  /// The file beside the log that is bad; nil when it is the log.
  package let file: String?

  package init(line: Int, cause: Cause) {
    self.line = line
    self.cause = cause
    file = nil
  }

  /// A file beside the log.
  init(file: String, cause: Cause) {
    line = 0
    self.cause = cause
    self.file = file
  }

  /// How it is seen.
  package enum Cause: Error, Sendable, Hashable {
    /// The line is not one canonical JSON object.
    case notCanonical
    /// One of the fields that every line has is missing.
    case fieldMissing
    /// A field that every line has holds something else than it may.
    case field(String)
    /// The line is longer than any that is written.
    case tooLong
    /// The first line does not begin a log.
    case notCreated
    /// A second `log.created`.
    case createdAgain
    /// The line has the number of another: lines were removed, repeated, inserted or swapped.
    case sequence(found: Int)
    /// The line's hash is not the one that the next line, or the expected head, keeps of it.
    case changed
    /// The log ends before this line.
    case cut(found: Int, expected: Int)
    /// The first line is not the one that the origin of a checkpoint names.
    case otherOrigin
    /// The lines up to there are not those that a checkpoint was signed over.
    case notSigned(through: Int)
    /// The lines up to there are not those that a witness saw.
    case notWitnessed(through: Int)
    /// A run ended, and what it wrote was not signed.
    case unsealed
    /// A second run whose lines no checkpoint covers; the first line of the first.
    case unsignedRun(after: Int)
    /// No log, or none that is signed, where paths tell of earlier runs.
    case begunAgain([String])
    /// A checkpoint or proof that cannot be read, or is of another size or log.
    case checkpointForm
    /// A checkpoint that the log's key did not sign.
    case unknownSigner
    /// A proof that proves nothing.
    case proof
    /// A witness's signature that is not valid.
    case cosignature
    /// A witness saw another log of this pipeline.
    case otherLog
    /// Another key signs from here on than the one that the witness pinned.
    case otherSigner
    /// The log of another pipeline than the one that would add to it.
    case otherPipeline
    /// A published file that is not what the log says has left.
    case output(String)
    /// A published folder of a run that the log knows nothing of.
    case unknownOutput
    /// A key was used after its end; the line tells where that stands.
    case keyState(String, since: Int)
  }
}

extension LogFault {
  /// 77 for a key that was used when it might not be; everything else is tampering.
  var exitStatus: ExitStatus {
    if case .keyState = cause { .privacyRefused } else { .tampered }
  }

  /// Found this, expected that.
  var sentence: String {
    switch cause {
    case .notCanonical: "found no canonical JSON object, as every line of the log is"
    case .fieldMissing: "found a line without one of v, seq, ts, run, event, outcome, prev"
    case .field(let name): "found a line whose '\(name)' is not of its form"
    case .tooLong: "found a line longer than any that koppel writes"
    case .notCreated: "found another first line than log.created"
    case .createdAgain: "found log.created again: a log begins once"
    case .sequence(let found):
      "found the line with number \(found) in its place: lines were removed, added or moved"
    case .changed: "the line was changed after it was written"
    case .cut(let found, let expected): "the log ends after \(found) lines, expected \(expected)"
    case .otherOrigin: "the first line is not the one that the checkpoints name"
    case .notSigned(line): "the line is not the one that the checkpoint was signed over"
    case .notSigned(let last):
      "the lines from here to \(last) are not those that the checkpoint was signed over"
    case .notWitnessed(line): "the line is not the one that the witness saw"
    case .notWitnessed(let last):
      "the lines from here to \(last) are not those that the witness saw"
    case .unsealed: "what the run did was not signed: no checkpoint covers its lines up to here"
    case .unsignedRun(let first):
      "found a second run that no checkpoint covers, expected at most the one from line \(first) on: "
        + "each run signs what it finds before it begins"
    case .begunAgain(let remnants):
      "found no log, and of earlier runs \(Self.listed(remnants)): expected the log that tells of them"
    case .checkpointForm: "found no checkpoint of this log and size"
    case .unknownSigner: "found a checkpoint that is not signed by the key that the log names"
    case .proof: "the proof does not lead to the lines of the log"
    case .cosignature: "found a signature of the witness that is not valid"
    case .otherLog: "the witness saw another log of this pipeline"
    case .otherSigner: "another key signs from here on than the one that the witness pinned"
    case .otherPipeline: "the log is that of another pipeline"
    case .output(let name): "'\(name)' is not what the log says was published"
    case .unknownOutput: "found tables of a run of which the log does not say that it published"
    case .keyState(let state, let line):
      "a key was used that is \(state) since line \(line)"
    }
  }

  /// What to do about it.
  var hint: String {
    switch cause {
    case .keyState: "tell the privacy officer"
    case .begunAgain:
      "give --work as those runs did, or put the log back from a backup; if it is lost, tell the privacy "
        + "officer, then set all of that aside: a new log does not vouch for it"
    default: "keep the file as it is, and tell the privacy officer; a backup shows what it said"
    }
  }

  /// The first few of some paths.
  static func listed(_ paths: [String]) -> String {
    let told = paths.prefix(3).map { "'\(escapedForTerminal($0))'" }.joined(separator: ", ")
    return paths.count > 3 ? "\(told) and \(paths.count - 3) more" : told
  }
}
