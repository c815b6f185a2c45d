import Diagnostics
import Foundation
@testable import Ingest
@testable import PipelineFile
import Tabular

/// A column as tests declare it.
func column(
  _ name: String,
  _ type: ColumnType,
  from sourceName: String? = nil,
  pattern: String? = nil,
  required: Bool = false,
  values: [(String, String)] = [],
  range: ClosedRange<Int64>? = nil,
  textPattern: String? = nil,
  euros: Bool = false,
  at address: ColumnAddress? = nil
) -> SourceColumn {
  var column = SourceColumn(
    name: name,
    sourceName: sourceName ?? name,
    pattern: pattern,
    type: type,
    privacyClass: type.privacyClass,
    required: required,
    unique: false,
    values: values.map { CodeValue(written: $0.0, meaning: $0.1) },
    range: range,
    textPattern: textPattern,
    euros: euros,
    place: Place(file: "test.yaml", line: 1, column: 1)
  )
  column.address = address
  return column
}

/// Columns of iWmo 3.2 by their names, as a pipeline that declares none gets them.
func iwmoColumns(_ names: String...) -> [SourceColumn] {
  names.compactMap { name in
    KnownFormat.iwmo.columns.first { $0.name == name }.map { column(name, $0.type) }
  }
}

/// A source, its files, and what comes out of them.
struct Extract {
  var columns: [SourceColumn]
  var format: Format
  var fileName = "extract.csv"
  var chunkSize = 4 << 20
  var wanted: [String]?
  var lastDay: CivilDate?
  var limits: [SourceLimits.Key: Int] = [:]
  /// The path of an XML Schema.
  var schema: String?

  static func csv(_ columns: [SourceColumn], encoding: Encoding = .utf8) -> Extract {
    Extract(columns: columns, format: .csv(Dialect(), encoding))
  }

  static func statline(_ columns: [SourceColumn], encoding: Encoding = .utf8) -> Extract {
    Extract(columns: columns, format: .csv(.statline, encoding))
  }

  static func fixed(_ columns: [SourceColumn], encoding: Encoding = .utf8) -> Extract {
    Extract(columns: columns, format: .fixed(.fixed, encoding), fileName: "extract.txt")
  }

  static func iwmo(_ columns: [SourceColumn], messages: Set<Int> = [301, 305, 307, 323]) -> Extract
  {
    Extract(columns: columns, format: .iwmo(messages: messages), fileName: "message.xml")
  }

  func with(_ change: (inout Dialect) -> Void) -> Extract {
    var other = self
    switch format {
    case .csv(var dialect, let encoding):
      change(&dialect)
      other.format = .csv(dialect, encoding)
    case .fixed(var dialect, let encoding):
      change(&dialect)
      other.format = .fixed(dialect, encoding)
    case .ndjson(var dialect):
      change(&dialect)
      other.format = .ndjson(dialect)
    case .xml(let record, var dialect):
      change(&dialect)
      other.format = .xml(record: record, dialect)
    default: break
    }
    return other
  }

  func inChunks(of size: Int) -> Extract {
    var other = self
    other.chunkSize = size
    return other
  }

  var source: Source {
    var source = Source(
      name: "care",
      domain: "care",
      format: format,
      files: "*",
      columns: columns,
      rejects: RejectThresholds(warnAbove: nil, failAbove: nil),
      place: Place(file: "test.yaml", line: 1, column: 1)
    )
    source.limitChanges = limits
    source.schema = schema.map {
      SchemaFile(path: $0, place: Place(file: "test.yaml", line: 2, column: 9))
    }
    return source
  }

  /// Reads texts as files of one source.
  func read(_ texts: String...) throws -> Outcome { try read(texts.map { Array($0.utf8) }) }

  func read(_ bytes: [UInt8]) throws -> Outcome { try read([bytes]) }

  func read(_ contents: [[UInt8]]) throws -> Outcome {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    var paths: [String] = []
    for (number, content) in contents.enumerated() {
      paths.append(try folder.write(content, named: "\(number)-\(fileName)"))
    }
    return try read(paths: paths)
  }

  func read(paths: [String]) throws -> Outcome {
    let source = source
    let names = wanted ?? columns.map(\.name)
    let reader = try ExtractReader(
      source: source,
      wanted: names,
      files: paths,
      lastDay: lastDay,
      chunkSize: chunkSize
    )
    let parser = try reader.makeParser()
    var outcome = Outcome()
    var lines: [Int: Int] = [:]
    while let chunk = try reader.next() {
      let parsed = try parser.parse(chunk)
      outcome.add(parsed, source, names, linesBefore: lines[parsed.file] ?? 0)
      lines[parsed.file, default: 0] += parsed.lineCount
    }
    outcome.deliveries = reader.deliveries
    return outcome
  }

  /// The sentence and hint of the error that refuses a text.
  func refusal(of bytes: [UInt8]) -> String {
    do {
      let outcome = try read(bytes)
      if let file = outcome.refused.first {
        return "\(file.fault.sentence) | \(file.fault.hint ?? "")"
      }
      return "read \(outcome.read)"
    } catch let error as IngestError {
      return error.diagnostics.map { "\($0.sentence) | \($0.hint ?? "")" }.joined()
    } catch {
      return "another error"
    }
  }

  func refusal(of text: String) -> String { refusal(of: Array(text.utf8)) }
}

/// What was read, made plain.
struct Outcome: Equatable {
  /// Each cell as text; `-` has no value.
  var rows: [String] = []
  var lines: [Int] = []
  /// `line column reason shape`.
  var rejects: [String] = []
  var read = 0
  var accepted = 0
  var rejected = 0
  var skipped: [SkipReason: Int] = [:]
  var blanked: [String: Int] = [:]
  var deliveries: [Delivery] = []
  var refused: [RefusedFile] = []
  /// By declared column, as the last chunk told.
  var unknownCodes: [Int] = []
  var ordinals: [Int] = []
  /// What each file says of itself, its chunks put together.
  var facts: [FileFacts] = []
  /// `row action key order`, the parts of a key with commas between them.
  var corrections: [String] = []
  var roles: Set<RowRole> = []

  mutating func add(_ parsed: ParsedChunk, _ source: Source, _ names: [String], linesBefore: Int) {
    ordinals.append(parsed.ordinal)
    refused += parsed.refused
    unknownCodes = parsed.keptCodes
    for told in parsed.facts {
      if let place = facts.firstIndex(where: { $0.file == told.file }) {
        facts[place].join(told)
      } else {
        facts.append(told)
      }
    }
    let batch = parsed.batch
    for row in 0..<batch.rowCount {
      lines.append(Int(batch.cells[row * batch.stride]) + linesBefore)
      let cells = names.indices.map { number in
        let value = batch.cells[row * batch.stride + 1 + number]
        return Self.plain(value, source.column(named: names[number])?.type ?? .text, batch.bytes)
      }
      rows.append(cells.joined(separator: "|"))
    }
    roles.formUnion(batch.roles)
    if batch.roles.isEmpty && batch.rowCount > 0 { roles.insert(.ordinary) }
    for correction in batch.corrections {
      let key = String(decoding: batch.bytes[ClearBatch.textRange(correction.key)], as: UTF8.self)
      let order = batch.bytes[ClearBatch.textRange(correction.order)]
      corrections.append(
        "\(rows.count - batch.rowCount + correction.row) \(correction.action) "
          + key.dropFirst(2).replacing("\u{1F}", with: ",") + " "
          + String(decoding: order, as: UTF8.self).replacing("\u{1F}", with: "")
      )
    }
    for reject in parsed.rejects {
      rejects.append(
        "\(reject.line + linesBefore) \(reject.column) \(reject.reason.rawValue) \(reject.shape)"
      )
    }
    read += parsed.read
    accepted += parsed.accepted
    rejected += parsed.rejected
    skipped.merge(parsed.skipped, uniquingKeysWith: +)
    for (number, count) in parsed.blanked.enumerated() where count > 0 {
      blanked[source.columns[number].name, default: 0] += count
    }
  }

  private static func plain(_ value: Int64, _ type: ColumnType, _ bytes: [UInt8]) -> String {
    if value == missingInteger { return "-" }
    switch type {
    case .text, .name, .code, .postcode:
      return String(decoding: bytes[ClearBatch.textRange(value)], as: UTF8.self)
    case .date: return CivilDate(dayNumber: Int(value)).description
    default: return String(value)
    }
  }

  var warnings: [FileWarning] { facts.flatMap { FileWarning.all(of: $0) } }

  /// Without what depends on where chunks end.
  var meaning: Outcome {
    var other = self
    other.deliveries = []
    other.ordinals = []
    for place in facts.indices {
      other.facts[place].payload = nil
      other.facts[place].identifier = []
    }
    return other
  }
}

/// A folder that is gone after the test.
struct TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "ingest-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  func write(_ bytes: [UInt8], named name: String) throws -> String {
    let file = url.appending(path: name)
    try Data(bytes).write(to: file)
    return file.path(percentEncoded: false)
  }

  func remove() { try? FileManager.default.removeItem(at: url) }
}
