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
  /// The source whose rows are the persons.
  var spine: SourceDraft?
  var policies: [PolicyDraft] = []
  var policiesAreComplete = true
  /// Columns of which the policy may be misspelt: they are not called dropped.
  var doubtfulColumns: Set<String> = []

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
    let link = link()
    let aggregate = aggregate()
    let publish = publish(aggregate: root["aggregate"])
    tellUnused()
    guard faults.errors.isEmpty else { return nil }
    guard let keys, let pseudonymise, let link, let aggregate, let publish,
      let name = root["pipeline"]?.text, let owner = root["owner"]?.text,
      let text = root["purpose"]?["text"]?.text, let basis = root["purpose"]?["basis"]?.text
    else { return nil }
    return Pipeline(
      name: name,
      title: root["title"]?.text ?? name,
      owner: owner,
      purpose: Purpose(text: text, basis: basis),
      sample: root["sample"]?.flag ?? false,
      period: period,
      keys: keys,
      sources: sources.compactMap(\.source),
      pseudonymise: pseudonymise,
      link: link,
      aggregate: aggregate,
      publish: publish,
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

  private mutating func keys() -> [String: KeySource]? {
    guard let value = root["keys"] else { return nil }
    var keys: [String: KeySource] = [:]
    for entry in value.entries {
      guard entry.name != "source" else {
        faults.report(
          at: entry.keySpan,
          "'keys.source' is not built yet",
          hint: "leave it out: both levels come from one key"
        )
        continue
      }
      let key = entry.value
      switch (key["credential"], key["file"]) {
      case (let credential?, nil):
        if let name = credential.text { keys[entry.name] = self.credential(name, credential) }
      case (nil, let file?):
        if file.text != nil { keys[entry.name] = .file(path(file)) }
      case (.some, let file?):
        faults.report(
          at: file.place,
          "key '\(entry.name)': found 'credential' and 'file', expected one of them"
        )
      case (nil, nil):
        guard !key.isFaulty, key.suspects.isEmpty else { continue }
        faults.report(
          at: entry.keySpan,
          "key '\(entry.name)' has neither 'credential' nor 'file'",
          hint: "say where its bytes come from, never the bytes"
        )
      }
    }
    return keys
  }

  private mutating func credential(_ name: String, _ value: CheckedValue) -> KeySource? {
    guard !name.contains("/"), !name.hasPrefix("."), name.utf8.count <= 255 else {
      faults.report(
        at: value.span,
        "found a credential that is no plain name",
        hint: "systemd names it in LoadCredential="
      )
      return nil
    }
    return .credential(name)
  }

  /// A path of the file, relative to the folder of the file that names it.
  func path(_ value: CheckedValue, isGlob: Bool = false) -> String {
    faults.path(value, isGlob: isGlob)
  }
}
