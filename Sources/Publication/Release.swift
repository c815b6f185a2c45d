import Cryptography
package import DisclosureControl
package import PipelineFile
import Tabular

/// Tables that leave together, as the bytes of their files.
///
/// Made first, so that the privacy log can hold the digests before anything is published.
package struct Release: Sendable {
  /// The file that holds the digests of all others.
  package static let sumsName = "SHA256SUMS"
  /// The file that tells what the release is made of.
  package static let manifestName = "manifest.json"

  /// In the order given.
  package let tables: [ReleasedTable]

  /// Writes the tables as CSV, in memory.
  ///
  /// - Parameters:
  ///   - tables: with distinct names.
  ///   - columns: the figures alone, or with marks and coverage.
  ///   - coverage: one a source, in output order.
  ///   - measures: by table, what everyone may know of its numbers.
  /// - Throws: `tableName` for a name that cannot be that of a file, `tableRepeated`,
  ///   `cryptography`.
  package init(
    _ tables: [ProtectedTable],
    columns: PublishStage.Columns,
    coverage: [Coverage],
    measures: [String: PublishedMeasures] = [:]
  ) throws(PublicationError) {
    var names: Set<String> = []
    var released: [ReleasedTable] = []
    for table in tables {
      guard isFileName(table.name) else { throw .tableName(table.name) }
      guard names.insert(table.name).inserted else { throw .tableRepeated(table.name) }
      let bytes = csvBytes(table, columns: columns, coverage: coverage)
      released.append(
        ReleasedTable(
          name: table.name,
          fileName: "\(table.name).csv",
          bytes: bytes,
          digest: try hexDigest(of: bytes),
          cellCount: table.cellCount,
          shownCellCount: table.shownCellCount,
          hiddenCellCount: table.hiddenCellCount,
          markCounts: markCounts(of: table.figures),
          figureMarkCounts: Dictionary(
            table.figures.map { ($0.name, markCounts(of: [$0])) }.filter { !$1.isEmpty }
          ) { first, _ in first },
          measures: measures[table.name]
        )
      )
    }
    self.tables = released
  }

  /// All files of the release, sorted by name: the tables, `manifest.json` and `SHA256SUMS`.
  ///
  /// `SHA256SUMS` is what `sha256sum --check` reads and covers all others.
  ///
  /// - Parameter manifest: what the release is made of; its tables are filled in here.
  /// - Returns: distinct names, and the bytes of each file.
  /// - Throws: `cryptography`.
  package func files(
    with manifest: Manifest
  ) throws(PublicationError) -> [(name: String, bytes: [UInt8])] {
    let manifestBytes = Array(manifest.json(tables: tables).pretty.utf8)
    var files = tables.map { (name: $0.fileName, bytes: $0.bytes, digest: $0.digest) }
    files.append((Self.manifestName, manifestBytes, try hexDigest(of: manifestBytes)))
    // By bytes, as `LC_ALL=C sort` does, so that no locale changes the file.
    files.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    let sums = files.map { "\($0.digest)  \($0.name)\n" }.joined()
    return [(Self.sumsName, Array(sums.utf8))] + files.map { ($0.name, $0.bytes) }
  }
}

/// Whether a table of that name can be a file on any system, and stand in `SHA256SUMS` as it is.
private func isFileName(_ name: String) -> Bool {
  let isAllowed = name.utf8.allSatisfy { byte in
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
    default: false
    }
  }
  return isAllowed && name.utf8.first != 0x2E && (1...200).contains(name.utf8.count)
}

/// The SHA-256 digest of a file as 64 lower-case hexadecimal digits.
func hexDigest(of bytes: [UInt8]) throws(PublicationError) -> String {
  do {
    return lowerHex(try sha256(of: bytes))
  } catch { throw .cryptography(error) }
}

private func markCounts(of figures: [ProtectedTable.Figure]) -> [String: Int] {
  var counts: [String: Int] = [:]
  for mark in CellMark.allCases where mark != .none {
    let count = figures.reduce(0) { $0 + $1.count(of: mark) }
    if count > 0 { counts[mark.symbol] = count }
  }
  return counts
}
