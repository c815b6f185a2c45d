import DisclosureControl
package import PipelineFile
package import Tabular

/// What a release is made of: `manifest.json`, which stands beside its tables.
///
/// It names methods and counts; no rule, value or key of a cell stands in it.
package struct Manifest: Sendable {
  /// The key of the tokens: what is known of it outside.
  package struct Key: Sendable {
    package let name: String
    /// 16 lower-case hexadecimal digits.
    package let fingerprint: String
    /// A demo key protects nobody; only made-up data may be published under it.
    package let isDemo: Bool

    package init(name: String, fingerprint: String, isDemo: Bool) {
      self.name = name
      self.fingerprint = fingerprint
      self.isDemo = isDemo
    }
  }

  /// The form of the file; a reader refuses one that it does not know.
  package static let format = "koppel-manifest/1"

  /// Its names, purpose, period, release and protection are told; its paths are not.
  package let pipeline: Pipeline
  /// Of all files of the pipeline, as 64 lower-case hexadecimal digits.
  package let pipelineDigest: String
  package let key: Key
  /// As `NL-1:` and 16 hexadecimal digits.
  package let standardisation: String
  /// Sorted by source and file name.
  package let inputs: [ManifestInput]
  /// In file order of the pipeline.
  package let sources: [ManifestSource]
  package let residentCount: Int
  /// Records of the spine that share a BSN token with another; flagged, never merged.
  package let duplicateCount: Int
  /// By name: `koppel`, and the libraries it runs with.
  package let versions: [String: String]
  package let run: ManifestRun
  /// Of each file of areas that the tables depend on, its name and SHA-256; sorted.
  let areas: [(name: String, digest: String)]
  /// Likewise of each file of risks.
  let risks: [(name: String, digest: String)]
  /// Likewise of each standard population.
  let standards: [(name: String, digest: String)]
  /// What the release is made of, but for inputs and key, as 64 lower-case hexadecimal digits: while it
  /// is the same, and the inputs are, there is nothing to do.
  package let madeFrom: String
  /// Nil when every delivery has come.
  package let leftOut: LeftOut?

  package init(
    pipeline: Pipeline,
    pipelineDigest: String,
    key: Key,
    standardisation: String,
    inputs: [ManifestInput],
    sources: [ManifestSource],
    residentCount: Int,
    duplicateCount: Int,
    versions: [String: String],
    run: ManifestRun,
    leftOut: LeftOut? = nil,
    madeFrom: String = ""
  ) {
    self.pipeline = pipeline
    self.pipelineDigest = pipelineDigest
    self.key = key
    self.standardisation = standardisation
    self.inputs = inputs.sorted {
      ($0.source, $0.fileName, $0.otherPeriod ?? "") < (
        $1.source, $1.fileName, $1.otherPeriod ?? ""
      )
    }
    self.sources = sources
    self.residentCount = residentCount
    self.duplicateCount = duplicateCount
    self.versions = versions
    self.run = run
    self.leftOut = leftOut
    self.madeFrom = madeFrom
    let stage = pipeline.aggregate
    areas = Self.distinct(stage.areaFiles.map { ($0.path, $0.digest) })
    risks = Self.distinct(stage.riskFiles.map { ($0.path, $0.digest) })
    standards = Self.distinct(stage.standards.map { ($0.path, $0.digest) })
  }

  private static func distinct(
    _ files: [(path: String, digest: String)]
  ) -> [(name: String, digest: String)] {
    let named = files.map { file in
      (file.digest, file.path.split(separator: "/").last.map(String.init) ?? "")
    }
    return Dictionary(named) { first, _ in first }.map { (name: $0.value, digest: $0.key) }
      .sorted { $0 < $1 }
  }

  /// The manifest of a release of these tables.
  package func json(tables: [ReleasedTable]) -> JSONValue {
    var versions = versions
    versions["format"] = Self.format
    versions["standardisation"] = standardisation
    var members: [String: JSONValue] = [
      "format": .string(Self.format),
      "pipeline": pipelineJSON,
      "key": [
        "name": .string(key.name),
        "fingerprint": .string(key.fingerprint),
        "demo": .boolean(key.isDemo),
      ],
      "release": .string(pipeline.pseudonymise.release),
      "standardisation": .string(standardisation),
      "inputs": .array(inputs.map(\.json)),
      "sources": .array(sources.map(\.json)),
      "residents": ["count": .count(residentCount), "duplicates": .count(duplicateCount)],
      "protection": protectionJSON,
      "tables": .array(tables.map(\.json)),
      "versions": .object(versions.mapValues { .string($0) }),
      "run": run.json,
    ]
    for (key, files) in [("areas", areas), ("risks", risks), ("standards", standards)]
    where !files.isEmpty {
      members[key] = .array(
        files.map { ["file": .string($0.name), "sha256": .string($0.digest)] }
      )
    }
    members["made_from"] = madeFrom.isEmpty ? nil : .string(madeFrom)
    members["left_out"] = leftOut?.json
    let marks = tables.reduce(into: Set<String>()) { $0.formUnion($1.markCounts.keys) }
    members["marks"] = CellMark.notes(of: marks)
    return .object(members)
  }

  private var pipelineJSON: JSONValue {
    let purpose = pipeline.purpose
    var members: [String: JSONValue] = [
      "name": .string(pipeline.name),
      "title": .string(pipeline.title),
      "owner": .string(pipeline.owner),
      "purpose": ["text": .string(purpose.text), "basis": .string(purpose.basis)],
      "sample": .boolean(pipeline.sample),
      "sha256": .string(pipelineDigest),
    ]
    if let period = pipeline.period {
      members["period"] = [
        "label": .string(period.label),
        "first_day": .string(period.firstDay.description),
        "last_day": .string(period.lastDay.description),
      ]
    }
    return .object(members)
  }

  private var protectionJSON: JSONValue {
    let protection = pipeline.aggregate.protect
    var members: [String: JSONValue] = ["minimum": .integer(protection.minimum)]
    switch protection.method {
    case .hide: members["method"] = "hide"
    case .suppress: members["method"] = "suppress"
    case .round(let base):
      members["method"] = "round"
      members["base"] = .integer(base)
    case .cellKey(let noise):
      // What a reader needs to reckon with the noise; how far sums move stays untold.
      members["method"] = "cell-key"
      members["at_most"] = .integer(noise.atMost)
      members["variance"] = .integer(noise.variance)
    }
    if !protection.recoded.isEmpty {
      members["recoded"] = .array(protection.recoded.map { .string($0.text) })
    }
    members["across"] = protection.isAcrossReleases ? "releases" : nil
    return .object(members)
  }
}
