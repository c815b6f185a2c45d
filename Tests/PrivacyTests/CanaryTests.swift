import Foundation
import TestSupport
import Testing

@Suite("A thousand canaries are planted")
struct CanaryTests {
  @Test("the search finds each of them in what was given, and in every form it is written in")
  func searchFinds() throws {
    let region = try CanaryRegion(repeats: 1)
    #expect(region.identifierCount >= 1_000)
    #expect(region.search.count == region.identifierCount)
    for (place, canary) in region.flock.enumerated() {
      for (kind, value) in canary.identifiers {
        let text = Array(value.utf8)
        let isDigits = text.allSatisfy { 0x30...0x39 ~= $0 }
        var forms: [[UInt8]] = [
          text, Array(value.uppercased().utf8),
          value.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
          value.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] },
          Array(text.map { String(format: "%02x", $0) }.joined().utf8),
          Array(text.map { String(format: "%02X", $0) }.joined().utf8),
        ]
        if isDigits { forms.append(text.reversed()) }
        if text.count >= 8 {
          for before in 0..<3 {
            let bytes = Array("{;|".utf8.prefix(before)) + text + Array("end".utf8)
            forms.append(Array(Data(bytes).base64EncodedString().utf8))
          }
        }
        for (number, form) in forms.enumerated() {
          let found = region.search.hits(in: Array(": ".utf8) + form + Array(", ".utf8))
          #expect(
            found.contains { $0.hasPrefix("\(kind) of") },
            "\(kind) of \(place), form \(number)"
          )
        }
      }
    }
    let given = try region.folder.bytes(of: "given/in/care_2026.csv")
    #expect(region.search.hits(in: given).count >= 400)
    #expect(region.search.hits(in: Array("nothing of 2026-08-31 and 0123456789".utf8)).isEmpty)
  }

  @Test("and none is in any file, message or answer of any command")
  func noneIsFound() throws {
    let region = try CanaryRegion()
    try region.run(["key", "new", "region", "--to", "../keys/region.key"], 0)
    for arguments in [
      ["check", "canary.yaml"], ["plan", "canary.yaml"], ["plan", "canary.yaml", "--columns"],
      ["contract", "in/care_2026.csv"], ["contract", "in/visits.ndjson"],
      ["contract", "in/help.xml"], ["contract", "in/register_2026.csv.gz"],
    ] { try region.run(arguments, 0) }
    try region.run(["check", "canary.yaml", "--data"], 0)
    try region.run(["run", "canary.yaml"], 0)
    try region.run(["run", "canary.yaml", "--strict"], 3)
    try region.run(["run", "canary.yaml", "--fresh", "--log-format", "json"], 0)
    try region.run(["plan", "canary.yaml"], 0)
    let staged = region.folder.files().filter { $0.hasSuffix(".staged") }
    #expect(staged.count >= 6)
    for path in staged {
      try region.run(["show", "../" + path, "--format", "csv"], 0)
      try region.run(["show", "../" + path, "--identities", "--format", "csv"], 0)
    }
    try region.run(["key", "list", "canary.yaml"], 0)
    try region.run(["key", "rotate", "canary.yaml", "region", "--to", "../keys/region-2.key"], 0)
    try region.run(["run", "canary.yaml"], 0)
    try region.run(["key", "rotate", "canary.yaml", "region", "--finish"], 0)
    try region.run(["log", "show", "canary.yaml"], 0)
    try region.run(["log", "verify", "canary.yaml"], 0)
    expectNone(in: region)

    // A night that fails at a gate, one that stops at faulty input, and one without its key.
    try region.breakGates()
    try region.run(["run", "canary.yaml", "--fresh"], 65)
    let register = region.folder.file("given/in/register_2026.csv.gz")
    try FileManager.default.removeItem(atPath: register)
    try region.folder.write(
      "\(region.flock[5].surname);\(region.flock[5].bsn)\n".utf8,
      to: "given/in/register_2026.csv.gz"
    )
    try region.run(["run", "canary.yaml", "--fresh"], 65)
    try region.run(["key", "destroy", "canary.yaml", "region", "--yes"], 0)
    try region.run(["run", "canary.yaml"], 77)
    expectNone(in: region)
  }
}
