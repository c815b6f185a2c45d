import Glibc

/// Ends a crash with one sentence and status 70.
enum CrashHandler {
  static func install() {
    // The runtime's handler prints the memory behind every register; a canary BSN came out.
    for number in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] {
      signal(number) { _ in
        let sentence: StaticString = """
          koppel: error: this is a bug of ours; no table is half published
          hint: run it again; what was staged is kept. Please report it with the command you gave

          """
        unsafe _ = write(2, sentence.utf8Start, sentence.utf8CodeUnitCount)
        _exit(70)
      }
    }
    // A reader that went away is an error of the write, told as such.
    signal(SIGPIPE, SIG_IGN)
    // So is a file that may not grow.
    signal(SIGXFSZ, SIG_IGN)
  }
}
