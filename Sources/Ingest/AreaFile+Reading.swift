import Diagnostics
import PipelineFile
import Tabular

extension AreaFile {
  private static let regionHeader = "region"

  /// Reads the file.
  ///
  /// - Returns: the same with its areas, or its pairs of neighbours.
  /// - Throws: `table`, with the place in the file, or in the pipeline if it cannot be opened.
  func read() throws(IngestError) -> AreaFile {
    var read = self
    var dialect = Dialect()
    dialect.delimiter = delimiter
    let headers = try CodeTable.headers(path, dialect, encoding, place)
    if headers.contains("code") {
      read.areas = try areas(headers)
    } else if use == .near, headers.count == 2 {
      read.neighbours = try pairs(headers)
    } else {
      throw .table(.noColumn("code"), Place(file: path))
    }
    read.digest = try CodeTable.digest(path, place)
    return read
  }

  private func areas(_ headers: [String]) throws(IngestError) -> [Area] {
    let hasPlaces = headers.contains("x") || headers.contains("y")
    for wanted in hasPlaces ? ["x", "y"] : use == .near ? ["x"] : [Self.regionHeader]
    where !headers.contains(wanted) {
      throw .table(.noColumn(wanted), Place(file: path))
    }
    let columns = ["code", "name", Self.regionHeader, "x", "y"].filter(headers.contains)
    var areas: [String: Area] = [:]
    for row in try table(columns).rows {
      let cells = Dictionary(uniqueKeysWithValues: zip(columns, row))
      guard let code = cells["code"] ?? nil else { continue }
      let x = try metres(cells["x"] ?? nil, "x")
      let y = try metres(cells["y"] ?? nil, "y")
      guard (x == nil) == (y == nil) else {
        throw .table(.faultyRow(.required, column: x == nil ? "x" : "y"), Place(file: path))
      }
      var position: Area.Position?
      if let x, let y { position = Area.Position(x: x, y: y) }
      let area = Area(
        code: code,
        name: cells["name"] ?? nil,
        region: cells[Self.regionHeader] ?? nil,
        position: position
      )
      guard areas.updateValue(area, forKey: code).map({ $0 == area }) ?? true else {
        throw .table(.ambiguous, Place(file: path))
      }
    }
    guard !areas.isEmpty else { throw .table(.empty, Place(file: path)) }
    return areas.values.sorted { $0.code.utf8.lexicographicallyPrecedes($1.code.utf8) }
  }

  private func pairs(_ headers: [String]) throws(IngestError) -> [NeighbourPair] {
    var pairs: [NeighbourPair] = []
    for row in try table(headers).rows {
      guard let left = row[0], let right = row[1] else { continue }
      pairs.append(NeighbourPair(left, right))
    }
    guard !pairs.isEmpty else { throw .table(.empty, Place(file: path)) }
    return pairs
  }

  private func table(_ headers: [String]) throws(IngestError) -> CodeTable {
    try CodeTable(
      path,
      headers: headers,
      delimiter: delimiter,
      encoding: encoding,
      place: place
    )
  }

  /// A number of metres; nil where there is none.
  private func metres(_ text: String?, _ column: String) throws(IngestError) -> Double? {
    guard let text else { return nil }
    // Only digits: `Double` would read `nan`, `1e400` and hexadecimals too.
    let isPlain = text.utf8.allSatisfy { 0x30...0x39 ~= $0 || $0 == 0x2E || $0 == 0x2D }
    guard isPlain, text.utf8.count <= 20, let number = Double(text) else {
      throw .table(.faultyRow(.number, column: column), Place(file: path))
    }
    return number
  }
}
