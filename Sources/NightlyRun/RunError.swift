package import Diagnostics

/// Why a run did not publish, beyond what a module tells itself.
package enum RunError: KoppelError {
  /// Data gates failed; all of them, in the order of the sources.
  case gates([Diagnostic])
  /// Sources of which no file has come.
  case missingDeliveries([Diagnostic])
  /// `--from` asks for what no earlier run left.
  case notStaged(stage: String, source: String)
  /// An account does not add up.
  case unbalanced(source: String, account: String)
  /// Publishing would replace, or be replaced with, what the run needs.
  case folders(Diagnostic)
  /// Others can write to the work folder.
  case workFolder(Diagnostic)
  /// The ledger of deliveries does not prove itself.
  case ledger(Diagnostic)
  /// What earlier releases told is not known, though tables are protected together with them.
  case releases(Diagnostic)
  /// A demo key was asked for real data, or no key stands where one is expected.
  case key(Diagnostic)
  /// Packages of pseudonyms that were made with another key, scope or rules, or not by their signer.
  case handOver([Diagnostic])
  /// Filters of records that may not leave.
  case recordFilters(source: String, RecordRefusal)
  /// The pipeline has no such stage: it ends with the first level of pseudonyms.
  case handsOver(stage: String)

  package var exitStatus: ExitStatus {
    switch self {
    case .gates, .unbalanced: .dataGate
    case .missingDeliveries: .deliveryMissing
    case .folders: .cannotCreate
    case .notStaged, .handsOver: .usage
    case .key, .handOver, .workFolder, .recordFilters, .releases: .privacyRefused
    case .ledger: .tampered
    }
  }

  package var diagnostics: [Diagnostic] {
    switch self {
    case .gates(let diagnostics), .missingDeliveries(let diagnostics),
      .handOver(let diagnostics):
      diagnostics
    case .recordFilters(let source, let fault): [Self.diagnostic(source, fault)]
    case .handsOver(let stage):
      [
        Diagnostic(
          "the pipeline ends with the first level of pseudonyms and has no stage '\(stage)'",
          hint: "leave out --only and --from"
        )
      ]
    case .key(let diagnostic), .folders(let diagnostic), .workFolder(let diagnostic),
      .ledger(let diagnostic), .releases(let diagnostic):
      [diagnostic]
    case .notStaged(let stage, let source):
      [
        Diagnostic(
          "nothing current is staged of source '\(source)' for a run from stage '\(stage)'",
          hint: "run the stages before it first, or leave out --from"
        )
      ]
    case .unbalanced(let source, let account):
      [
        Diagnostic(
          "the accounts of source '\(source)' do not add up: \(account)",
          hint: "nothing was published; this is a bug of ours"
        )
      ]
    }
  }

  private static func diagnostic(_ source: String, _ fault: RecordRefusal) -> Diagnostic {
    switch fault {
    case .fewRecords(let count):
      Diagnostic(
        "source '\(source)': found \(counted(count, "record")) for the partner, expected so many, and so "
          + "different, that made-up ones hide among them",
        hint: "is it the right extract?"
      )
    case .fill(let fill):
      Diagnostic(
        "source '\(source)': found \(percent(Double(fill) / 10_000)) of the bits set in filters for the "
          + "partner, expected 40 % to 50 %",
        hint:
          "agree on other bits for each feature, or on xor_fold: fuller and emptier filters are "
          + "more easily undone"
      )
    }
  }
}
