import Diagnostics
import Files
import FoundationEssentials
import Linkage
import PipelineFile
import Pseudonymisation
import Tabular

/// The models of a release, by source: learnt on its first night and used on all others.
///
/// Shares of levels alone; no value, token or count of anybody is in it.
struct KeptModels {
  /// Of one source.
  struct Kept {
    /// What the model depends on but the records.
    let digest: String
    let model: LearntModel
  }

  static let fileName = "model.ledger"
  private static let format = "koppel-models/1"
  private static let sizeLimit = 1 << 22

  private(set) var sources: [String: Kept] = [:]

  /// Reads what earlier nights kept.
  ///
  /// - Returns: nothing kept where no file stands; with a warning where it is no file of ours.
  /// - Throws: `FilesError`.
  static func load(path: String) throws(FilesError) -> (models: KeptModels, warning: Diagnostic?) {
    guard somethingStands(at: path) else { return (KeptModels(), nil) }
    let file = try OpenFile(reading: path, followingLinks: false)
    let bytes = try file.bytes(at: 0, count: min(file.size(), sizeLimit))
    guard let json = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)),
      json["format"]?.stringValue == format, let members = json["sources"]?.objectValue
    else {
      let warning = Diagnostic(
        .warning,
        at: Place(file: path),
        "found a file of models that cannot be read: what was learnt is learnt again",
        hint: "links may differ from those of last night"
      )
      return (KeptModels(), warning)
    }
    var models = KeptModels()
    for (name, kept) in members {
      guard let digest = kept["digest"]?.stringValue,
        let model = kept["model"].flatMap(LearntModel.init)
      else { continue }
      models.sources[name] = Kept(digest: digest, model: model)
    }
    return (models, nil)
  }

  /// Writes what is kept, whole or not at all.
  ///
  /// - Throws: `FilesError`.
  func write(to path: String) throws(FilesError) {
    let members = sources.mapValues { kept -> JSONValue in
      ["digest": .string(kept.digest), "model": kept.model.json]
    }
    let json: JSONValue = ["format": .string(Self.format), "sources": .object(members)]
    try AtomicFile.write(path, Array(json.pretty.utf8), mode: 0o600)
  }

  /// The model of a source; nil when none is kept, or it was learnt under another definition.
  func model(of source: String, digest: String) -> LearntModel? {
    sources[source].flatMap { $0.digest == digest ? $0.model : nil }
  }

  mutating func keep(_ model: LearntModel, of source: String, digest: String) {
    sources[source] = Kept(digest: digest, model: model)
  }

  /// What a model depends on but the records: another release, encoding or comparison voids it.
  ///
  /// - Throws: `CryptographyError`.
  static func digest(of stage: LinkStage, in pipeline: Pipeline) throws -> String {
    try StageDigest.digest([
      "release": .string(pipeline.pseudonymise.release),
      "encoding": .string(FieldEncoding.name),
      "spine": .string(stage.spine ?? ""),
      "policies": .array(
        pipeline.pseudonymise.columns.map {
          [.string($0.column), .string($0.token ?? ""), .string($0.bloom ?? "")]
        }
      ),
      "compared": .array((stage.probabilistic?.comparisons ?? []).map(\.json)),
    ])
  }
}
