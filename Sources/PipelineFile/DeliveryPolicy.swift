/// What becomes of a delivery that is late, was sent before, or corrects an earlier one.
package struct DeliveryPolicy: Sendable, Hashable {
  /// What a run does that finds no file.
  package enum Late: String, Sendable, CaseIterable {
    /// It ends with exit status 66.
    case fail
    /// It takes the files of the latest earlier period and marks what it publishes as stale.
    case usePrevious = "use-previous"
    /// It publishes what needs no rows of the source.
    case leaveOut = "leave-out"
  }

  /// What becomes of a file that was received before.
  package enum Duplicate: String, Sendable, CaseIterable {
    case skip
    case fail
  }

  /// What becomes of a file in whose place a later one stands.
  package enum Correction: String, Sendable, CaseIterable {
    /// It is taken out whole.
    case replace
    case fail
  }

  /// When it should be there, as `02:00` in Europe/Amsterdam; nil when nothing is agreed.
  package var due: String?
  package var late = Late.fail
  package var duplicate = Duplicate.skip
  package var correction = Correction.replace

  package init() {}
}

/// Where the files of another period stand.
package struct PeriodFiles: Sendable, Hashable {
  /// The label of the period, as `2026-07`.
  package let period: String
  /// Like `Source.files`, with that period in it.
  package let files: String
}
