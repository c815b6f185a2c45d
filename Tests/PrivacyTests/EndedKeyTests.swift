import Diagnostics
import Files
import Foundation
import NightlyRun
import PrivacyLog
import Tabular
import TestSupport
import Testing

@Suite("A key that ended, by the log of the commands that ended it")
struct EndedKeyTests {
  /// How a key is ended.
  enum End: String, CaseIterable, Sendable {
    case finished
    case rolledBack
    case destroyed
    case sourceRotated
  }

  @Test("is found by log verify when it is used after all, with 77", arguments: End.allCases)
  func usedAfterAll(end: End) throws {
    let place = try CustodyCase.Place()
    let name = end == .sourceRotated ? "source" : "region"
    if end == .sourceRotated {
      place.keys = "region: {file: ../safe/region.key}\n  source: {file: ../safe/source.key}"
      try place.koppel("key", "new", "source", "--to", "safe/source.key")
    }
    try place.make()
    let first = try place.run()
    #expect(first.status == 0, "\(first.standardError)")
    func key(_ words: String...) throws {
      let options = ["keys/keys.yaml", name] + words.dropFirst()
      let run = try runKoppel(["key", words[0]] + options, in: place.folder.path)
      #expect(run.status == 0, "\(words): \(run.standardError)")
      #expect(!run.standardError.contains("not signed"), "\(run.standardError)")
    }
    var ended = "\(name).1"
    switch end {
    case .finished:
      try key("rotate", "--to", "safe/next.key", "--set", "month=8")
      try place.koppel("run", "keys/keys.yaml", "--set", "month=9")
      try key("rotate", "--finish", "--set", "month=9")
    case .rolledBack:
      try key("rotate", "--to", "safe/next.key", "--set", "month=8")
      try key("rotate", "--rollback", "--set", "month=8")
      ended = "region.2"
    case .destroyed: try key("destroy", "--yes", "--set", "month=8")
    case .sourceRotated: try key("rotate", "--to", "safe/next.key", "--set", "month=9")
    }
    let path = place.folder.file("keys/.koppel/keys/privacy.log")
    let verify = ["log", "verify", "keys/.koppel/keys"]
    let good = try runKoppel(verify, in: place.folder.path)
    #expect(good.status == 0, "\(good.standardError)")
    #expect(!good.standardError.contains("not signed yet"), "\(good.standardError)")
    let record = try KeyRecord.read(
      place.folder.file("keys/keys/\(name).key.json"),
      ofKey: name
    )
    let fingerprint = try #require(record?[ended]?.fingerprint)
    let log = try PrivacyLog.open(path: path)
    try log.append(
      .keyLoaded,
      run: String(repeating: "0b", count: 16),
      outcome: "loaded",
      fields: ["key": ["id": "x.1", "name": "x", "fingerprint": .string(fingerprint)]]
    )
    let used = try PrivacyLog.verify(path: path, expectedHead: nil)
    #expect(used.exitStatus == .privacyRefused, "\(String(describing: used.fault))")
    #expect(used.fault?.line == log.head.size)
  }
}
