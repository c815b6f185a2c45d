import Diagnostics

extension PipelineReading {
  /// Notes what leaves pseudonymise and is looked at by nothing.
  mutating func tellUnused() {
    let unused = policies.filter { draft in
      guard let policy = draft.policy, !draft.isDropped else { return false }
      let names = [policy.token == nil ? nil : policy.column, policy.keptName].compactMap { $0 }
      return names.allSatisfy { !usedColumns.contains($0) }
    }
    guard let first = unused.first else { return }
    faults.report(
      .note,
      at: first.span,
      "\(unused.map(\.column).formattedNames) "
        + (unused.count == 1
          ? "stays, but neither link nor aggregate uses it"
          : "stay, but neither link nor aggregate uses them"),
      hint: "what is not needed is best dropped"
    )
  }

  /// Warns when rows of several kinds of messages are counted as one.
  ///
  /// An assignment, its start and its claims are rows of their own: only "none" and "some" have a
  /// meaning then.
  mutating func warnAboutMessages(_ expression: Expression, _ value: CheckedValue) {
    for accumulator in expression.comparedCounts {
      guard accumulator.condition?.names("message") != true,
        case .iwmo(let messages, _)? = draft(accumulator.source)?.source?.format, messages.count > 1
      else { continue }
      faults.report(
        .warning,
        at: value.span,
        "'\(accumulator.source).count' counts messages of several kinds",
        hint: "say which: \(accumulator.source).count where message = \(messages.sorted()[0])"
      )
    }
  }

  /// Warns when a pass compares codes that two sources name differently: it would link nothing.
  mutating func warnAboutCodes(_ names: [String], _ on: CheckedValue, _ spine: SourceDraft) {
    for name in names {
      guard let known = spine.column(name)?.domain else { continue }
      for source in sources where source.name != spine.name {
        guard let other = source.column(name)?.domain, Set(known).isDisjoint(with: other) else {
          continue
        }
        faults.report(
          .warning,
          at: on.span,
          "'\(name)' is \(known.formattedChoice) in '\(spine.name)', but "
            + "\(other.formattedChoice) in '\(source.name)'",
          hint: "give both the same 'values'"
        )
      }
    }
  }
}
