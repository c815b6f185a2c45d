import Diagnostics
import PipelineFile
import Tabular

extension PayerFile {
  /// Reads the file.
  ///
  /// - Parameter sources: those whose costs are paid.
  /// - Returns: the same with its parts; those of each source add up to 100 %.
  /// - Throws: `table`, with the place in the file, or in the pipeline if it cannot be opened.
  func read(paying sources: [String]) throws(IngestError) -> PayerFile {
    let table = try CodeTable(
      path,
      headers: ["source", "payer", "percent"],
      delimiter: UInt8(ascii: ";"),
      encoding: .utf8,
      place: place
    )
    var parts: [String: [String: Int64]] = [:]
    for row in table.rows {
      guard let source = row[0], sources.contains(source) else {
        throw .table(.noSource(among: sources), Place(file: path))
      }
      guard let payer = row[1] else {
        throw .table(.faultyRow(.required, column: "payer"), Place(file: path))
      }
      guard let part = row[2].flatMap({ hundredths($0) }), part <= 10_000 else {
        throw .table(.faultyRow(.number, column: "percent"), Place(file: path))
      }
      guard parts[source, default: [:]].updateValue(part, forKey: payer) == nil else {
        throw .table(.ambiguous, Place(file: path))
      }
    }
    var read = self
    for source in sources {
      let own = (parts[source] ?? [:]).sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      // A hundred thousandths in a million rows: no sum is near 64 bits.
      guard own.reduce(0, { $0 + $1.value }) == 10_000 else {
        throw .table(.parts(of: source), Place(file: path))
      }
      read.parts += own.map { Part(source: source, payer: $0.key, hundredths: $0.value) }
    }
    return read
  }
}
