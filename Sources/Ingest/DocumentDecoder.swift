import Diagnostics
import PipelineFile

/// Reads one file of a format that is no plain lines, from its beginning to its end.
///
/// A class, since decoders of several kinds are held in one place; it is asked once a piece, never
/// once a row.
protocol DocumentDecoder: AnyObject {
  /// Reads on until the document ends or its rows take more than so many bytes.
  ///
  /// - Returns: whether the document ended.
  /// - Throws: `file`; `refused`, and then what `rows` holds of this document counts for nothing.
  func read(into rows: inout DocumentRows, byteLimit: Int) throws(IngestError) -> Bool
}

/// Which decoder the files of a source need.
///
/// - Note: Clear identifiers pass through here.
struct DocumentFormat {
  private let source: Source
  private var iwmo: IwmoFormat?
  private var lo3Layout: Lo3Layout?
  private var vektisColumns: [VektisColumns] = []
  private var lo3SoapLayout: Lo3SoapLayout?
  private var xmlLayout: XmlLayout?
  private var stufLayout: StufLayout?
  private var eiLayouts: [Int: EiLayout] = [:]
  /// What XML is checked against while it is read.
  private let schema: XMLSchema?

  /// - Returns: nil for a format of plain lines.
  /// - Throws: `schemaFile`.
  init?(_ source: Source) throws(IngestError) {
    self.source = source
    schema = try XMLSchema(of: source)
    switch source.format {
    case .csv, .fixed, .lo3Csv, .ndjson, .fhir: return nil
    case .iwmo(let messages, let encoding):
      iwmo = IwmoFormat(
        messages: messages,
        columns: source.columns,
        schema: schema,
        limits: source.limits,
        encoding: encoding
      )
      eiLayouts = EiLayout.all(of: messages, columns: source.columns)
    case .xml(let record, _):
      xmlLayout = try? XmlLayout(record: record, columns: source.columns)
    case .lo3:
      lo3Layout = Lo3Layout(columns: source.columns)
      lo3SoapLayout = Lo3SoapLayout()
    case .vektis:
      vektisColumns = VektisLayout.all.map { VektisColumns($0, columns: source.columns) }
    case .stufBg: stufLayout = StufLayout(columns: source.columns)
    default: break
    }
  }

  /// Begins a file.
  ///
  /// - Parameters:
  ///   - input: its bytes.
  ///   - path: as the run names the file.
  ///   - file: its index in the list of the source.
  /// - Returns: a decoder that stands before the first byte.
  /// - Throws: `notRead`, `readerUnavailable`.
  func decoder(
    for input: DocumentInput,
    path: String,
    file: Int
  ) throws(IngestError) -> any DocumentDecoder {
    switch source.format {
    case .iwmo(_, let encoding) where EiLines.begin(input):
      return EiDecoder(
        input,
        EiMessage(layouts: eiLayouts, path: path, file: file, encoding: encoding),
        path: path,
        encoding: encoding
      )
    case .iwmo:
      guard let iwmo else { throw .notRead(Place(file: path)) }
      return try IwmoDecoder(
        input,
        format: iwmo,
        eiLayouts: eiLayouts,
        path: path,
        file: file
      )
    case .xml:
      guard let xmlLayout else { throw .notRead(Place(file: path)) }
      return try XmlDecoder(
        XMLInput(input, source.limits),
        layout: xmlLayout,
        schema: schema,
        path: path,
        file: file
      )
    case .stufBg:
      guard let stufLayout else { throw .notRead(Place(file: path)) }
      return try StufDecoder(
        XMLInput(input, source.limits),
        layout: stufLayout,
        schema: schema,
        path: path,
        file: file
      )
    case .lo3(.soap):
      guard let lo3Layout, let lo3SoapLayout else { throw .notRead(Place(file: path)) }
      return try Lo3SoapDecoder(
        XMLInput(input, source.limits),
        layout: lo3SoapLayout,
        person: lo3Layout,
        schema: schema,
        path: path,
        file: file
      )
    case .lo3(.lg01):
      guard let lo3Layout else { throw .notRead(Place(file: path)) }
      return Lo3MessageDecoder(input, layout: lo3Layout, path: path, file: file)
    case .vektis(let encoding):
      let claims = VektisClaims(
        vektisColumns,
        columnCount: source.columns.count,
        encoding: encoding,
        path: path,
        file: file
      )
      return EiDecoder(input, claims, path: path, encoding: encoding)
    case .brp:
      return BrpDecoder(
        input,
        columns: source.columns,
        limits: source.limits,
        path: path,
        file: file
      )
    default: throw .notRead(Place(file: path))
    }
  }
}
