import Tabular

/// One table of a release as later nights know it: what was counted, what of it was seen, and what was
/// published.
struct RememberedTable: Sendable {
  let counted: CellTable
  /// By number, by cell; empty of a piece.
  let seen: [[Bool]]
  /// Nil of a piece, which nobody publishes.
  let published: PublishedTable?

  /// - Parameters:
  ///   - counted: of it is kept what protection looks at; the numbers stay in their places.
  ///   - seen: by number, by cell.
  ///   - published: as everyone could read it.
  init(_ counted: CellTable, seen: [[Bool]] = [], published: PublishedTable? = nil) {
    self.counted = counted.remembered
    self.seen = seen
    self.published = published
  }

  init(read counted: CellTable, seen: [[Bool]], published: PublishedTable?) {
    (self.counted, self.seen, self.published) = (counted, seen, published)
  }

  /// What it is called by among the tables of a release: a table of progress has several of one name.
  var name: String {
    let kind = published == nil ? "piece" : "table"
    return "\(kind) \(counted.name) \(CellTable.word(of: counted.scope))"
  }

  /// The tables of a release, in an order in which `release` finds them again.
  static func tables(of release: EarlierRelease) -> [RememberedTable] {
    release.tables.indices.map { place in
      RememberedTable(
        release.tables[place],
        seen: release.seen.indices.contains(place) ? release.seen[place] : [],
        published: release.published.indices.contains(place)
          ? release.published[place]
          : PublishedTable(name: release.tables[place].name, dimensions: [], figures: [])
      )
    } + release.pieces.map { RememberedTable($0) }
  }

  /// The release that these tables are of.
  static func release(_ tables: [RememberedTable], _ facts: ReleaseFacts, isJoinable: Bool)
    -> EarlierRelease
  {
    let own = tables.filter { $0.published != nil }
    return EarlierRelease(
      day: facts.day,
      isJoinable: isJoinable,
      minimum: facts.minimum,
      dominance: facts.dominance,
      tables: own.map(\.counted),
      pieces: tables.filter { $0.published == nil }.map(\.counted),
      seen: own.map(\.seen),
      published: own.compactMap(\.published)
    )
  }
}

extension CellTable {
  /// The same table with what protection looks at, and nothing else.
  ///
  /// Figures that it does not look at stay in their places without values.
  var remembered: CellTable {
    CellTable(
      name: name,
      dimensions: dimensions,
      figures: figures.map(\.remembered),
      persons: persons,
      sets: sets,
      powerSums: powerSums,
      scope: scope,
      days: days
    ).marking(
      sensitive: Set(figures.filter(\.isSensitive).map(\.name)),
      together: Set(figures.filter(\.hasKnownZeros).map(\.name))
    ).telling(
      Dictionary(figures.compactMap { figure in figure.providers.map { (figure.name, $0) } }) {
        first,
        _ in first
      }
    )
  }

  /// A scope in one word or more.
  static func word(of scope: Scope) -> String {
    switch scope {
    case .population: "population"
    case .those(let words): "those \(words)"
    case .apart(let words): "apart \(words)"
    case .alone: "alone"
    }
  }
}

extension CellTable.Figure {
  fileprivate var remembered: CellTable.Figure {
    let kept: Kind
    switch kind {
    case .count, .part, .sum: kept = kind
    case .mean(let known, _): kept = .mean(known: known, .unknown)
    case .quantile(let known): kept = .quantile(known: known)
    case .group, .quotient, .ratio, .open, .fitted:
      return CellTable.Figure(
        name: name,
        kind: .open,
        unit: unit,
        values: [],
        identity: identity,
        adding: .never,
        standardisation: standardisation
      )
    }
    return CellTable.Figure(
      name: name,
      kind: kept,
      unit: unit,
      values: values,
      contributors: contributors,
      companions: companions,
      sets: sets,
      powerSums: powerSums,
      largest: largest,
      hasCredits: hasCredits,
      identity: identity,
      adding: adding
    )
  }
}
