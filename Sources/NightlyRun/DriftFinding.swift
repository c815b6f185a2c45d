import Diagnostics
import Ingest
import PipelineFile

/// A difference between a header and what its source declares, and what it costs.
struct DriftFinding: Sendable, Hashable {
  /// So many names stand in a sentence; the others are counted.
  private static let nameLimit = 8

  enum Kind { case new, missing, renamed }

  let kind: Kind
  let action: DriftPolicy.Action
  let sentence: String
  let hint: String?

  /// What is to be told of a header.
  static func all(
    _ drift: HeaderDrift,
    _ policy: DriftPolicy,
    tellsAccepted: Bool = false
  ) -> [DriftFinding] {
    var findings: [DriftFinding] = []
    let new = policy.namesAllColumns ? policy.new : .accept
    if !drift.new.isEmpty, tellsAccepted || new != .accept {
      findings.append(
        DriftFinding(
          kind: .new,
          action: new,
          sentence:
            "found new \(names(drift.new)), which \(drift.new.count == 1 ? "is" : "are") not read",
          hint: new == .accept
            ? nil : "declare what is wanted, or say 'drift: {new: accept}'"
        )
      )
    }
    if !drift.missing.isEmpty, tellsAccepted || policy.missing != .accept {
      findings.append(
        DriftFinding(
          kind: .missing,
          action: policy.missing,
          sentence: "found no \(names(drift.missing)), which the source declares",
          hint: "ask the sender for it; without it the column has no values"
        )
      )
    }
    if !drift.renamed.isEmpty, tellsAccepted || policy.renamed != .accept {
      let pairs = drift.renamed.prefix(nameLimit).map { "'\($0.declared)' as '\($0.found)'" }
      findings.append(
        DriftFinding(
          kind: .renamed,
          action: policy.renamed,
          sentence: "found \(pairs.joined(separator: ", ")): renamed",
          hint: "write the new name under 'from'"
        )
      )
    }
    return findings
  }

  func diagnostic(at place: Place, _ source: Source) -> Diagnostic {
    let severity: Diagnostic.Severity =
      switch action {
      case .fail: .error
      case .warn: .warning
      case .accept: .note
      }
    return Diagnostic(
      severity,
      at: place,
      "source '\(source.name)': \(sentence)",
      hint: hint
    )
  }

  private static func names(_ names: [String]) -> String {
    var parts = names.prefix(nameLimit).map { "'\(maskedName($0))'" }
    if names.count > nameLimit { parts.append("\(names.count - nameLimit) others") }
    return (names.count == 1 ? "column " : "columns ") + parts.joined(separator: ", ")
  }
}
