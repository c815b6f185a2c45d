import Diagnostics
import PipelineFile
import Tabular

/// What a source holds though no row of it is rejected: nothing, the same twice, values that are none.
extension Night {
  /// A source without rows, as an extract that broke off after its header.
  ///
  /// - Returns: the gate that failed: without residents nothing can be published.
  mutating func judgeEmpty(_ account: SourceAccount, of source: Source) -> [Diagnostic] {
    guard account.accepted == 0 else { return [] }
    let files = counted(account.figures.files.count { $0.otherPeriod == nil }, "file")
    if source.name == pipeline.link.spine {
      return [
        Diagnostic(
          at: source.place,
          "source '\(source.name)': found no resident in \(files), expected the residents",
          hint: "the delivery is empty: ask for it again"
        )
      ]
    }
    warn(
      Diagnostic(
        .warning,
        at: source.place,
        "source '\(source.name)': found no row in \(files); its figures will be zero",
        hint: "ask the sender whether there is nothing to send"
      )
    )
    return []
  }

  /// Faulty values of columns that are not required, which the row is taken without, and codes that
  /// no list knows.
  ///
  /// What `drift` tells of a column is not told twice.
  mutating func tellMissing(_ account: SourceAccount, of source: Source) {
    let figures = account.figures
    let retyped = Set(figures.retyped(of: source).map(\.column.name))
    for column in source.columns {
      if let count = account.unknownCodes[column.name], count > 0 {
        let fate = column.unknown == .other ? "taken as 'other'" : "kept as they are written"
        observer.note(
          "\(source.name): \(grouped(count)) unknown codes of '\(column.name)' \(fate)"
        )
      }
      guard let count = account.blanked[column.name], count > 0, account.accepted > 0 else {
        continue
      }
      if source.drift.retyped != .accept, retyped.contains(column.name) { continue }
      let areCodes =
        column.type == .code && figures.faulty[column.name] == figures.unknownCodes[column.name]
      if areCodes, source.drift.unknownCode != .accept { continue }
      let share = Double(count) / Double(account.accepted)
      let sentence =
        "\(grouped(count)) faulty values of '\(column.name)' taken as missing (\(percent(share)))"
      guard !areCodes, share > source.rejects.failAbove ?? 0.01 else {
        observer.note("\(source.name): \(sentence)")
        continue
      }
      warn(
        Diagnostic(
          .warning,
          at: source.place,
          "source '\(source.name)': \(sentence)",
          hint: "look at the column's type, 'values', 'pattern' and 'range'; with 'required: true' "
            + "such rows are rejected"
        )
      )
    }
  }

  /// Rows that tell little of their person: how many are complete now, and why others are not.
  mutating func tellCompletion(_ account: SourceAccount, of source: Source) {
    if account.completed > 0 {
      observer.note("\(source.name): \(grouped(account.completed)) rows completed from client rows")
    }
    guard account.contradicting > 0 else { return }
    warn(
      Diagnostic(
        .warning,
        at: source.place,
        "source '\(source.name)': \(counted(account.contradicting, "client row")) of one person "
          + "disagree on birth date or sex; nothing was completed from them",
        hint: "two clients may have got one number: ask the sender who is who"
      )
    )
  }

  /// Rows that take back what no file of the source holds.
  mutating func tellUntargeted(_ account: SourceAccount, of source: Source) {
    let count = account.removalsWithoutTarget
    guard count > 0 else { return }
    warn(
      Diagnostic(
        .warning,
        at: source.place,
        "source '\(source.name)': \(counted(count, "removal")) without target",
        hint: "the rows that they take back are in no file that was read: is a delivery missing?"
      )
    )
  }
}
