import Diagnostics
import PipelineFile
import Tabular

extension RiskFile {
  private static let headers = ["score", "risk"]

  /// Reads the file.
  ///
  /// - Returns: the same with its risks.
  /// - Throws: `table`, with the place in the file, or in the pipeline if it cannot be opened.
  func read() throws(IngestError) -> RiskFile {
    var read = self
    let table = try CodeTable(
      path,
      headers: Self.headers,
      delimiter: UInt8(ascii: ";"),
      encoding: .utf8,
      place: place
    )
    for row in table.rows {
      guard let score = row[0].flatMap({ Int64($0) }) else {
        throw .table(.faultyRow(.number, column: "score"), Place(file: path))
      }
      // Only digits: `Double` would read `nan` and hexadecimals too.
      guard let text = row[1], text.utf8.count <= 20,
        text.utf8.allSatisfy({ 0x30...0x39 ~= $0 || $0 == 0x2E }), let risk = Double(text),
        0...1 ~= risk
      else { throw .table(.faultyRow(.number, column: "risk"), Place(file: path)) }
      guard read.risks.updateValue(risk, forKey: score).map({ $0 == risk }) ?? true else {
        throw .table(.ambiguous, Place(file: path))
      }
    }
    read.digest = try CodeTable.digest(path, place)
    return read
  }
}
