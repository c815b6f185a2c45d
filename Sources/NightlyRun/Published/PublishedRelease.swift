import Cryptography
import Diagnostics
package import DisclosureControl
import Files
import FoundationEssentials
import Publication
import Tabular

/// Tables that were published, as an outsider finds them: a folder with its manifest, or files alone.
package struct PublishedRelease {
  /// Where it was found.
  package let path: String
  /// Tables whose numbers are looked at by themselves: nothing adds up in them.
  package let leftOut: [String]
  /// What can be worked out of the others.
  package let audit: OutsiderAudit

  /// Attacks the tables of folders: together those that one pipeline made of the same deliveries, and one
  /// by one those of other days, whose numbers may be others.
  ///
  /// - Parameters:
  ///   - folders: each with a manifest.
  ///   - minimum: of persons in a cell that is shown; nil: what the manifests tell.
  /// - Returns: in the order of the folders.
  /// - Throws: `FilesError`, `PublishedFault`.
  package static func releases(
    in folders: [String],
    minimum: Int64?
  ) throws -> [PublishedRelease] {
    var together: [[(folder: String, manifest: PublishedManifest)]] = []
    for folder in folders {
      let manifest = try PublishedManifest(folder: folder, minimum: minimum)
      if let origin = manifest.origin,
        let place = together.firstIndex(where: { $0[0].manifest.origin == origin })
      {
        together[place].append((folder, manifest))
      } else {
        together.append([(folder, manifest)])
      }
    }
    return try together.map { try PublishedRelease($0) }
  }

  private init(_ folders: [(folder: String, manifest: PublishedManifest)]) throws {
    var tables: [OutsiderTable] = []
    var leftOut: [String] = []
    for (number, (folder, manifest)) in folders.enumerated() {
      let prefix = folders.count > 1 ? "\(folder)/" : ""
      let read = try Self.tables(of: manifest, in: folder, prefix: prefix)
      tables += read.tables.map { $0.of(release: number) }
      leftOut += read.leftOut
    }
    try self.init(
      tables,
      leftOut: leftOut,
      path: folders.map(\.folder).joined(separator: ", "),
      // What one of them hides another must not tell.
      minimum: folders.compactMap(\.manifest.protection.minimum).max()
    )
  }

  private static func tables(
    of manifest: PublishedManifest,
    in folder: String,
    prefix: String
  ) throws -> (tables: [OutsiderTable], leftOut: [String]) {
    var tables: [OutsiderTable] = []
    var leftOut: [String] = []
    for table in manifest.tables {
      let file = try PublishedFile(path: "\(folder)/\(table.file)")
      guard try lowerHex(sha256(of: file.bytes)) == table.digest else {
        throw PublishedFault(
          Place(file: file.path),
          "found another digest than the manifest has: the file was changed",
          hint: "name the file instead of its folder to look at it as it is",
          .tampered
        )
      }
      if table.measures?.scope == .alone {
        leftOut.append(prefix + table.name)
      } else {
        tables.append(
          try file.table(named: prefix + table.name, table.measures, manifest.protection)
        )
      }
    }
    return (tables, leftOut)
  }

  /// Attacks tables of which nobody tells anything.
  ///
  /// - Parameters:
  ///   - files: their paths.
  ///   - minimum: of persons in a cell that is shown; nil where nobody tells.
  /// - Throws: `FilesError`, `PublishedFault`.
  package init(files: [String], minimum: Int64?) throws {
    let protection = PublishedProtection(minimum: minimum, method: .unknown)
    let tables = try files.map { path in
      try PublishedFile(path: path).table(named: path, nil, protection)
    }
    for (path, table) in zip(files, tables) where !table.hasNumbers {
      throw PublishedFault(
        Place(file: path),
        "found no column of whole numbers beside its labels, expected a published table"
      )
    }
    try self.init(tables, leftOut: [], path: files.joined(separator: ", "), minimum: minimum)
  }

  private init(
    _ tables: [OutsiderTable],
    leftOut: [String],
    path: String,
    minimum: Int64?
  ) throws {
    self.path = path
    self.leftOut = leftOut
    do throws(DisclosureControlError) {
      audit = try OutsiderAudit(tables, minimum: minimum)
    } catch {
      guard case .contradiction(let table) = error else { throw error }
      throw PublishedFault(
        Place(file: path),
        "table '\(escapedForTerminal(table))' and one before it have two values for one number",
        hint: "are they of one release?"
      )
    }
  }
}

/// What a manifest tells an outsider.
struct PublishedManifest {
  let tables: [Entry]
  let protection: PublishedProtection
  /// Of what it was made; nil where it does not say.
  let origin: Origin?

  /// A pipeline, its period, and the deliveries: where all are the same, so are the numbers.
  struct Origin: Equatable {
    let pipeline: String
    let period: JSONValue
    /// Source and digest of each.
    let inputs: Set<[String]>
  }

  /// One table.
  struct Entry {
    let name: String
    let file: String
    let digest: String
    /// Nil where the manifest does not say what adds up.
    let measures: PublishedMeasures?
  }

  /// - Parameters:
  ///   - folder: of the release.
  ///   - minimum: instead of what it tells.
  /// - Throws: `FilesError`, `PublishedFault`.
  init(folder: String, minimum: Int64?) throws {
    let file = try PublishedFile(path: "\(folder)/\(Release.manifestName)")
    let place = Place(file: file.path)
    guard let json = try? JSONDecoder().decode(JSONValue.self, from: Data(file.bytes)),
      json["format"]?.stringValue == Manifest.format,
      let protection = json["protection"].flatMap({
        PublishedProtection($0, minimum: minimum)
      }),
      let told = json["tables"]?.arrayValue
    else {
      throw PublishedFault(place, "found something else than a manifest of \(Manifest.format)")
    }
    var names: Set<String> = []
    self.protection = protection
    origin = Self.origin(json)
    tables = try told.map { table in
      guard let name = table["name"]?.stringValue, names.insert(name).inserted,
        let file = table["file"]?.stringValue, !file.contains("/"), !file.isEmpty,
        let digest = table["sha256"]?.stringValue
      else {
        throw PublishedFault(place, "found a table without name, file or digest of its own")
      }
      var measures: PublishedMeasures?
      if let adds = table["adds"] {
        measures = PublishedMeasures(adds)
        if measures == nil {
          throw PublishedFault(
            place,
            "table '\(escapedForTerminal(name))': found 'adds' that is not understood"
          )
        }
      }
      return Entry(name: name, file: file, digest: digest, measures: measures)
    }
  }

  private static func origin(_ json: JSONValue) -> Origin? {
    guard let pipeline = json["pipeline"]?["name"]?.stringValue,
      let told = json["inputs"]?.arrayValue, !told.isEmpty
    else { return nil }
    let inputs = told.compactMap { input -> [String]? in
      guard let source = input["source"]?.stringValue, let digest = input["sha256"]?.stringValue
      else { return nil }
      return [source, digest, input["state"]?.stringValue ?? ""]
    }
    guard inputs.count == told.count else { return nil }
    return Origin(
      pipeline: pipeline,
      period: json["pipeline"]?["period"] ?? .null,
      inputs: Set(inputs)
    )
  }
}
