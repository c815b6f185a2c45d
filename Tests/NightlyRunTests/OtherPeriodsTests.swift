import TestSupport
import Testing

@testable import NightlyRun
@testable import PipelineFile

@Suite("Files of other periods that tables look at, beside those of a delivery")
struct OtherPeriodsTests {
  private func received(
    _ files: [InboxFile],
    knowing known: [LedgerFile] = [],
    _ format: Format = .csv(Dialect(), .utf8)
  ) -> ReceivedSource {
    var source = claimsSource(format)
    source.otherFiles = ["2026-06", "2026-07"].map { PeriodFiles(period: $0, files: "in/\($0)/*") }
    return ReceivedSource(
      files,
      of: source,
      period: "2026-08",
      periodsBack: 0,
      ledger: KnownFiles(DeliveryLedger(files: known), of: "care")
    )
  }

  private func file(
    _ name: String,
    _ sha256: String,
    of period: String,
    message: String? = nil,
    payload: String? = nil
  ) -> InboxFile {
    var file = inboxFile("in/\(period)/\(name)", sha256, message: message, payload: payload)
    file.otherPeriod = period == "2026-08" ? nil : period
    return file
  }

  @Test("files of one name in two periods are two files, and each of them counts")
  func names() {
    let selection = received([
      file("a", "1", of: "2026-06"), file("a", "2", of: "2026-07"), file("a", "3", of: "2026-08"),
    ])
    #expect(selection.selection.fates == [.accepted, .accepted, .accepted])
    #expect(selection.selection.replacements.isEmpty && selection.absentPeriods.isEmpty)
    #expect(selection.ownFiles == [2])
  }

  @Test("what lies in two periods counts in the earlier, or where the ledger knows that it counted")
  func bytes() {
    let files = [file("a", "1", of: "2026-07"), file("b", "1", of: "2026-08")]
    let first = received(files)
    #expect(first.selection.fates == [.accepted, .duplicate(of: .file(0))])
    let absence = Inbox.absence(of: first, KnownFiles(DeliveryLedger(), of: "care"))
    #expect(absence == .amongOthers(ofPeriod: "2026-07"))
    #expect(first.absentPeriods == ["2026-06"])
    let known = received(files, knowing: [ledgerFile("b", "1")])
    #expect(known.selection.fates == [.duplicate(of: .file(1)), .accepted])
    #expect(Inbox.absence(of: known, KnownFiles(DeliveryLedger(), of: "care")) == nil)
    #expect(known.absentPeriods == ["2026-06", "2026-07"])
  }

  @Test("a corrected file of another period is read, and its own night will tell the ledger")
  func corrected() throws {
    var ledger = DeliveryLedger(files: [ledgerFile("a", "1", period: "2026-07")])
    let files = [file("a", "2", of: "2026-07"), file("a", "3", of: "2026-08")]
    let found = received(files, knowing: ledger.files)
    #expect(found.selection.fates == [.accepted, .accepted])
    #expect(found.selection.replacements.map(\.isNew) == [true])
    try ledger.record(
      [.init(received: found, account: SourceAccount(), isRefused: false)],
      period: "2026-08",
      run: "r"
    )
    #expect(ledger.files.map(\.sha256) == ["1", "3"])
    #expect(ledger.files.map(\.state) == [.accepted, .accepted])
    #expect(ledger.deliveries.map(\.period) == ["2026-08"])
  }

  @Test("a message that corrects one of another period takes it out, and is told alike again")
  func messages() throws {
    let files = [
      file("a", "1", of: "2026-07", message: "m", payload: "p"),
      file("b", "2", of: "2026-08", message: "m", payload: "q"),
    ]
    var ledger = DeliveryLedger(
      files: [ledgerFile("a", "1", period: "2026-07", message: "m", payload: "p")]
    )
    var receipts: [DeliveryReceipt] = []
    for night in 0..<3 {
      let found = received(files, knowing: ledger.files, .iwmo(messages: [301]))
      #expect(found.selection.fates == [.replaced(by: .file(1)), .accepted])
      #expect(found.selection.replacements.map(\.isNew) == [night == 0])
      receipts.append(found.receipt)
      try ledger.record(
        [.init(received: found, account: SourceAccount(), isRefused: false)],
        period: "2026-08",
        run: "r"
      )
      #expect(ledger.files.map(\.state) == [.replaced, .accepted])
      #expect(ledger.files[0].successorPeriod == "2026-08")
    }
    #expect(receipts[0] == receipts[1] && receipts[1] == receipts[2])
  }

  @Test(
    "together count those files that count when the nights of all periods have run in their order",
    arguments: 0..<300 as Range<UInt64>
  )
  func asNights(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let isOfMessages = seed % 2 == 1
    let format = isOfMessages ? Format.iwmo(messages: [301]) : .csv(Dialect(), .utf8)
    var files: [InboxFile] = []
    for period in ["2026-06", "2026-07", "2026-08"] {
      for number in 0..<Int.random(in: 1...4, using: &random) {
        let sha256 = Int.random(in: 0..<8, using: &random)
        files.append(
          file(
            "\(number)",
            "\(sha256)",
            of: period,
            message: isOfMessages ? "m\(sha256 % 3)" : nil,
            payload: isOfMessages ? "p\(sha256 % 5)" : nil
          )
        )
      }
    }
    var ledger = DeliveryLedger()
    for period in ["2026-06", "2026-07", "2026-08"] {
      let own = files.filter { ($0.otherPeriod ?? "2026-08") == period }.map { file in
        var own = file
        own.otherPeriod = nil
        return own
      }
      let received = ReceivedSource(
        own,
        of: claimsSource(format),
        period: period,
        periodsBack: 0,
        ledger: KnownFiles(ledger, of: "care")
      )
      try ledger.record(
        [.init(received: received, account: SourceAccount(), isRefused: false)],
        period: period,
        run: period
      )
    }
    let counting = ledger.files.filter { $0.state == .accepted }.map { "\($0.period) \($0.sha256)" }
    for known in [[], ledger.files] {
      let together = received(files, knowing: known, format)
      let found = files.indices.filter { together.selection.fates[$0] == .accepted }.map {
        "\(files[$0].otherPeriod ?? "2026-08") \(files[$0].sha256 ?? "")"
      }
      #expect(found.sorted() == counting.sorted(), "seed \(seed), knowing \(known.count) files")
    }
  }
}
