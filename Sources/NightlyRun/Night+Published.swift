import Diagnostics
import Files
import FoundationEssentials
import PipelineFile
import Publication
import Tabular

/// What stands published already, here or elsewhere.
extension Night {
  /// A published table or manifest is longer than this only by mistake.
  private static let sizeLimit = 256 << 20

  /// A table of a release, with its manifest; nil where no such release stands.
  static func published(
    _ table: String,
    in folder: String
  ) throws -> (manifest: JSONValue, rows: PublishedRows)? {
    guard let manifest = try bytes("\(folder)/\(Release.manifestName)"),
      let json = try? JSONDecoder().decode(JSONValue.self, from: Data(manifest)),
      let table = try bytes("\(folder)/\(table).csv")
    else { return nil }
    return (json, PublishedRows(table))
  }

  /// The persons of each segment as our release of the period before shows them.
  ///
  /// - Returns: of everyone under `total`; empty where no release stands in that period's own folder.
  func segmentsBefore() throws -> [String: Int64] {
    guard let folder = pipeline.folderBefore,
      let (manifest, rows) = try Self.published(Segment.report, in: folder),
      manifest["pipeline"]?["name"]?.stringValue == pipeline.name,
      manifest["pipeline"]?["period"]?["label"]?.stringValue == pipeline.period?.previous?.label,
      let segment = rows.columns.firstIndex(of: Segment.column),
      let persons = rows.columns.firstIndex(of: "persons")
    else { return [:] }
    var found: [String: Int64] = [:]
    for row in rows.rows where row.count == rows.columns.count {
      found[row[segment]] = Int64(row[persons])
    }
    return found
  }

  private static func bytes(_ path: String) throws -> [UInt8]? {
    guard somethingStands(at: path) else { return nil }
    let file = try OpenFile(reading: path)
    return try file.bytes(at: 0, count: min(file.size(), sizeLimit))
  }
}

extension Pipeline {
  /// Where the release of the period before stands.
  ///
  /// Nil where the folder does not name the period: it held that release until tonight, and a second
  /// run would differ.
  var folderBefore: String? {
    guard let period, let before = period.previous, publish.to.contains(period.label) else {
      return nil
    }
    return publish.to.replacing(period.label, with: before.label)
  }
}
