import Diagnostics
import Tabular

/// Gives checked values their meaning, stage by stage, and tells what does not fit together.
struct PipelineReading {
  var faults: FaultList
  let root: CheckedValue
  let period: Period?
  /// The columns that a stage after pseudonymise looks at, by staged name.
  var usedColumns: Set<String> = []
  /// The sources of which rows are looked at.
  var sources: [SourceDraft] = []
  /// False when a mistake hides which sources there are.
  var sourcesAreComplete = true
  /// Sources whose name cannot be used; nil when a mistake hides all of them.
  var hiddenSources: Set<String>? = []
  /// Whether the file is read to count one period of a table of progress.
  var countsOnePeriod = false
  /// The only labels of person columns that cut tables, where these are known.
  var labels: [String: [String]] = [:]
  /// The source whose rows are the persons.
  var spine: SourceDraft?
  var policies: [PolicyDraft] = []
  var policiesAreComplete = true
  /// Columns of which the policy may be misspelt: they are not called dropped.
  var doubtfulColumns: Set<String> = []

  /// In file order.
  var episodeKinds: [EpisodeDefinition] = []

  init(root: CheckedValue, period: Period?, faults: FaultList) {
    self.root = root
    self.period = period
    self.faults = faults
  }

  /// Reads everything; nil when something is wrong, and then it is told.
  mutating func read() -> Pipeline? {
    version()
    let keys = keys()
    ingest()
    let pseudonymise = pseudonymise()
    checkLevels()
    checkRecordKeys()
    let link = handsOver ? LinkStage.nothing : link()
    checkLeftOut()
    let aggregate = handsOver || publishesNothing ? AggregateStage.nothing : aggregate()
    let publish =
      handsOver
      ? pseudonymise?.handOver.map { PublishStage(to: $0, tables: [], columns: .full) }
      : publishesNothing ? samplePublish : publish(aggregate: root["aggregate"])
    let cases = cases(of: aggregate?.tables)
    if !handsOver { tellUnused() }
    guard faults.errors.isEmpty else { return nil }
    let madeUp = isSample ? "made-up data" : nil
    guard let keys, let pseudonymise, let link, let aggregate, let publish,
      let name = root["pipeline"]?.text, let owner = root["owner"]?.text ?? madeUp,
      let text = root["purpose"]?["text"]?.text ?? madeUp,
      let basis = root["purpose"]?["basis"]?.text ?? madeUp
    else { return nil }
    return Pipeline(
      name: name,
      title: root["title"]?.text ?? name,
      owner: owner,
      purpose: Purpose(text: text, basis: basis),
      sample: isSample,
      period: period,
      keys: keys,
      sources: reaching(arriving(sources, under: pseudonymise), aggregate, publish.tables),
      pseudonymise: pseudonymise,
      link: link,
      aggregate: aggregate.knowing(sources.compactMap(\.source), spine: link.spine),
      publish: publish,
      cases: cases,
      path: faults.files.first?.path ?? "",
      files: faults.files.map { (path: $0.path, bytes: $0.bytes) },
      warnings: faults.warnings
    )
  }

  private mutating func version() {
    guard let value = root["koppel"], let version = value.integer else { return }
    guard version != PipelineDefinition.version else { return }
    faults.report(
      at: value.span,
      "found version \(version) of the format, expected \(PipelineDefinition.version)",
      hint: "this binary reads version \(PipelineDefinition.version)"
    )
  }

  /// A path of the file, relative to the folder of the file that names it.
  func path(_ value: CheckedValue, isGlob: Bool = false) -> String {
    faults.path(value, isGlob: isGlob)
  }
}
