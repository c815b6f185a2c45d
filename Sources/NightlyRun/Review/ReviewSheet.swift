import Cryptography
import Files
import PipelineFile
import Tabular

/// The pairs of a night that somebody should look at, numbered in an order that tells nothing.
struct ReviewSheet {
  static let kind = "review"

  /// One pair.
  struct Pair {
    let source: String
    let resident: Token
    let identity: Token
    let stratum: String
    /// In 1/65,536 bit, as all weights; missing where the model does not look.
    let total: Int64
    let rivals: Int64
    let margin: Int64
    /// By the name of the column.
    let cells: [String: (level: String, weight: Int64, band: Int64)]
  }

  /// In shuffled order: the first is pair 1.
  let pairs: [Pair]
  /// The columns that any source compares, in order.
  let columns: [String]
  /// By stratum, how many pairs the samples stand for.
  let sizes: [String: Int]
  /// What the sheet was made from; another night makes another.
  let digest: String

  /// Reads what the last night kept.
  ///
  /// - Returns: nil where no night kept anything.
  /// - Throws: `FilesError`, `CryptographyError`.
  init?(of pipeline: Pipeline, in folder: WorkFolder) throws {
    var pairs: [Pair] = []
    var columns: [String] = []
    var sizes: [String: Int] = [:]
    var digests = ""
    for source in pipeline.sources {
      let path = "\(folder.staging)/\(source.name).\(Self.kind).staged"
      guard somethingStands(at: path) else { continue }
      digests += "\(source.name) \(try fileDigest(path))\n"
      let staged = try StagedTable(path: path)
      let table = try staged.identities()
      for (stratum, size) in staged.header["sizes"]?.objectValue ?? [:] {
        sizes[stratum, default: 0] += Int(size.integerValue ?? 0)
      }
      let compared = (staged.header["compared"]?.arrayValue ?? []).compactMap { column in
        column["name"]?.stringValue.map {
          (name: $0, levels: column["levels"]?.arrayValue?.compactMap(\.stringValue) ?? [])
        }
      }
      columns += compared.map(\.name).filter { !columns.contains($0) }
      pairs += try Self.pairs(of: table, source.name, compared, path: path)
    }
    guard !digests.isEmpty else { return nil }
    let bytes = try sha256(of: Array(digests.utf8))
    digest = lowerHex(Array(bytes.prefix(8)))
    let seed = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let order = pairs.indices.map { (SplitMix64.hash(seed ^ UInt64($0)), $0) }.sorted { $0 < $1 }
    self.pairs = order.map { pairs[$0.1] }
    self.columns = columns
    self.sizes = sizes
  }

  private static func pairs(
    of table: Table,
    _ source: String,
    _ compared: [(name: String, levels: [String])],
    path: String
  ) throws(FilesError) -> [Pair] {
    func integers(_ name: String) throws(FilesError) -> [Int64] {
      guard case .integers(let values, _)? = table[name] else {
        throw .stagedTable(path: path, fault: "it has no column '\(name)'")
      }
      return values
    }
    guard case .tokens(let residents)? = table["resident"],
      case .tokens(let identities)? = table["identity"],
      case .codes(let codes, let strata)? = table["stratum"]
    else { throw .stagedTable(path: path, fault: "it holds no pairs") }
    let (totals, rivals, margins) = (
      try integers("total"), try integers("rivals"), try integers("margin")
    )
    var cells = [[String: (level: String, weight: Int64, band: Int64)]](
      repeating: [:],
      count: table.rowCount
    )
    for column in compared {
      let levels = try integers("\(column.name) level")
      let weights = try integers("\(column.name) weight")
      let bands = try integers("\(column.name) band")
      for row in cells.indices {
        guard let number = Int(exactly: levels[row]), column.levels.indices.contains(number) else {
          throw .stagedTable(path: path, fault: "it names a level that there is not")
        }
        cells[row][column.name] = (column.levels[number], weights[row], bands[row])
      }
    }
    return (0..<table.rowCount).map { row in
      Pair(
        source: source,
        resident: residents[row],
        identity: identities[row],
        stratum: strata.indices.contains(Int(codes[row])) ? strata[Int(codes[row])] : "",
        total: totals[row],
        rivals: rivals[row],
        margin: margins[row],
        cells: cells[row]
      )
    }
  }

  /// The sheet as CSV: how the columns of each pair compare, and an empty decision.
  var csv: String {
    var header = ["pair", "sheet", "total", "rivals", "margin"]
    for column in columns { header += [column, "\(column)_weight", "\(column)_frequency"] }
    var lines = [(header + ["decision"]).joined(separator: ",")]
    for (place, pair) in pairs.enumerated() {
      var fields = [
        "\(place + 1)", digest, Self.bits(pair.total), "\(pair.rivals)", Self.bits(pair.margin),
      ]
      for column in columns {
        guard let cell = pair.cells[column] else {
          fields += ["", "", ""]
          continue
        }
        // One in so many at most; what is rarer than a million is told as that.
        let band = cell.band < 0 ? "" : "1e\(min(cell.band, 6))"
        fields += [cell.level, Self.bits(cell.weight), band]
      }
      lines.append((fields + [""]).joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func bits(_ weight: Int64) -> String {
    if weight == missingInteger { return "" }
    let tenths = Int((Double(weight) / 6553.6).rounded())
    return "\(tenths < 0 ? "-" : "")\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
  }
}
