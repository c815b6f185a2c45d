import Diagnostics
import PipelineFile

/// Which decoder the files of a source need.
///
/// - Note: Clear identifiers pass through here.
struct DocumentFormat {
  /// What the decoders of a format have in common.
  private enum Layout {
    case iwmo(IwmoFormat, flat: [Int: EiLayout])
    case xml(XmlLayout)
    case stufBg(StufLayout)
    case lo3Soap(Lo3SoapLayout, person: Lo3Layout)
    case lo3Messages(Lo3Layout)
    case vektis([VektisColumns], Encoding)
    case brp
  }

  private let source: Source
  /// Nil for paths of XML that are none; the pipeline file was checked for that.
  private let layout: Layout?
  /// What XML is checked against while it is read.
  private let schema: XMLSchema?

  /// - Returns: nil for a format of plain lines.
  /// - Throws: `schemaFile`.
  init?(_ source: Source) throws(IngestError) {
    self.source = source
    schema = try XMLSchema(of: source)
    switch source.format {
    case .csv, .fixed, .lo3Csv, .ndjson, .fhir, .given: return nil
    case .iwmo(let messages, let encoding):
      let format = IwmoFormat(
        messages: messages,
        columns: source.columns,
        schema: schema,
        limits: source.limits,
        encoding: encoding
      )
      layout = .iwmo(format, flat: EiLayout.all(of: messages, columns: source.columns))
    case .xml(let record, _):
      layout = (try? XmlLayout(record: record, columns: source.columns)).map { .xml($0) }
    case .stufBg: layout = .stufBg(StufLayout(columns: source.columns))
    case .lo3(.soap):
      layout = .lo3Soap(Lo3SoapLayout(), person: Lo3Layout(columns: source.columns))
    case .lo3(.lg01): layout = .lo3Messages(Lo3Layout(columns: source.columns))
    case .vektis(let encoding):
      let columns = VektisLayout.all.map { VektisColumns($0, columns: source.columns) }
      layout = .vektis(columns, encoding)
    case .brp: layout = .brp
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
    switch layout {
    case .iwmo(let format, let flat) where EiLines.begin(input):
      return EiDecoder(
        input,
        EiMessage(layouts: flat, path: path, file: file, encoding: format.encoding),
        path: path,
        encoding: format.encoding
      )
    case .iwmo(let format, let flat):
      return try IwmoDecoder(input, format: format, eiLayouts: flat, path: path, file: file)
    case .xml(let layout):
      return try XmlDecoder(
        XMLInput(input, source.limits),
        layout: layout,
        schema: schema,
        path: path,
        file: file
      )
    case .stufBg(let layout):
      return try StufDecoder(
        XMLInput(input, source.limits),
        layout: layout,
        schema: schema,
        path: path,
        file: file
      )
    case .lo3Soap(let layout, let person):
      return try Lo3SoapDecoder(
        XMLInput(input, source.limits),
        layout: layout,
        person: person,
        schema: schema,
        path: path,
        file: file
      )
    case .lo3Messages(let layout):
      return Lo3MessageDecoder(input, layout: layout, path: path, file: file)
    case .vektis(let columns, let encoding):
      let claims = VektisClaims(
        columns,
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
    case nil: throw .notRead(Place(file: path))
    }
  }
}
