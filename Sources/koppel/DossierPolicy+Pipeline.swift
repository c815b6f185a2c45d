import PipelineFile
import PrivacyLog
import Tabular

extension DossierPolicy {
  /// What a pipeline file says of itself.
  init(_ pipeline: Pipeline) {
    self.init()
    title = pipeline.title
    owner = pipeline.owner
    purpose = pipeline.purpose.text
    basis = pipeline.purpose.basis
    release = pipeline.pseudonymise.release
    sourceRelease = pipeline.pseudonymise.sourceRelease
    keys = pipeline.keys.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value.custody))" }
    hasSourceKey = pipeline.keys["source"] != nil
    sources = pipeline.sources.map { ($0.name, $0.domain) }
    columns = pipeline.columnFates.map { fate in
      Column(source: fate.source, name: fate.column, privacyClass: fate.privacyClass.name)
    }
    minimumPersons = Int(pipeline.pseudonymise.minimumPersons)
    hasObjections = pipeline.pseudonymise.optOut != nil
    tables = pipeline.publish.tables
    minimum = Int(pipeline.aggregate.protect.minimum)
    handsOver = pipeline.handsOver
    partnerSource = pipeline.pseudonymise.clk?.source
    // Without a period, a variable of the user's own may stand for one; a digit of the name does not.
    let others = release.replacing(pipeline.name, with: "")
    spansPeriods =
      pipeline.period.map { !release.contains($0.label) } ?? !others.contains(where: \.isNumber)
  }
}

extension KeySource {
  /// How it is kept, in the words of the pipeline file.
  fileprivate var custody: String {
    switch self {
    case .credential(let name): "credential \(name)"
    case .file(let path): "file \(path)"
    case .halves(let first, let second): "halves: \(first.custody), \(second.custody)"
    case .fingerprint(let digits): "kept by suppliers, fingerprint \(digits)"
    }
  }
}
