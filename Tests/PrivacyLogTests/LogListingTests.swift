import Tabular
import Testing

@testable import PrivacyLog

@Suite struct LogListingTests {
  @Test("a log is shown aligned, with its main fields")
  func shown() throws {
    let folder = try LogFolder()
    let log = try PrivacyLog.open(path: folder.log, clock: tickingClock())
    try log.append(
      .runStarted,
      run: testRun,
      outcome: "started",
      fields: [
        "purpose": ["text": "Regiobeeld 2026", "basis": ""],
        "policy": .string(String(repeating: "ab", count: 32)),
        "input": [["bytes": 1], ["bytes": 2]], "columns": ["kept": ["sex", "date"]],
      ]
    )
    var shown: [String] = []
    try PrivacyLog.show(path: folder.log) { shown.append($0) }
    #expect(
      shown == [
        " line  time (UTC)           event             run       outcome",
        "    1  2026-08-06 07:06:41  log.created       -         created",
        "    2  2026-08-06 07:06:42  run.started       00112233  started    columns.kept=sex,date "
          + #"input=[2] policy=abababababab… purpose.basis="" purpose.text="Regiobeeld 2026""#,
      ]
    )
  }

  @Test("control characters do not reach the terminal, and a bad line is told as such")
  func hostile() throws {
    let folder = try LogFolder()
    try folder.write([Array("\u{1B}[2J".utf8), Array(#"{"event":"\u001b[2J","seq":-3}"#.utf8)])
    var shown: [String] = []
    try PrivacyLog.show(path: folder.log) { shown.append($0) }
    #expect(shown.count == 3)
    #expect(shown[1].hasSuffix("(not a line of a log)"))
    #expect(!shown.joined().contains("\u{1B}"))
  }
}
