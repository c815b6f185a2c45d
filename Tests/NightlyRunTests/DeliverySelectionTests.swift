import Testing

@testable import NightlyRun
@testable import PipelineFile

@Suite("Which files of a delivery count")
struct DeliverySelectionTests {
  private func select(
    _ files: [InboxFile],
    knowing known: [LedgerFile] = [],
    period: String = "2026-08",
    _ format: Format = .csv(Dialect(), .utf8)
  ) -> DeliverySelection {
    DeliverySelection(
      files,
      of: claimsSource(format),
      period: period,
      ledger: KnownFiles(DeliveryLedger(files: known), of: "care")
    )
  }

  @Test("files of different names and bytes all count")
  func all() {
    let selection = select([inboxFile("a", "1"), inboxFile("b", "2")])
    #expect(selection.fates == [.accepted, .accepted])
    #expect(selection.replacements.isEmpty)
    #expect(selection.verdicts.isEmpty)
  }

  @Test("of equal bytes the first counts, or the one that was known")
  func equalBytes() {
    let files = [inboxFile("a", "1"), inboxFile("b", "1"), inboxFile("c", "1")]
    #expect(
      select(files).fates
        == [.accepted, .duplicate(of: .file(0)), .duplicate(of: .file(0))]
    )
    #expect(
      select(files, knowing: [ledgerFile("b", "1")]).fates
        == [.duplicate(of: .file(1)), .accepted, .duplicate(of: .file(1))]
    )
  }

  @Test("what counted in another period counts there, what was refused there may come again")
  func otherPeriod() {
    let files = [inboxFile("a", "1")]
    let july = [ledgerFile("x", "1", period: "2026-07")]
    let selection = select(files, knowing: july)
    #expect(
      selection.fates
        == [.duplicate(of: .ofPeriod("2026-07", run: "0123456789abcdef"))]
    )
    #expect(selection.isAllOfOtherPeriods("2026-08"))
    #expect(select(files, knowing: july, period: "2026-07").fates == [.accepted])
    for state in [LedgerFile.State.refused, .duplicate, .stale] {
      let known = [ledgerFile("x", "1", period: "2026-07", state: state)]
      #expect(select(files, knowing: known).fates == [.accepted], "\(state)")
    }
    // It counted in both, as when a pattern named no period: then it does so again.
    #expect(select(files, knowing: july + [ledgerFile("a", "1")]).fates == [.accepted])
  }

  @Test("what was received packed is known plain, packed anew, and the other way about")
  func packedAnew() {
    let packed = [ledgerFile("x.csv.gz", "g1", period: "2026-07", content: "c")]
    let plain = [ledgerFile("x.csv", "c", period: "2026-07")]
    for known in [packed, plain] {
      for file in [inboxFile("in/y.csv", "c"), inboxFile("in/y.csv.gz", "g2", content: "c")] {
        #expect(
          select([file], knowing: known).fates
            == [.duplicate(of: .ofPeriod("2026-07", run: "0123456789abcdef"))]
        )
      }
      let other = inboxFile("in/x.csv.gz", "g2", content: "d")
      #expect(select([other], knowing: known).fates == [.accepted])
    }
    // In its own period it is what was there, and corrects nothing.
    let august = [ledgerFile("x.csv.gz", "g1", content: "c")]
    for file in [inboxFile("in/x.csv", "c"), inboxFile("in/x.csv.gz", "g2", content: "c")] {
      let selection = select([file], knowing: august)
      #expect(selection.fates == [.accepted] && selection.replacements.isEmpty)
    }
    let corrected = select([inboxFile("in/x.csv", "d")], knowing: august)
    #expect(corrected.replacements.map(\.sha256) == ["g1"])
    // Old ledgers know nothing of what a file held.
    let old = [ledgerFile("x.csv.gz", "g1", period: "2026-07")]
    #expect(select([inboxFile("in/y.csv", "c")], knowing: old).fates == [.accepted])
    let both = [inboxFile("a.csv", "c"), inboxFile("b.csv.gz", "g1", content: "c")]
    #expect(select(both).fates == [.accepted, .duplicate(of: .file(0))])
  }

  @Test("two files that differ, one packed, one not, are one file: the ledger tells the later")
  func packedAndNot() {
    let files = [inboxFile("in/x.csv", "1"), inboxFile("in/x.csv.gz", "g", content: "2")]
    let unknown = select(files)
    #expect(unknown.conflicts == [.init(left: 0, right: 1)])
    #expect(unknown.fates == [.accepted, .accepted])
    for state in [LedgerFile.State.accepted, .refused] {
      let plain = select(files, knowing: [ledgerFile("x.csv", "1", state: state)])
      #expect(plain.fates == [.replaced(by: .file(1)), .accepted] && plain.conflicts.isEmpty)
      let packed = select(files, knowing: [ledgerFile("x.csv.gz", "g", state: state, content: "2")])
      #expect(packed.fates == [.accepted, .replaced(by: .file(0))] && packed.conflicts.isEmpty)
    }
    // That both came in one night says nothing; that one came in a later night does.
    let together = [
      ledgerFile("x.csv", "1", state: .refused),
      ledgerFile("x.csv.gz", "g", state: .refused, content: "2"),
    ]
    #expect(select(files, knowing: together).conflicts.count == 1)
    let apart = [
      ledgerFile("x.csv", "1", state: .replaced, by: "g"),
      ledgerFile("x.csv.gz", "g", content: "2", run: "fedcba9876543210"),
    ]
    #expect(select(files, knowing: apart).fates == [.replaced(by: .file(1)), .accepted])
    // Before it is inflated nobody knows whether it differs.
    let unread = select([inboxFile("in/x.csv", "1"), inboxFile("in/x.csv.gz", "g")])
    #expect(unread.conflicts.isEmpty && unread.fates == [.accepted, .accepted])
    // Messages are told apart by what they say of themselves.
    #expect(select(files, .iwmo(messages: [301])).conflicts.isEmpty)
  }

  @Test("of two files of one name the one in the later folder counts, unless the other is newer")
  func oneName() {
    let files = [inboxFile("in/care-2/a.csv", "2"), inboxFile("in/care/a.csv", "1")]
    let selection = select(files)
    #expect(selection.fates == [.accepted, .replaced(by: .file(0))])
    #expect(selection.replacements.map(\.sha256) == ["1"])
    let known = [ledgerFile("a.csv", "2")]
    #expect(select(files, knowing: known).fates == [.replaced(by: .file(1)), .accepted])
  }

  @Test("what a night has settled the next one settles alike")
  func settlesAlike() throws {
    let files = [inboxFile("in/1/a.csv", "1"), inboxFile("in/2/a.csv", "2"), inboxFile("z", "2")]
    let first = select(files)
    var ledger = DeliveryLedger()
    for _ in 0..<3 {
      let received = ReceivedSource(
        files,
        of: claimsSource(),
        period: "2026-08",
        periodsBack: 0,
        ledger: KnownFiles(ledger, of: "care")
      )
      #expect(received.selection.fates == first.fates)
      try ledger.record(
        [.init(received: received, account: SourceAccount(), isRefused: false)],
        period: "2026-08",
        run: "r"
      )
      #expect(ledger.files.map(\.state).count { $0 == .accepted } == 1)
      #expect(ledger.files.count == 3)
    }
  }

  @Test("another digest under the same name takes the place of what was accepted before")
  func correction() {
    let known = [ledgerFile("a", "1"), ledgerFile("b", "3")]
    let selection = select([inboxFile("in/a", "2"), inboxFile("in/b", "3")], knowing: known)
    #expect(selection.fates == [.accepted, .accepted])
    #expect(selection.replacements.map(\.sha256) == ["1"])
    #expect(selection.replacements.map(\.entry) == [0])
    #expect(selection.replacements.map(\.isNew) == [true])
    // A file that was refused is no earlier version: the sender mended it.
    let refused = [ledgerFile("a", "1", state: .refused)]
    #expect(select([inboxFile("in/a", "2")], knowing: refused).replacements.isEmpty)
  }

  @Test("two names that only differ in a number of a person are two names")
  func maskedNames() {
    let files = [inboxFile("1/999990019.csv", "1"), inboxFile("1/123456782.csv", "2")]
    #expect(files[0].name == files[1].name)
    #expect(select(files).fates == [.accepted, .accepted])
    let known = [ledgerFile(files[0].name, "3")]
    #expect(select(files, knowing: known).replacements.isEmpty)
  }

  @Test(
    "messages with one identifier count once: the same content is a duplicate, other a correction"
  )
  func messages() {
    let format = Format.iwmo(messages: [301])
    let same = [
      inboxFile("a", "1", message: "m", payload: "p"),
      inboxFile("b", "2", message: "m", payload: "p"),
      inboxFile("c", "3", message: "n", payload: "p"),
    ]
    #expect(
      select(same, format).fates == [.accepted, .duplicate(of: .file(0)), .accepted]
    )
    let other = [
      inboxFile("a", "1", message: "m", payload: "p", day: 20260803),
      inboxFile("b", "2", message: "m", payload: "q", day: 20260802),
    ]
    #expect(select(other, format).fates == [.accepted, .replaced(by: .file(0))])
    // One that was read in pieces has no digest of its content: the later one counts.
    let unknown = [inboxFile("a", "1", message: "m"), inboxFile("b", "2", message: "m")]
    #expect(select(unknown, format).fates == [.replaced(by: .file(1)), .accepted])
    // Messages may bear one name.
    let named = [
      inboxFile("1/wmo301.xml", "1", message: "m"), inboxFile("2/wmo301.xml", "2", message: "n"),
    ]
    #expect(select(named, format).fates == [.accepted, .accepted])
    let known = [ledgerFile("wmo301.xml", "0", message: "k")]
    #expect(select(named, knowing: known, format).replacements.isEmpty)
  }

  @Test("a message of an earlier period is corrected there, and the earlier period then lacks it")
  func correctionAcrossPeriods() {
    let format = Format.iwmo(messages: [301])
    let july = ledgerFile("a", "1", period: "2026-07", message: "m", payload: "p")
    let corrected = inboxFile("b", "2", message: "m", payload: "q")
    let selection = select([corrected], knowing: [july], format)
    #expect(selection.fates == [.accepted])
    #expect(selection.replacements.map(\.period) == ["2026-07"])
    let again = inboxFile("b", "2", message: "m", payload: "p")
    #expect(
      select([again], knowing: [july], format).fates
        == [.duplicate(of: .ofPeriod("2026-07", run: "0123456789abcdef"))]
    )
    let taken = ledgerFile(
      "a",
      "1",
      period: "2026-07",
      state: .replaced,
      message: "m",
      payload: "p",
      by: "2",
      ofPeriod: "2026-08"
    )
    let earlier = inboxFile("a", "1", message: "m", payload: "p")
    #expect(
      select([earlier], knowing: [taken], period: "2026-07", format).fates
        == [.replaced(by: .ofPeriod("2026-08", run: "0123456789abcdef"))]
    )
    // July, run for the first time after August, does not bring back what August corrected.
    let august = ledgerFile("b", "2", message: "m", payload: "q")
    #expect(
      select([earlier], knowing: [august], period: "2026-07", format).fates
        == [.replaced(by: .ofPeriod("2026-08", run: "0123456789abcdef"))]
    )
  }
}
