import Foundation
import Glibc
import TestSupport
import Testing

/// What lets a process lock memory beyond its limit, and how to be without it.
private enum Unprivileged {
  static let setpriv = "/usr/bin/setpriv"

  /// Whether this process may lock what it likes, so that a limit binds it only without that right.
  static var canTry: Bool {
    getuid() != 0 || FileManager.default.isExecutableFile(atPath: setpriv)
  }
}

@Suite("Memory that cannot be locked")
struct LockedMemoryTests {
  @Test(
    "is no memory for a key: the run ends with 77 and says which limit to raise",
    .enabled(
      if: Unprivileged.canTry,
      "root without setpriv cannot give up the right to lock memory"
    )
  )
  func refused() throws {
    let place = try CustodyCase.Place()
    try place.make()
    let good = try place.run()
    #expect(good.status == 0, "\(good.standardError)")
    try FileManager.default.removeItem(atPath: place.folder.file("keys/out"))
    var words = ["-c", "ulimit -l 0 && exec \"$0\" \"$@\""]
    if getuid() == 0 {
      words += [
        Unprivileged.setpriv, "--inh-caps=-ipc_lock", "--bounding-set=-ipc_lock", "--",
      ]
    }
    words += [try koppelPath(), "run", "keys/keys.yaml", "--set", "month=8"]
    let run = try runCommand("/bin/sh", words, in: place.folder.path)
    #expect(run.status == 77, "\(run.status): \(run.standardError)")
    #expect(run.standardError.contains("memory for a key cannot be locked"))
    #expect(run.standardError.contains("hint: raise the limit on locked memory (RLIMIT_MEMLOCK)"))
    #expect(!FileManager.default.fileExists(atPath: place.folder.file("keys/out")))
  }
}
