import Foundation
import Glibc
import TestSupport
import Testing

@Suite("A change of a key that is killed")
struct RotationKillTests {
  /// The changes, in the order in which each becomes possible.
  enum Change: String, CaseIterable, Sendable {
    case rotate
    case rollback
    case finish
  }

  @Test(
    "is done by the same call again or was done, and the nights go on with a good log",
    arguments: Change.allCases
  )
  func goesOn(change: Change) throws {
    for turn in 0..<12 {
      let place = try CustodyCase.Place()
      try place.make()
      let first = try place.run()
      #expect(first.status == 0, "\(first.standardError)")
      let published = try place.folder.bytes(of: "keys/out/use.csv")
      let rotate = ["key", "rotate", "keys/keys.yaml", "region"]
      let begin = rotate + ["--to", "safe/region-2.key", "--set", "month=8"]
      var words = begin
      var month = "8"
      if change != .rotate {
        #expect(try runKoppel(begin, in: place.folder.path).status == 0)
        words = rotate + ["--\(change.rawValue)", "--set", "month=8"]
      }
      if change == .finish {
        try place.koppel("run", "keys/keys.yaml", "--set", "month=9")
        words = rotate + ["--finish", "--set", "month=9"]
        month = "9"
      }
      let killed = try StartedCommand(koppelPath(), words, in: place.folder.path)
      usleep(UInt32(6_000 * turn))
      killed.send(SIGKILL)
      _ = try killed.finish()
      // Whoever does nothing has a night all the same, unless the new key alone is to be named.
      let remark: Comment = "\(change), turn \(turn)"
      let night = ["run", "keys/keys.yaml", "--set", "month=\(month)"]
      if change != .finish {
        let between = try runKoppel(night, in: place.folder.path)
        #expect(between.status == 0, "\(remark): \(between.standardError)")
      }
      let again = try runKoppel(words, in: place.folder.path)
      let isDone = again.status == 0 || again.standardError.contains("rotation")
      #expect(isDone, "\(remark): \(again.standardError)")
      if change == .finish {
        let text = String(decoding: try place.folder.bytes(of: "keys/keys.yaml"), as: UTF8.self)
        let renamed = text.replacingOccurrences(of: "region.key", with: "region-2.key")
        try place.folder.write(renamed.utf8, to: "keys/keys.yaml")
      }
      let after = try runKoppel(night, in: place.folder.path)
      #expect(after.status == 0, "\(remark): \(after.standardError)")
      #expect(try place.folder.bytes(of: "keys/out/use.csv") == published, remark)
      let listed = try runKoppel(
        ["key", "list", "keys/keys.yaml", "--set", "month=8"],
        in: place.folder.path
      ).standardOutput
      let states = listed.split(separator: "\n").dropFirst().map {
        $0.split(separator: " ").prefix(3).last.map(String.init) ?? ""
      }
      let expected: [String] =
        switch change {
        case .rotate: ["wrapped", "active"]
        case .rollback: ["active", "retired"]
        case .finish: ["retired", "active"]
        }
      #expect(states == expected, "\(remark): \(listed)")
      let table = place.folder.file("keys/.koppel/keys/rotations/region-region.2.table")
      #expect(FileManager.default.fileExists(atPath: table) == (change == .rotate), remark)
      let verified = try runKoppel(
        ["log", "verify", "keys/keys.yaml", "--set", "month=8"],
        in: place.folder.path
      )
      #expect(verified.status == 0, "\(remark): \(verified.standardError)")
    }
  }
}
