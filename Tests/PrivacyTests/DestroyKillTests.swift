import Foundation
import Glibc
import TestSupport
import Testing

@Suite("A key whose destruction is killed")
struct DestroyKillTests {
  @Test("is destroyed by the same call again, wherever it stopped")
  func finishes() throws {
    let keys = repositoryRoot() + "/Tests/EndToEndTests/Scripts/keys"
    let destroy = [
      "key", "destroy", "keys/keys.yaml", "region", "--generation", "1", "--yes", "--set",
      "month=8",
    ]
    for turn in 0..<12 {
      let folder = try TemporaryFolder()
      try FileManager.default.copyItem(atPath: keys, toPath: folder.file("keys"))
      for arguments in [
        ["key", "new", "region", "--to", "safe/region.key"],
        ["run", "keys/keys.yaml", "--set", "month=8"],
      ] {
        let run = try runKoppel(arguments, in: folder.path)
        #expect(run.status == 0, "\(run.standardError)")
      }
      let killed = try StartedCommand(koppelPath(), destroy, in: folder.path)
      usleep(UInt32(5_000 * turn))
      killed.send(SIGKILL)
      _ = try killed.finish()
      let again = try runKoppel(destroy, in: folder.path)
      #expect(again.status == 0, "turn \(turn): \(again.standardError)")
      #expect(!FileManager.default.fileExists(atPath: folder.file("safe/region.key")))
      let listed = try runKoppel(
        ["key", "list", "keys/keys.yaml", "--set", "month=8"],
        in: folder.path
      )
      #expect(listed.standardOutput.contains("destroyed"))
      let log = try runKoppel(
        ["log", "show", "keys/keys.yaml", "--set", "month=8"],
        in: folder.path
      )
      #expect(log.standardOutput.contains("key.destroyed"))
      let verified = try runKoppel(
        ["log", "verify", "keys/keys.yaml", "--set", "month=8"],
        in: folder.path
      )
      #expect(verified.status == 0, "\(verified.standardError)")
    }
  }
}
