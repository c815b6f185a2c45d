import Foundation
import TestSupport
import Testing

@Suite("What senders say of themselves is kept by nobody")
struct NightSenderTests {
  /// Senders, an invoice, a message, numbers in file names, and codes that no list has.
  private static let canaries = [
    "76543219", "76543222", "INVOICECANRY", "MSGCANARY77", "999900006", "999900018", "KINDCANARY",
    "SORTCANARY", "PLACECANARY",
  ]

  @Test("neither in ledger, manifest, log and rejects, nor in what run and check --data print")
  func silence() throws {
    let folder = try TemporaryFolder()
    let fixture = repositoryRoot() + "/Tests/EndToEndTests/Scripts/silent"
    try FileManager.default.copyItem(
      atPath: fixture + "/silent.yaml",
      toPath: folder.file("silent.yaml")
    )
    try FileManager.default.createDirectory(
      atPath: folder.file("in/2026-08"),
      withIntermediateDirectories: true
    )
    var given: Set<String> = []
    for night in ["first", "second"] {
      for name in try FileManager.default.contentsOfDirectory(atPath: "\(fixture)/\(night)") {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(fixture)/\(night)/\(name)"))
        try folder.write(bytes, to: "in/2026-08/\(name)")
        let text = name + String(decoding: bytes, as: UTF8.self)
        given.formUnion(Self.canaries.filter(text.contains))
      }
      let commands = [
        ["run", "silent.yaml"], ["run", "silent.yaml", "--fresh", "--log-format", "json"],
        ["check", "silent.yaml", "--data"], ["log", "show", ".koppel/silent"],
      ]
      for command in commands {
        let run = try runKoppel(command, in: folder.path)
        #expect(run.status == 0, "\(command), \(run.standardError)")
        expectSilence(of: run.standardError + run.standardOutput, "\(night), \(command)")
      }
    }
    #expect(given == Set(Self.canaries), "each is in an extract or its name")
    let written = folder.files().filter { !$0.hasPrefix("in/") && $0 != "silent.yaml" }
    for ending in [".ledger", ".log", "manifest.json", "rejects.csv", ".staged", "use.csv"] {
      #expect(written.contains { $0.hasSuffix(ending) }, "\(ending)")
    }
    for name in written {
      // A folder has a name and no bytes.
      let text = String(decoding: (try? folder.bytes(of: name)) ?? [], as: UTF8.self)
      expectSilence(of: text, name)
      expectSilence(of: name, name)
    }
    let ledger = try folder.bytes(of: ".koppel/silent/deliveries.ledger")
    #expect(String(decoding: ledger, as: UTF8.self).contains("\"state\":\"replaced\""))
  }

  private func expectSilence(of text: String, _ place: String) {
    for canary in Self.canaries where text.contains(canary) {
      Issue.record("\(canary) is in \(place)")
    }
  }
}
