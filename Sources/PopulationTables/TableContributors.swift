import Tabular

/// Who stands behind the cells of a table and behind each of its figures.
struct TableContributors {
  let everyone: CellContributors
  /// One a measure; nil of one that is made of others.
  let measures: [CellContributors?]

  /// How many columns it takes.
  var columnCount: Int {
    measures.reduce(everyone.columnCount) { $0 + ($1?.columnCount ?? 0) }
  }

  /// Its columns, one number a group.
  func columns(of groups: CellGroups) -> [[Int64]] {
    measures.reduce(everyone.columns(of: groups)) { $0 + ($1?.columns(of: groups) ?? []) }
  }

  /// Figures that tell what they measure and, where somebody asks, of whom.
  ///
  /// - Parameters:
  ///   - contributors: nil where nobody asks.
  ///   - figures: one a measure.
  ///   - identities: what each measures.
  ///   - columns: of the contributors, in the order of the table.
  /// - Returns: the sets of the cells and their power sums, empty where nobody asks, and the figures.
  static func told(
    _ contributors: TableContributors?,
    _ figures: [CellTable.Figure],
    identities: [String],
    columns: [[Int64]]
  ) -> (sets: [SetKey], powerSums: [UInt64], figures: [CellTable.Figure]) {
    var start = contributors?.everyone.columnCount ?? 0
    let told = figures.indices.map { number in
      let own = contributors?.measures[number]
      defer { start += own?.columnCount ?? 0 }
      let behind = own?.told(columns, from: start)
      return CellTable.Figure(
        figures[number],
        sets: behind?.sets ?? [],
        powerSums: behind?.powerSums ?? [],
        largest: behind?.largest ?? [],
        hasCredits: own?.hasCredits ?? false,
        identity: identities[number]
      )
    }
    let everyone = contributors?.everyone.told(columns, from: 0)
    return (everyone?.sets ?? [], everyone?.powerSums ?? [], told)
  }
}

extension CellTable.Figure {
  /// A figure of which more is told.
  fileprivate init(
    _ figure: CellTable.Figure,
    sets: [SetKey],
    powerSums: [UInt64],
    largest: [[Int64]],
    hasCredits: Bool,
    identity: String
  ) {
    self.init(
      name: figure.name,
      kind: figure.kind,
      unit: figure.unit,
      values: figure.values,
      contributors: figure.contributors,
      texts: figure.texts,
      marks: figure.marks,
      companions: figure.companions,
      sets: sets,
      powerSums: powerSums,
      largest: largest,
      hasCredits: hasCredits,
      identity: identity,
      adding: figure.adding,
      standardisation: figure.standardisation
    )
  }
}
