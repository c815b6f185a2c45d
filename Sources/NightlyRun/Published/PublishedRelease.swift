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

  /// Attacks the tables of a folder.
  ///
  /// - Parameters:
  ///   - folder: with a manifest.
  ///   - minimum: of persons in a cell that is shown; nil: what the manifest tells.
  /// - Throws: `FilesError`, `PublishedFault`.
  package init(folder: String, minimum: Int64?) throws {
    let manifest = try PublishedManifest(folder: folder, minimum: minimum)
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
        leftOut.append(table.name)
      } else {
        tables.append(try file.table(named: table.name, table.measures, manifest.protection))
      }
    }
    try self.init(tables, leftOut: leftOut, path: folder, minimum: manifest.protection.minimum)
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
}
