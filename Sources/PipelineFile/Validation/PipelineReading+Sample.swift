import Diagnostics
import Tabular

/// What stands in for the keys that a pipeline of made-up data leaves out.
///
/// Such a pipeline may be five lines long: sources, and how they are linked. Every column that can tell
/// whether two records are of one person becomes a token under the demo key, with a Bloom filter where
/// it can be misspelt; all else is dropped, and nothing leaves.
extension PipelineReading {
  static let demoKey = "demo"

  var isSample: Bool { root["sample"]?.flag == true }

  /// Whether nothing is counted and nothing leaves: the run ends with its links.
  var publishesNothing: Bool {
    isSample && root["aggregate"] == nil && root["publish"] == nil
      && !root.isUncertain("aggregate") && !root.isUncertain("publish")
  }

  /// The demo key beside the pipeline.
  var sampleKeys: [String: KeySource] {
    [Self.demoKey: .file(besideThePipeline(".koppel/demo.key"))]
  }

  /// Nothing is ever written there; it is no folder of another pipeline.
  var samplePublish: PublishStage {
    PublishStage(
      to: besideThePipeline("out/\(root["pipeline"]?.text ?? "")"),
      tables: [],
      columns: .full
    )
  }

  private func besideThePipeline(_ path: String) -> String {
    let folder = faults.files.first?.folder ?? ""
    return folder.isEmpty || folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
  }

  mutating func samplePseudonymise() -> PseudonymiseStage {
    let recordKeys = Set(
      (root["ingest"]?.entries ?? []).compactMap { $0.value["record_key"]?.text }
    )
    let names = sources.flatMap { $0.columns.map(\.name) }.distinct
    for name in names where !recordKeys.contains(name) {
      let holders = sources.filter { $0.column(name) != nil }
      guard let column = holders.first?.column(name), let span = holders.first?.nameSpan else {
        continue
      }
      var policy: ColumnPolicy?
      if holders.count >= min(2, sources.count) {
        policy = Self.samplePolicy(of: column, at: faults.place(of: span))
      }
      // What nobody could compare is dropped as if it were not named.
      if policy != nil { policies.append(PolicyDraft(column: name, span: span, policy: policy)) }
    }
    let pipeline = root["pipeline"]?.text ?? ""
    return PseudonymiseStage(
      key: root["keys"]?.entries.first?.name ?? Self.demoKey,
      release: pipeline,
      sourceRelease: pipeline,
      columns: policies.compactMap(\.policy)
    )
  }

  /// What becomes of a column of that type; nil when it tells nothing of who somebody is.
  private static func samplePolicy(of column: ColumnDraft, at place: Place) -> ColumnPolicy? {
    let name = column.name
    guard let type = column.type, let privacyClass = column.privacyClass, !isRecordKey(name) else {
      return nil
    }
    var (token, hasFilter, keep): (String?, Bool, Keep) = (label(of: name, type), false, .nothing)
    switch type {
    case .bsn: token = "person"
    case .name:
      // A prefix goes with its surname, initials with first names.
      guard token.map({ !uncomparedKinds.contains($0) }) ?? false else { return nil }
      hasFilter = true
    case .date, .partialDate:
      // A day on which something happened is no part of who somebody is.
      guard privacyClass == .quasi else { return nil }
      keep = .year
    case .postcode: keep = .pc4
    case .text:
      guard privacyClass != .sensitive else { return nil }
      hasFilter = true
    case .code:
      guard privacyClass != .sensitive else { return nil }
      if name == "sex" { (token, keep) = (nil, .value) }
    case .integer:
      guard privacyClass != .sensitive else { return nil }
    case .decimal, .money, .yesNo: return nil
    }
    return ColumnPolicy(
      column: name,
      token: token,
      bloom: hasFilter ? token : nil,
      keep: keep,
      place: place
    )
  }

  /// The label of a column's tokens: the kind that standardisation knows, or one of its own.
  private static func label(of name: String, _ type: ColumnType) -> String {
    let slug = name.lowercased().replacing("_", with: "-")
    let known = ["first-names": "first-name"][slug] ?? slug
    guard let types = labelTypes[known] else { return known }
    return types.contains(type) ? known : "\(known)-\(type.rawValue)"
  }

  /// Whether a column numbers records or tells the truth about them, going by its name.
  private static func isRecordKey(_ name: String) -> Bool {
    let words = name.lowercased().split(separator: "_")
    guard let last = words.last else { return false }
    let things: Set<Substring> = [
      "rec", "record", "row", "unique", "entity", "cluster", "group", "person", "client", "patient",
      "customer", "klant", "source",
    ]
    let endings: Set<Substring> = ["id", "key", "nr", "number", "nummer", "label"]
    if words.count == 1 {
      return ["id", "row", "cluster", "entity", "record", "label", "recid"].contains(last)
    }
    return endings.contains(last) && words.dropLast().allSatisfy(things.contains)
  }
}
