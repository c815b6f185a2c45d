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
    func run(_ arguments: [String], _ status: Int32) throws {
      let run = try region.koppel(arguments)
      let what = arguments.prefix(3).joined(separator: " ")
      #expect(run.status == status, "\(what): \(run.standardError)")
      expectNone(region, run, what)
    }
    try run(["key", "new", "region", "--to", "../keys/region.key"], 0)
    for arguments in [
      ["check", "canary.yaml"], ["plan", "canary.yaml"], ["plan", "canary.yaml", "--columns"],
      ["contract", "in/care_2026.csv"], ["contract", "in/visits.ndjson"],
      ["contract", "in/help.xml"], ["contract", "in/register_2026.csv.gz"],
    ] { try run(arguments, 0) }
    try run(["check", "canary.yaml", "--data"], 0)
    try run(["run", "canary.yaml"], 0)
    try run(["run", "canary.yaml", "--strict"], 3)
    try run(["run", "canary.yaml", "--fresh", "--log-format", "json"], 0)
    try run(["plan", "canary.yaml"], 0)
    let staged = region.folder.files().filter { $0.hasSuffix(".staged") }
    #expect(staged.count >= 6)
    for path in staged {
      try run(["show", "../" + path, "--format", "csv"], 0)
      try run(["show", "../" + path, "--identities", "--format", "csv"], 0)
    }
    try run(["key", "list", "canary.yaml"], 0)
    try run(["key", "rotate", "canary.yaml", "region", "--to", "../keys/region-2.key"], 0)
    try run(["run", "canary.yaml"], 0)
    try run(["key", "rotate", "canary.yaml", "region", "--finish"], 0)
    try run(["log", "show", "canary.yaml"], 0)
    try run(["log", "verify", "canary.yaml"], 0)
    expectNone(in: region)

    // A night that fails at a gate, one that stops at faulty input, and one without its key.
    try region.breakGates()
    try run(["run", "canary.yaml", "--fresh"], 65)
    let register = region.folder.file("given/in/register_2026.csv.gz")
    try FileManager.default.removeItem(atPath: register)
    try region.folder.write(
      "\(region.flock[5].surname);\(region.flock[5].bsn)\n".utf8,
      to: "given/in/register_2026.csv.gz"
    )
    try run(["run", "canary.yaml", "--fresh"], 65)
    try run(["key", "destroy", "canary.yaml", "region", "--yes"], 0)
    try run(["run", "canary.yaml"], 77)
    expectNone(in: region)
  }
}

/// Searches what a command printed.
func expectNone(_ region: CanaryRegion, _ run: CommandRun, _ what: String) {
  for (stream, text) in [("output", run.standardOutput), ("error", run.standardError)] {
    var hits = region.search.hits(in: Array(text.utf8))
    // The steward is told the name of a file, whoever it was named after, but for numbers.
    let tellsNames = stream == "error" || what.hasSuffix("--data")
    if tellsNames { hits = hits.filter { $0.hasPrefix("BSN") || !isName(in: text, $0) } }
    #expect(hits.isEmpty, "\(what), standard \(stream): \(hits.prefix(5))")
  }
}

/// Whether a hit stands within a path of the inbox.
private func isName(in text: String, _ hit: String) -> Bool {
  guard let place = hit.split(separator: " ").last.flatMap({ Int($0) }) else { return false }
  let before = text.utf8.prefix(place).suffix(60)
  return String(decoding: before, as: UTF8.self).range(
    of: "WMO301_[^\n ]*$|support/$",
    options: .regularExpression
  )
    != nil
}

/// Searches every file that was written.
func expectNone(in region: CanaryRegion) {
  let written = (try? region.written()) ?? []
  #expect(written.count > 10)
  for (path, bytes) in written {
    let hits = region.search.hits(in: bytes)
    #expect(hits.isEmpty, "\(path): \(hits.prefix(5))")
    #expect(region.search.hits(in: Array(path.utf8)).isEmpty, "\(path)")
  }
}
