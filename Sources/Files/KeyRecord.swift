package import Tabular

/// What is known of a key over all its generations; no secret.
///
/// It stands beside the pipeline file, where a privacy officer can read it and a data team can set
/// first and last days. What it says is pinned by the log, which keeps its digest at each use.
package struct KeyRecord: Sendable, Equatable {
  /// How far a generation is in its life; it never goes back but by a rollback.
  package enum State: String, Sendable, CaseIterable {
    /// Made, and not used yet.
    case preActive = "pre-active"
    case active
    /// Rotated: new rows of the release of that day still take it, and then the next key.
    case wrapped
    case retired
    case destroyed
  }

  /// How the tokens of a generation were taken over by the next.
  package struct Wrap: Sendable, Equatable {
    /// The id of the generation that followed.
    package var by: String
    /// The release whose tokens were wrapped.
    package var scope: String
    package var since: CivilDate
    /// The last day of the table from old tokens to new, which serves a rollback alone; nil once it is
    /// destroyed.
    package var tableUntil: CivilDate?

    package init(by: String, scope: String, since: CivilDate, tableUntil: CivilDate?) {
      self.by = by
      self.scope = scope
      self.since = since
      self.tableUntil = tableUntil
    }
  }

  /// One key of those that bore the name.
  package struct Generation: Sendable, Equatable {
    /// `NAME.GENERATION`, as its file says.
    package let id: String
    /// Pinned at first use; nil before.
    package var fingerprint: String?
    package let created: CivilDate
    package var notBefore: CivilDate?
    package var notAfter: CivilDate?
    package var state: State
    /// Why it came to its state.
    package var reason: String
    package var approvers: [String]
    /// Where it lies, when that is not where the pipeline file says.
    package var place: KeyPlace?
    package var wrap: Wrap?

    package init(id: String, created: CivilDate, state: State) {
      self.id = id
      self.created = created
      self.state = state
      reason = ""
      approvers = []
    }

    /// The number behind the name.
    package var number: Int { KeyName.parts(of: id)?.generation ?? 0 }
  }

  /// Runs that a day may have unless the record says otherwise.
  package static let usualDailyRuns = 24

  /// What the pipeline file calls the key.
  package let name: String
  /// How many runs may use it in a day; each run more is a question that can be asked of it.
  package var dailyRuns = usualDailyRuns
  /// In their order.
  package var generations: [Generation] = []
  /// The runs of the last day that had any.
  package internal(set) var runs: DayCount?
  /// Who uses it.
  package internal(set) var uses: [Use] = []

  package init(name: String) { self.name = name }

  /// The generation of that id, or nil.
  package subscript(id: String) -> Generation? {
    get { generations.first { $0.id == id } }
    set {
      guard let newValue, let place = generations.firstIndex(where: { $0.id == id }) else { return }
      generations[place] = newValue
    }
  }

  /// The generation in use, or nil.
  package var active: Generation? { generations.first { $0.state == .active } }

  /// The id of the generation after all these.
  package var nextID: String {
    let last = generations.last.flatMap { KeyName.parts(of: $0.id) } ?? (name, 0)
    return "\(last.name).\(last.generation + 1)"
  }

  /// The generations that make the tokens of a release: the first hashes, each after it wraps.
  ///
  /// - Parameter release: the scope of the tokens.
  /// - Returns: one or more; the last is in use.
  package func chain(for release: String) -> [Generation] {
    guard let active else { return [] }
    var chain = [active]
    // Backwards from the key in use, as long as the tokens of this release were taken over.
    while let first = chain.first,
      let before = generations.first(where: { $0.wrap?.by == first.id && $0.wrap?.scope == release }
      ),
      chain.count <= generations.count
    {
      chain.insert(before, at: 0)
    }
    return chain
  }
}
