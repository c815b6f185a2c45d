import Glibc

/// The lock of a run that never ends, for scripts that begin a second one.
final class HeldLock: Sendable {
  private let descriptor: Int32

  /// Makes the lock file and locks it as a run does.
  init(_ path: String) throws(ScriptFailure) {
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw ScriptFailure(line: 0, sentence: "\(path) cannot be locked")
    }
    let text: StaticString = "process 4711\nstart 2026-08-31T02:00:00Z\nhost night\n"
    unsafe _ = write(descriptor, text.utf8Start, text.utf8CodeUnitCount)
  }

  deinit { close(descriptor) }
}
