import Cryptography
import Diagnostics
import Files
import FoundationEssentials
import PipelineFile
import Publication
import Tabular

extension Night {
  /// Whether the release of a run stands already, and is what the run would make now.
  ///
  /// It is when its manifest was made of this pipeline, with the files beside it, and of the files that
  /// lie in the inbox now; when its tables are as they were published; and when no other night has
  /// taken out a delivery that it counts. A pipeline with a list of persons who object, or with
  /// filters for a partner, runs always. No key is opened and nothing is written.
  ///
  /// - Parameters:
  ///   - path: of the pipeline file.
  ///   - options: what the user asked.
  ///   - clock: milliseconds since 1970 in UTC.
  /// - Returns: the folder of the release; nil where there is something to do.
  /// - Throws: an error of the module that cannot look; each is a `KoppelError`.
  static func standsAlready(
    path: String,
    options: RunOptions,
    clock: @escaping @Sendable () -> Int64
  ) throws -> String? {
    guard options.only == nil, options.from == nil, !options.fresh else { return nil }
    let (pipeline, folder) = try loadPipeline(path: path, options, clock: clock)
    guard !pipeline.endsWithLinks, !pipeline.handsOver, pipeline.pseudonymise.optOut == nil,
      pipeline.pseudonymise.clk == nil,
      let manifest = try manifest(publishedIn: pipeline.publish.to),
      let madeFrom = manifest["made_from"]?.stringValue,
      try madeFrom == StageDigest.release(of: pipeline, options.settings, in: folder),
      try holds(manifest, itsTablesIn: pipeline.publish.to),
      try holds(manifest, whatLiesInTheInboxOf: pipeline, workers: options.workers),
      try !isTakenOut(manifest, of: pipeline, by: folder.ledger)
    else { return nil }
    return pipeline.publish.to
  }

  /// The manifest of a published folder; nil where none stands that can be read.
  static func manifest(publishedIn folder: String) throws(FilesError) -> JSONValue? {
    let path = "\(folder)/\(Release.manifestName)"
    guard somethingStands(at: path) else { return nil }
    let file = try OpenFile(reading: path)
    let bytes = try file.bytes(at: 0, count: file.size())
    return try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))
  }

  private static func holds(_ manifest: JSONValue, itsTablesIn folder: String) throws -> Bool {
    let tables = manifest["tables"]?.arrayValue ?? []
    return try !tables.isEmpty
      && tables.allSatisfy { table in
        guard let name = table["file"]?.stringValue else { return false }
        let path = "\(folder)/\(name)"
        return try somethingStands(at: path) && fileDigest(path) == table["sha256"]?.stringValue
      }
  }

  private static func holds(
    _ manifest: JSONValue,
    whatLiesInTheInboxOf pipeline: Pipeline,
    workers: Int
  ) throws -> Bool {
    let inputs = manifest["inputs"]?.arrayValue ?? []
    for source in pipeline.sources {
      let told = inputs.filter { $0["source"]?.stringValue == source.name }
      let files = try Inbox.lying(in: source, pipeline.period?.label ?? "").files
      guard told.count == files.count else { return false }
      let digests = try concurrentChunks(files.count, workers: workers) { number in
        try fileDigest(files[number].path)
      }
      let found = zip(files, digests).map { file, digest in
        [KeptNames.shaped(file.path, pattern: file.pattern), file.otherPeriod ?? "", digest]
      }
      let expected = told.map { input in
        [
          KeptNames.withoutDigest(input["file"]?.stringValue ?? ""),
          input["period"]?.stringValue ?? "", input["sha256"]?.stringValue ?? "",
        ]
      }
      guard
        found.map({ $0.joined(separator: "\n") }).sorted()
          == expected.map({ $0.joined(separator: "\n") }).sorted()
      else { return false }
    }
    return true
  }

  /// Whether a file counts in the release that another has taken the place of since.
  private static func isTakenOut(
    _ manifest: JSONValue,
    of pipeline: Pipeline,
    by ledger: String
  ) throws -> Bool {
    let replaced = Set(
      try DeliveryLedger.unproven(path: ledger).filter { $0.state == .replaced }
        .map { [$0.source, $0.period, $0.sha256] }
    )
    let sources = manifest["sources"]?.arrayValue ?? []
    return (manifest["inputs"]?.arrayValue ?? []).contains { input in
      guard input["state"]?.stringValue == "accepted", let source = input["source"]?.stringValue
      else { return false }
      let stale = sources.first { $0["name"]?.stringValue == source }?["stale"]?.stringValue
      let period = input["period"]?.stringValue ?? stale ?? pipeline.period?.label ?? ""
      return replaced.contains([source, period, input["sha256"]?.stringValue ?? ""])
    }
  }
}
