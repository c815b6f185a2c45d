import Diagnostics
import Tabular

extension PipelineReading {
  /// The list of persons who object; nil without one, or when it is wrong.
  mutating func optOut(_ stage: CheckedValue) -> OptOut? {
    guard let value = stage["opt_out"], !value.isFaulty, let column = value["column"],
      let name = column.text, let files = value["files"], files.text != nil
    else { return nil }
    let dialect = value["dialect"].map { self.dialect($0, from: Dialect()) } ?? Dialect()
    guard policiesAreComplete, sourcesAreComplete else { return nil }
    let holders = sources.compactMap { $0.column(name) }
    if let wrong = holders.compactMap(\.type).first(where: { $0 != .bsn }) {
      faults.report(
        at: column.span,
        "'opt_out' names a column of type \(wrong.rawValue), expected bsn",
        hint: "only a BSN tells in every source who objects"
      )
      return nil
    }
    guard let draft = policies.first(where: { $0.column == name }) else {
      // What else is amiss with that column follows from it.
      if !holders.isEmpty { doubtfulColumns.insert(name) }
      let near = nearestName(to: name, among: policies.map(\.column))
      faults.report(
        at: column.span,
        "'opt_out' names the column '\(name)', which no policy names",
        hint: near.map { "did you mean '\($0)'?" } ?? "give it a token under 'columns'"
      )
      return nil
    }
    guard let policy = draft.policy else { return nil }
    guard let label = policy.token else {
      doubtfulColumns.insert(name)
      faults.report(
        at: column.span,
        "'opt_out' names the column '\(name)', which has no token",
        hint: "objections are compared by token: write {token: …}"
      )
      return nil
    }
    guard let dialect, let like = holders.compactMap(\.column).first else { return nil }
    let without = sources.filter { $0.column(name) == nil }.map(\.name)
    if !without.isEmpty {
      faults.report(
        .warning,
        at: column.span,
        "\(without.formattedNames) \(without.count == 1 ? "has" : "have") no column '\(name)': "
          + "objections cannot be applied there",
        hint: "have the supplier take these persons out"
      )
    }
    let place = faults.place(of: value.place)
    return OptOut(
      source: Source(
        name: "opt_out",
        domain: "municipal",
        format: .csv(dialect, .utf8),
        files: path(files, isGlob: true),
        columns: [
          SourceColumn(name, like.type, like.privacyClass, required: true, place: place)
        ],
        rejects: RejectThresholds(warnAbove: 0, failAbove: 0),
        place: place
      ),
      label: label,
      sourcesWithout: without
    )
  }
}
