package import Diagnostics
import Glibc

extension FilesError: KoppelError {
  /// The path that the error is about.
  package var path: String {
    switch self {
    case .system(_, let path, _), .notRegularFile(let path, _), .notFolder(let path),
      .foreignFolder(let path), .nameNotUTF8(let path), .gzip(_, let path, _),
      .unexpectedEnd(let path, _), .changedWhileRead(let path),
      .libraryUnavailable(_, let path), .stagedTable(let path, _), .journal(let path, _),
      .lockHeld(let path, _):
      path
    }
  }

  package var diagnostics: [Diagnostic] {
    [Diagnostic(at: Place(file: path), sentence, hint: hint)]
  }

  package var exitStatus: ExitStatus {
    switch self {
    case .system(let operation, _, let code):
      // EIO and want of memory or descriptors say nothing about the place of the output.
      let fault = [EIO, ENOMEM, EMFILE, ENFILE, EBADF, ESTALE].contains(code)
      return operation.makesOutput && !fault ? .cannotCreate : .inputOutput
    case .notFolder, .foreignFolder: return .cannotCreate
    case .gzip: return .dataGate
    case .lockHeld: return .lockHeld
    case .journal: return .tampered
    // A file that grows has not come yet.
    case .changedWhileRead: return .deliveryMissing
    case .notRegularFile, .nameNotUTF8, .unexpectedEnd, .libraryUnavailable, .stagedTable:
      return .inputOutput
    }
  }

  private var sentence: String {
    switch self {
    case .system(let operation, _, let code):
      return "cannot \(operation.rawValue): \(errorSentence(code)) (\(errorName(code)))"
    case .notRegularFile(_, let found):
      return "found \(found.rawValue), expected a regular file"
    case .notFolder:
      return "found a file, expected a folder"
    case .foreignFolder:
      return "found a folder with files of others, expected none or one that a run published"
    case .nameNotUTF8:
      return "found a file name that is not UTF-8"
    case .gzip(let fault, _, let byteOffset):
      return "\(fault.sentence) (at byte \(byteOffset))"
    case .unexpectedEnd(_, let byteOffset):
      return "found the end at byte \(byteOffset), expected more"
    case .changedWhileRead:
      return "the file changed while it was read: it is still being written"
    case .libraryUnavailable(let name, _):
      return "\(name) could not be started"
    case .stagedTable(_, let fault):
      return "found a staged table that cannot be used: \(fault)"
    case .journal(_, let fault):
      return "found a ledger that cannot be trusted: \(fault)"
    case .lockHeld(_, let holder):
      guard let holder else { return "another run holds the lock" }
      let place = holder.host.isEmpty ? "" : " on \(escapedForTerminal(holder.host))"
      return "another run holds the lock: process \(holder.process)\(place), "
        + "since \(escapedForTerminal(holder.start))"
    }
  }

  private var hint: String? {
    switch self {
    case .system(_, _, ENOSPC), .system(_, _, EDQUOT):
      return "the disk is full: free some space and run again"
    case .system(let operation, _, EROFS) where operation.makesOutput:
      return "the disk is mounted read-only"
    case .system(.rename, _, EBUSY):
      return "a disk is mounted there, which cannot be replaced: publish to a folder within it"
    case .system(_, _, EACCES), .system(_, _, EPERM):
      return "look at the owner and the permissions of the file and of its folders"
    case .notRegularFile(_, .symbolicLink):
      return "put the file itself there"
    case .journal:
      return
        "put back a copy of it, an older one without the file '.end' beside it; or move it away, "
        + "and what it knew is known no more"
    case .foreignFolder:
      return "publish to a folder of its own: what is in it is replaced as a whole"
    case .gzip(let fault, _, _):
      return fault.hint
    case .stagedTable:
      return "run again with --fresh; it is made anew from the extracts"
    case .changedWhileRead:
      return "wait until the delivery is complete, then run again"
    case .lockHeld:
      return "wait until it ends, or choose another folder with --work"
    default:
      return nil
    }
  }
}
