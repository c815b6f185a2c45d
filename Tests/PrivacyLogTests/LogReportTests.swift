import Files
import Foundation
import Tabular
import TestSupport
import Testing

@testable import PrivacyLog

@Suite struct LogReportTests {
  @Test("a month of nights is reported as the golden files say", arguments: ReportLanguage.allCases)
  func goldenText(language: ReportLanguage) throws {
    let month = try MonthOfNights()
    let page = ReportPage(try month.report(), verdict: try month.verdict(), language: language)
    #expect(differenceFromGolden(page.text, "Golden/report.\(language.rawValue).txt") == nil)
    #expect(differenceFromGolden(page.html, "Golden/report.\(language.rawValue).html") == nil)
  }

  @Test(
    "each of the twelve questions has its number and an answer",
    arguments: ReportLanguage.allCases
  )
  func twelveQuestions(language: ReportLanguage) throws {
    let month = try MonthOfNights()
    let page = ReportPage(try month.report(), verdict: try month.verdict(), language: language)
    #expect(page.sections.map(\.number) == Array(1...12))
    #expect(page.sections.allSatisfy { !$0.blocks.isEmpty && !$0.title.isEmpty })
    let lines = page.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.count <= PlainReport.width })
    // Two pages of sixty-six lines.
    #expect(lines.count <= 132)
  }

  @Test("a report of an empty log answers all questions, and traps nowhere")
  func empty() throws {
    let folder = try LogFolder()
    _ = try PrivacyLog.open(path: folder.log, clock: tickingClock())
    var report = LogReport(from: nil, through: nil)
    let verdict = try folder.verify()
    try report.read(path: folder.log, verdict: verdict)
    for language in ReportLanguage.allCases {
      let page = ReportPage(report, verdict: verdict, language: language)
      #expect(page.sections.count == 12)
      #expect(!page.html.isEmpty)
    }
  }

  @Test("lines outside the days that are asked for are not counted")
  func period() throws {
    let month = try MonthOfNights()
    let all = try month.report(from: nil, through: nil)
    let week = try month.report(from: CivilDate("2026-10-05"), through: CivilDate("2026-10-11"))
    #expect(all.runs.count == 30)
    #expect(week.runs.count == 7)
    #expect(week.blocked.count == 1)
    #expect(week.changes.changes.isEmpty)
    // What changed just before the period is not told as a change within it.
    let later = try month.report(from: CivilDate("2026-10-16"), through: CivilDate("2026-10-18"))
    #expect(later.changes.changes.isEmpty)
  }

  @Test("no line from the first bad one on is reported, and the report says so on top")
  func tampered() throws {
    let month = try MonthOfNights()
    var bytes = try month.folder.bytes()
    let text = String(decoding: bytes, as: UTF8.self)
    let place = try #require(text.utf8.firstRange(of: Array("identifiers-kept".utf8)))
    let offset = text.utf8.distance(from: text.startIndex, to: place.lowerBound)
    bytes[offset] = UInt8(ascii: "x")
    try month.folder.write(bytes)
    let verdict = try month.verdict()
    let fault = try #require(verdict.fault)
    let report = try month.report()
    #expect(report.lastLine == fault.line - 1)
    #expect(report.blocked.refusals.allSatisfy { $0.reason != "identifiers-kept" })
    let page = ReportPage(report, verdict: verdict, language: .dutch)
    #expect(page.text.contains("HET LOGBOEK IS NIET ZOALS HET GESCHREVEN WERD"))
    #expect(page.html.contains("class=\"verdict bad\""))
  }

  @Test(
    "whatever a log holds, the page holds no markup of it",
    arguments: ["<script>", "\"><img", "&x;", "'"]
  )
  func hostile(text: String) throws {
    let folder = try LogFolder()
    let log = try PrivacyLog.open(path: folder.log, clock: tickingClock())
    let hostile = JSONValue.string(text + "\u{202E}\n{1}")
    try log.append(
      .runStarted,
      run: testRun,
      outcome: "started",
      fields: [
        "host": hostile, "pipeline": hostile, "period": hostile, "policy": hostile,
        "actor": ["user": hostile, "uid": -1, "role": hostile, "for": hostile],
        "tool": ["version": hostile], "purpose": ["text": hostile, "basis": hostile],
      ]
    )
    try log.append(
      .keyLoaded,
      run: testRun,
      outcome: "loaded",
      fields: ["key": ["id": hostile, "fingerprint": hostile, "scope": hostile, "state": hostile]]
    )
    try log.append(
      .stageEnded,
      run: testRun,
      outcome: "staged",
      fields: [
        "stage": "pseudonymise", "standardisation": hostile,
        "counts": [
          "<b>": [
            "accepted": 9_007_199_254_740_991, "rejected": ["<i>": -4], "skipped": ["<i>": 7],
            "columns": ["token": [hostile], "dropped": [hostile]],
          ]
        ],
      ]
    )
    try log.append(
      .outputReleased,
      run: testRun,
      outcome: "released",
      fields: ["minimum": hostile, "output": [["table": hostile, "sha256": hostile, "rows": 3]]]
    )
    try log.append(
      .outputBlocked,
      run: testRun,
      outcome: text,
      fields: ["reason": hostile, "source": hostile]
    )
    var report = LogReport(from: nil, through: nil)
    let verdict = try folder.verify()
    try report.read(path: folder.log, verdict: verdict)
    let page = ReportPage(report, verdict: verdict, language: .english)
    let plain = ReportPage(
      LogReport(from: nil, through: nil),
      verdict: verdict,
      language: .english
    )
    func tags(_ html: String) -> Set<String> {
      Set(html.components(separatedBy: "<").dropFirst().map { String($0.prefix { $0.isLetter }) })
    }
    #expect(!tags(page.html).contains("script") && !tags(page.html).contains("img"))
    #expect(!page.html.contains("\u{202E}"))
    #expect(!page.text.contains("\u{202E}"))
    #expect(plain.sections.count == 12)
  }

  @Test("torn lines, unsigned runs and a clock that went back are told apart")
  func gaps() throws {
    let nights = try SignedNights(LogFolder(), clock: tickingClock())
    try nights.night(1)
    func text() throws -> String {
      var report = LogReport(from: nil, through: nil)
      let verdict = try nights.verify()
      try report.read(path: nights.folder.log, verdict: verdict)
      return ReportPage(report, verdict: verdict, language: .english).text
        .replacingOccurrences(of: "\n   ", with: " ")
    }
    #expect(try text().contains("Lines: none is missing, none was torn."))
    try UnsignedRunTests.unfinished(nights, run: "a")
    try nights.night(2)
    let interrupted = try text()
    #expect(interrupted.contains("Lines: none is missing, none was torn."))
    #expect(interrupted.contains("signed by the next: 1 times (2 lines)."))
    try nights.folder.write(nights.folder.bytes() + Array("{".utf8))
    try nights.night(3)
    let torn = try text()
    #expect(torn.contains("set apart: 1 (1 bytes). None is missing."))
    #expect(torn.contains("signed by the next: 1 times (2 lines)."))
    #expect(!torn.contains("Times: "))
    let log = try PrivacyLog.open(path: nights.folder.log, pipeline: "region") { 1_785_900_000_000 }
    try log.append(.heartbeat, run: testRun, outcome: "quiet", fields: [:])
    #expect(
      try text().contains("Times: the clock went back 1 times, first at line \(log.head.size);")
    )
    #expect(try text().contains("In 1 runs nothing new had come."))
  }

  @Test("what leaves beside tables is told where one looks for it, and no page says that it stays")
  func handedOver() throws {
    let folder = try LogFolder()
    let log = try PrivacyLog.open(path: folder.log, pipeline: "region", clock: tickingClock())
    func pages() throws -> (report: String, dossier: String) {
      var report = LogReport(from: nil, through: nil)
      let verdict = try folder.verify()
      try report.read(path: folder.log, verdict: verdict)
      let language = ReportLanguage.english
      let pages = [
        ReportPage(report, verdict: verdict, language: language),
        ReportPage(dossier: report, verdict: verdict, policy: nil, language: language),
      ]
      let texts = pages.map { $0.text.replacingOccurrences(of: "\n   ", with: " ") }
      return (texts[0], texts[1])
    }
    #expect(try pages().dossier.contains("Tokens never leave."))
    try log.append(
      .handoverWritten,
      run: testRun,
      outcome: "written",
      fields: ["source": "register", "key": ["name": "partner", "level": "partner"]]
    )
    try log.append(.filtersDeleted, run: testRun, outcome: "handed-over", fields: [:])
    try log.append(
      .outputBlocked,
      run: testRun,
      outcome: "blocked",
      fields: ["stage": "pseudonymise", "reason": "record-fill", "source": "register"]
    )
    let (report, dossier) = try pages()
    #expect(report.contains("Filters of records (Bloom) left for a partner: register 1 ×."))
    #expect(report.contains("filters for a partner of source register were too full or too empty"))
    #expect(!report.contains("status 0") && !report.contains("handover.written"))
    #expect(dossier.contains("For a partner Bloom filters of the records of register leave"))
    #expect(!dossier.contains("deleted when linking ends"))
    try log.append(
      .handoverWritten,
      run: testRun,
      outcome: "written",
      fields: ["source": "care", "key": ["name": "source", "level": "source"]]
    )
    let later = try pages()
    #expect(later.report.contains("rows with tokens of the first level: care 1 ×."))
    #expect(!later.dossier.contains("Tokens never leave."))
  }

  @Test("a key that ended is told as ended, also when it was used after that")
  func endedKeys() throws {
    let folder = try LogFolder()
    let log = try PrivacyLog.open(path: folder.log, pipeline: "region", clock: tickingClock())
    func tell(_ event: LogEvent, _ outcome: String, _ id: String, from: String? = nil) throws {
      var key: [String: JSONValue] = [
        "id": .string(id), "name": "region",
        "fingerprint": .string("00000000000000a\(id.suffix(1))"),
      ]
      key["from"] = from.map { .string($0) }
      if event == .keyLoaded { key["state"] = "active" }
      try log.append(event, run: testRun, outcome: outcome, fields: ["key": .object(key)])
    }
    try tell(.keyLoaded, "loaded", "region.1")
    try tell(.keyRotated, "rotated", "region.2", from: "region.1")
    try tell(.keyRotated, "rolled-back", "region.1", from: "region.2")
    try tell(.keyRotated, "retired", "region.2")
    try tell(.keyDestroyed, "destroyed", "region.1")
    try tell(.keyLoaded, "loaded", "region.1")
    var report = LogReport(from: nil, through: nil)
    let verdict = try folder.verify()
    try report.read(path: folder.log, verdict: verdict)
    #expect(report.keys.keys.map(\.state) == ["destroyed", "retired"])
    #expect(
      report.changes.changes.map(\.kind)
        == [.keyRotated, .rotationTakenBack, .keyRetired, .keyDestroyed]
    )
  }

  @Test("the same log gives the same bytes")
  func deterministic() throws {
    let pages = try (0..<2).map { _ in
      let month = try MonthOfNights()
      return ReportPage(try month.report(), verdict: try month.verdict(), language: .dutch).html
    }
    #expect(pages[0] == pages[1])
  }
}
