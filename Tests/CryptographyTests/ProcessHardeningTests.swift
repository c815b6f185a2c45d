import Glibc
import Testing

@testable import Cryptography

@Suite struct ProcessHardeningTests {
  @Test("a hardened process leaves no core file, and locks memory for keys as before")
  func noCoreFile() async {
    // The bans hold for a whole process: this runs in one of its own.
    await #expect(processExitsWith: .exitCode(0)) {
      try hardenProcess()
      var limit = rlimit(rlim_cur: 1, rlim_max: 1)
      guard unsafe getrlimit(__rlimit_resource_t(4), &limit) == 0 else { exit(1) }
      guard limit.rlim_cur == 0, limit.rlim_max == 0 else { exit(2) }
      let secret = try SecretBytes.random(count: 32)
      exit(secret.isAllZero ? 3 : 0)
    }
  }
}
