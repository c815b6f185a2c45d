import Diagnostics
import Files
import PipelineFile
import Tabular

/// A CSV file beside the pipeline, read by the same reader as extracts.
struct CodeTable {
  /// The cells of each row, as texts; nil has no value.
  let rows: [[String?]]
  /// The line on which each row begins.
  let lines: [Int]
  /// The largest Dutch lists, of medicines and of care providers, have some 400,000 rows.
  static let rowLimit = 1_000_000

  /// Reads the columns of these headers, or the first so many where they are nil.
  ///
  /// - Parameters:
  ///   - path: of the file.
  ///   - headers: of the columns.
  ///   - delimiter: between fields.
  ///   - encoding: of the file.
  ///   - place: where the pipeline names it.
  ///   - rowLimit: the most rows that it may have.
  /// - Throws: `table`; also when it has more than `rowLimit` rows.
  init(
    _ path: String,
    headers: [String?],
    delimiter: UInt8,
    encoding: Encoding,
    place: Place,
    rowLimit: Int = Self.rowLimit
  ) throws(IngestError) {
    var dialect = Dialect()
    dialect.delimiter = delimiter
    let names = try Self.names(path, headers, dialect, encoding, place)
    let source = Source.table(
      path,
      headers: names.distinct.map { ($0, .text) },
      dialect: dialect,
      encoding: encoding,
      place: place
    )
    let numbers = names.map { name in source.columns.firstIndex { $0.name == name } ?? 0 }
    var rows: [[String?]] = []
    var lines: [Int] = []
    try Self.read(source, path) { (batch, linesBefore) throws(IngestError) in
      guard rows.count + batch.rowCount <= rowLimit else {
        throw .table(.rows(limit: rowLimit), Place(file: path))
      }
      for row in 0..<batch.rowCount {
        lines.append(linesBefore + Int(batch.cells[row * batch.stride]))
        let cells = numbers.map { batch.cells[row * batch.stride + 1 + $0] }
        rows.append(
          cells.map { cell in
            cell == missingInteger
              ? nil : String(decoding: batch.bytes[ClearBatch.textRange(cell)], as: UTF8.self)
          }
        )
      }
    }
    guard !rows.isEmpty else { throw .table(.empty, Place(file: path)) }
    self.rows = rows
    self.lines = lines
  }

  /// Reads the rows of a table, in batches, each with the lines before it.
  ///
  /// - Throws: `table`: also for a row that would be rejected in an extract.
  static func read(
    _ source: Source,
    _ path: String,
    _ take: (ClearBatch, _ linesBefore: Int) throws(IngestError) -> Void
  ) throws(IngestError) {
    do throws(IngestError) {
      let reader = try ExtractReader(
        source: source,
        wanted: source.columns.map(\.name),
        files: [path]
      )
      let parser = try reader.makeParser()
      var linesBefore = 0
      while let chunk = try reader.next() {
        let parsed = try parser.parse(chunk)
        if let reject = parsed.rejects.first {
          throw .table(
            .faultyRow(reject.reason, column: reject.column),
            Place(file: path, line: linesBefore + reject.line)
          )
        }
        try take(parsed.batch, linesBefore)
        linesBefore += parsed.lineCount
      }
    } catch {
      throw Self.asTableFault(error, path, source.place)
    }
  }

  /// The SHA-256 of a table, in hexadecimal.
  ///
  /// - Throws: `table` at the place that names it.
  static func digest(_ path: String, _ place: Place) throws(IngestError) -> String {
    do throws(FilesError) {
      return try fileDigest(path)
    } catch {
      throw asTableFault(.file(error), path, place)
    }
  }

  private static func asTableFault(
    _ error: IngestError,
    _ path: String,
    _ place: Place
  ) -> IngestError {
    switch error {
    case .refused(.missingColumns(let names, _, _), let place):
      .table(.noColumn(names.first ?? ""), place)
    case .refused(let fault, let place):
      .table(.unreadable(sentence: fault.sentence, hint: fault.hint), place)
    case .file(let error):
      .table(
        .unreadable(
          sentence: "the table cannot be read: \(error.diagnostics.first?.sentence ?? path)",
          hint: error.diagnostics.first?.hint
        ),
        place
      )
    default: error
    }
  }

  private static func names(
    _ path: String,
    _ headers: [String?],
    _ dialect: Dialect,
    _ encoding: Encoding,
    _ place: Place
  ) throws(IngestError) -> [String] {
    guard headers.contains(nil) else { return headers.compactMap { $0 } }
    let found = try Self.headers(path, dialect, encoding, place)
    return try headers.enumerated().map { (number, header) throws(IngestError) in
      guard let name = header ?? (number < found.count ? found[number] : found.last) else {
        throw .table(.empty, Place(file: path))
      }
      return name
    }
  }

  /// The headers of a table, in their order.
  ///
  /// - Throws: `table`.
  static func headers(
    _ path: String,
    _ dialect: Dialect,
    _ encoding: Encoding,
    _ place: Place
  ) throws(IngestError) -> [String] {
    do throws(IngestError) {
      var file = try CsvFile(path: path, form: CsvForm(dialect, encoding))
      return try file.readHead().names
    } catch {
      throw asTableFault(error, path, place)
    }
  }
}
