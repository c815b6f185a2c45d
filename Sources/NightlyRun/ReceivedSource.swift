import Ingest
import PipelineFile

/// The files of a source that a run reads, and which of them count.
struct ReceivedSource: Sendable {
  let source: Source
  /// The label of the period that the files are of; empty where the pipeline has none.
  let period: String
  /// How many periods back they were looked for; 0 for the period of the run.
  let periodsBack: Int
  /// Why the files of the period of the run were passed over; nil where these are they.
  var absence: Inbox.Absence?
  /// The periods that windows look at whose night refused their delivery; none of it is here.
  var refusedPeriods: [String] = []
  /// Period by period; those of the delivery itself say no other one.
  private(set) var files: [InboxFile]
  private(set) var selection: DeliverySelection
  private let ledger: KnownFiles

  init(
    _ files: [InboxFile],
    of source: Source,
    period: String,
    periodsBack: Int,
    ledger: KnownFiles
  ) {
    self.source = source
    self.period = period
    self.periodsBack = periodsBack
    self.files = files
    self.ledger = ledger
    selection = DeliverySelection(files, of: source, period: period, ledger: ledger)
  }

  /// Whether they stand in for a delivery that has not come.
  var isStale: Bool { periodsBack > 0 }

  var paths: [String] { files.map(\.path) }

  /// The places of the files of the delivery itself.
  var ownFiles: [Int] { files.indices.filter { files[$0].otherPeriod == nil } }

  /// The periods that windows look at and have no file that counts, the earliest first.
  ///
  /// Those too that are `refusedPeriods`.
  var absentPeriods: [String] {
    guard !files.isEmpty else { return [] }
    let there = Set(
      files.indices.filter { selection.fates[$0] == .accepted }.map { number in
        files[number].otherPeriod ?? period
      }
    )
    return source.otherFiles.map(\.period).filter { !there.contains($0) }
  }

  /// The first file that is no longer what was found; nil when all are.
  var changedFile: String? { files.first { !$0.isUnchanged }?.path }

  /// Why each file is passed over, as an account tells it.
  var skipped: [String?] { files.indices.map { selection.skipReason(of: $0)?.rawValue } }

  /// The same files, with what their reading told of them.
  func completed(with account: SourceAccount) -> ReceivedSource {
    var complete = self
    for number in files.indices where account.deliveries.indices.contains(number) {
      let delivery = account.deliveries[number]
      complete.files[number].sha256 = delivery.sha256
      // Of a file that is passed over only the stored bytes are read.
      complete.files[number].content =
        delivery.content ?? files[number].content ?? ledger.content(ofFile: delivery.sha256)
      guard account.figures.files.indices.contains(number) else { continue }
      let figures = account.figures.files[number]
      complete.files[number].message = figures.message
      complete.files[number].payload = figures.payload
      complete.files[number].day = figures.day
    }
    complete.selection = DeliverySelection(
      complete.files,
      of: source,
      period: period,
      ledger: ledger
    )
    return complete
  }

  /// What manifest and privacy log tell of the files.
  var receipt: DeliveryReceipt {
    var receipt = DeliveryReceipt(
      stalePeriod: isStale ? period : nil,
      files: files.indices.map { number in
        var receipt =
          switch selection.fates[number] {
          case .accepted: DeliveryReceipt.File(state: "accepted")
          case .duplicate(let other): file("duplicate", other)
          case .replaced(let other): file("replaced", other)
          }
        receipt.otherPeriod = files[number].otherPeriod
        return receipt
      }
    )
    receipt.absentPeriods = absentPeriods
    for replacement in selection.replacements {
      receipt.files[replacement.file].replaces.append(replacement.sha256)
    }
    for number in receipt.files.indices { receipt.files[number].replaces.sort() }
    return receipt
  }

  private func file(
    _ state: String,
    _ other: DeliverySelection.Other
  ) -> DeliveryReceipt.File {
    switch other {
    case .file(let number): DeliveryReceipt.File(state: state, counted: files[number].name)
    case .ofPeriod(let period, _): DeliveryReceipt.File(state: state, countedPeriod: period)
    }
  }
}
