import Cryptography
import Files
import Ingest
import PipelineFile
import Pseudonymisation
import Tabular

/// The digest of everything that decides what a stage makes.
///
/// A stage whose digest is that of what already lies in the work folder is not run again. Only what
/// matters to the stage is in it: a new title of a table does not read six million rows again.
enum StageDigest {
  /// Of a staged source, but for its files and the key.
  ///
  /// - Parameters:
  ///   - source: as the pipeline defines it.
  ///   - pipeline: it stands in.
  ///   - standardisation: the version and digest of its rules.
  /// - Returns: 64 hexadecimal digits.
  /// - Throws: `CryptographyError`.
  static func definition(
    of source: Source,
    in pipeline: Pipeline,
    standardisation: String
  ) throws -> String {
    try digest([
      "stage": "pseudonymise",
      "version": .string(Version.number),
      "source": description(source),
      "schema": .array(try schemaDigests(of: source).map { .string($0) }),
      "policies": .array(
        pipeline.pseudonymise.columns.filter { source.column(named: $0.column) != nil }.map {
          [
            "column": .string($0.column), "token": .string($0.token ?? ""),
            "keep": .string($0.keep.rawValue), "bloom": .string($0.bloom ?? ""),
            "reviewed": .boolean($0.reviewed != nil),
            "encoding": .string($0.bloom == nil ? "" : FieldEncoding.name),
          ]
        }
      ),
      "compared": .array(
        Set(pipeline.link.exact.flatMap { $0.on + ($0.unless?.differ ?? []) }).sorted()
          .map { .string($0) }
      ),
      "release": .string(pipeline.pseudonymise.release),
      "source_release": .string(pipeline.pseudonymise.sourceRelease),
      "standardisation": .string(standardisation),
      "minimum_persons": .integer(pipeline.pseudonymise.minimumPersons),
      "last_day": .string(lastDay(of: source, in: pipeline)),
      "level": pipeline.handsOver ? "source" : "region",
      "records": try records(of: source, in: pipeline),
    ])
  }

  /// How filters for a partner are made of the source; empty where nobody gets any.
  private static func records(of source: Source, in pipeline: Pipeline) throws -> JSONValue {
    guard let form = pipeline.pseudonymise.clk, form.source == source.name else { return "" }
    let schema = pipeline.files.first { $0.path == form.schemaPath }?.bytes ?? []
    return [
      "schema": .string(lowerHex(try sha256(of: schema))), "encoding": .string(form.encoding),
      "key": .string(form.key), "standardised": .boolean(form.standardises),
    ]
  }

  /// What birth dates are judged by; empty where it decides nothing.
  private static func lastDay(of source: Source, in pipeline: Pipeline) -> String {
    guard source.columns.contains(where: { $0.type == .partialDate }) else { return "" }
    return pipeline.latestBirthDay?.description ?? ""
  }

  /// Of a staged source with its files and the fingerprint of the key.
  static func staged(
    definition: String,
    key: String,
    deliveries: [(name: String, sha256: String)]
  ) throws -> String {
    try digest([
      "definition": .string(definition), "key": .string(key),
      "deliveries": .array(deliveries.map { [.string($0.name), .string($0.sha256)] }),
    ])
  }

  /// Of all that a release is made of but the files of its deliveries, its key and who objects.
  ///
  /// - Parameters:
  ///   - pipeline: with its period.
  ///   - settings: what `--set` gave.
  ///   - folder: where it works: what people judged of pairs stands there.
  /// - Returns: 64 hexadecimal digits.
  /// - Throws: `FilesError`, `CryptographyError`, `StandardisationError`.
  static func release(
    of pipeline: Pipeline,
    _ settings: [String: String],
    in folder: WorkFolder
  ) throws -> String {
    let standardisation = try Standardisation().identifier
    let sources = try pipeline.sources.map {
      JSONValue.string(try definition(of: $0, in: pipeline, standardisation: standardisation))
    }
    let before = pipeline.publish.tables.contains(Segment.report) ? pipeline.folderBefore : nil
    let segments = before.map { ["\($0)/manifest.json", "\($0)/\(Segment.report).csv"] } ?? []
    let beside = try (pipeline.aggregate.filesBeside + [folder.reviews] + segments).map {
      JSONValue.string(somethingStands(at: $0) ? try fileDigest($0) : "")
    }
    return try digest([
      "pipeline": .string(try pipeline.policyDigest()), "version": .string(Version.number),
      "period": .string(pipeline.period?.label ?? ""),
      "settings": .object(settings.filter { $0.key != "period" }.mapValues { .string($0) }),
      "sources": .array(sources), "beside": .array(beside),
    ])
  }

  static func digest(_ value: JSONValue) throws -> String {
    lowerHex(try sha256(of: Array(value.canonical.utf8)))
  }

  private static func description(_ source: Source) -> JSONValue {
    let limits = source.limitChanges.map { ($0.key.rawValue, JSONValue.integer(Int64($0.value))) }
    return [
      "name": .string(source.name), "format": source.format.json,
      "drift": [
        .string(source.drift.missing.rawValue), .string(source.drift.renamed.rawValue),
      ],
      "columns": .array(source.columns.map(description)),
      "limits": .object(Dictionary(uniqueKeysWithValues: limits)),
      "sums": .array(source.summedColumns.map { .string($0) }),
    ]
  }

  private static func description(_ column: SourceColumn) -> JSONValue {
    [
      "name": .string(column.name), "from": .string(column.sourceName),
      "as": .string(column.pattern ?? ""), "type": .string(column.type.rawValue),
      "class": .string(column.privacyClass.name), "required": .boolean(column.required),
      "unique": .boolean(column.unique),
      "values": .array(column.values.map { [.string($0.written), .string($0.meaning)] }),
      "range": .array(
        column.range.map { [.integer($0.lowerBound), .integer($0.upperBound)] } ?? []
      ),
      "pattern": .string(column.textPattern ?? ""), "euros": .boolean(column.euros),
      "at": column.address?.json ?? "",
      "unknown": .string(column.unknown.rawValue),
      "region": .string(column.region?.rawValue ?? ""),
      "lookup": column.lookup.map(description) ?? "",
      "arrived": column.arrived?.json ?? "",
    ]
  }

  private static func description(_ lookup: LookupForm) -> JSONValue {
    [
      "table": .string(lookup.digest), "gives": .string(lookup.gives),
      "of": [.string(lookup.postcode), .string(lookup.houseNumber ?? "")],
      "keys": [.string(lookup.postcodeHeader), .string(lookup.houseNumberHeader)],
      "delimiter": .integer(Int64(lookup.delimiter)),
      "encoding": .string(lookup.encoding.rawValue),
    ]
  }
}

extension Pipeline {
  /// The SHA-256 of its files, which are the policy.
  func policyDigest() throws(CryptographyError) -> String {
    var digest = try SHA256()
    for file in files { try digest.update(file.bytes) }
    return lowerHex(try digest.finish())
  }
}
