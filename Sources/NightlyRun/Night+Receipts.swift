import Diagnostics
import PipelineFile

/// What is told of late, repeated and corrected deliveries.
extension Night {
  /// So many files of a source are told one by one.
  private static let toldFiles = 20

  mutating func tell(_ received: ReceivedSource) {
    let source = received.source
    if received.isStale {
      warn(
        Diagnostic(
          .warning,
          at: source.place,
          "source '\(source.name)': \(absence(received))\(lateness(of: source).clause); that of "
            + "\(received.period) stands in for it, and what is published is stale",
          hint: "run again when it has come"
        )
      )
    }
    var told = 0
    for number in received.ownFiles {
      let sentence: String
      switch received.selection.fates[number] {
      case .accepted: continue
      case .duplicate(let other):
        sentence = repeated(number, other, received) + ", and is passed over"
      case .replaced(let other): sentence = replaced(number, other, received)
      }
      told += 1
      guard told <= Self.toldFiles else { continue }
      warn(Diagnostic(.warning, at: source.place, "source '\(source.name)': \(sentence)"))
    }
    if told > Self.toldFiles {
      warn(
        Diagnostic(
          .warning,
          at: source.place,
          "source '\(source.name)': \(counted(told - Self.toldFiles, "more file")) passed over, as "
            + "sent before or replaced"
        )
      )
    }
    tellReplacements(received)
    tellOtherPeriods(received)
  }

  /// What of the other periods that tables look at is read, and what is not there.
  private mutating func tellOtherPeriods(_ received: ReceivedSource) {
    let (source, absent) = (received.source, received.absentPeriods)
    let others = received.files.indices.filter {
      received.files[$0].otherPeriod != nil && received.selection.fates[$0] == .accepted
    }
    if !others.isEmpty {
      let periods = source.otherFiles.map(\.period).filter { !absent.contains($0) }
      observer.note(
        "\(source.name): \(counted(others.count, "file")) of \(periodsInWords(periods)) read too, which "
          + "tables look at"
      )
    }
    let refused = absent.filter(received.refusedPeriods.contains)
    if !refused.isEmpty {
      warn(
        Diagnostic(
          .warning,
          at: source.place,
          "source '\(source.name)': tables look at \(periodsInWords(refused)), whose "
            + "delivery was refused: its rows are not counted",
          hint: "run that period again when the delivery is cured"
        )
      )
    }
    let missing = absent.filter { !refused.contains($0) }
    if !missing.isEmpty { warn(source.absence(of: missing)) }
  }

  /// Why the files of the period do not count, where earlier ones stand in.
  private func absence(_ received: ReceivedSource) -> String {
    let period = pipeline.period?.label ?? "the period"
    switch received.absence {
    case .ofPeriod(let other, let run):
      return "what lies there for \(period) was received for \(other) already "
        + "(run \(run.prefix(8))), so that the delivery of \(period) has not come"
    case .amongOthers(let other):
      return
        "what lies there for \(period) lies among the files of \(other) too, so that the delivery "
        + "of \(period) has not come"
    case .correctedIn(let other):
      return "what lies there for \(period) was corrected by what came for \(other), and is taken "
        + "out, so that \(period) has no delivery"
    case .nothing(let unfinished) where unfinished > 0:
      return
        "the delivery of \(period) has not come, but \(counted(unfinished, "file")) still being "
        + "written"
    case .growing:
      return "the delivery of \(period) changed while it was read: it is still being written"
    case .nothing, .refused, nil: return "the delivery of \(period) has not come"
    }
  }

  /// How a file was sent before.
  func repeated(
    _ number: Int,
    _ other: DeliverySelection.Other,
    _ received: ReceivedSource
  ) -> String {
    let file = received.files[number]
    switch other {
    case .file(let first):
      let what =
        file.holdsSame(as: received.files[first]) ? "holds the same bytes" : "is the same message"
      let period = received.files[first].otherPeriod.map { " of \($0)" } ?? ""
      return "'\(file.toldName)' \(what) as '\(received.files[first].toldName)'\(period)"
    case .ofPeriod(let period, let run):
      return "'\(file.toldName)' was received for \(period) already (run \(run.prefix(8)))"
    }
  }

  private func replaced(
    _ number: Int,
    _ other: DeliverySelection.Other,
    _ received: ReceivedSource
  ) -> String {
    let file = received.files[number]
    switch other {
    case .file(let later) where received.files[later].otherPeriod != nil:
      let period = received.files[later].otherPeriod ?? ""
      return "'\(file.toldName)' was corrected by what came for \(period), and is taken out"
    case .file(let later):
      let name = received.files[later].toldName
      return name == file.toldName
        ? "two files are named '\(name)': the later stands in place of the earlier"
        : "'\(name)' corrects '\(file.toldName)', which is taken out"
    case .ofPeriod(let period, _):
      return "'\(file.toldName)' was corrected by what came for \(period), and is taken out"
    }
  }

  /// Corrections of what came in earlier nights.
  private mutating func tellReplacements(_ received: ReceivedSource) {
    let source = received.source
    let known = received.selection.replacements.filter { replacement in
      // What the night of another period knows it has told.
      replacement.entry != nil
        && (replacement.isNew || received.files[replacement.file].otherPeriod == nil)
    }
    for replacement in known.prefix(Self.toldFiles) {
      let file = received.files[replacement.file]
      let sentence =
        "'\(file.toldName)' corrects an earlier delivery "
        + "(SHA-256 \(replacement.sha256.prefix(12))…), which is taken out"
      let own = file.otherPeriod == nil ? received.period : pipeline.period?.label ?? ""
      guard let other = replacement.otherPeriod(than: own) else {
        observer.note("\(source.name): \(sentence)")
        continue
      }
      warn(
        Diagnostic(
          .warning,
          at: source.place,
          "source '\(source.name)': \(sentence) of \(other)",
          hint: "run that period again: what was published of it still counts the earlier one"
        )
      )
    }
    if known.count > Self.toldFiles {
      observer.note(
        "\(source.name): \(counted(known.count - Self.toldFiles, "more file")) correct earlier ones"
      )
    }
  }
}
