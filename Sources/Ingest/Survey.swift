import PipelineFile

/// What an unknown file seems to be: its format, dialect and columns, with all doubts.
///
/// Nothing of it is a value of the file: it holds headers, shapes and counts.
package struct Survey {
  /// What stands after `read:`.
  let word: String
  /// Other keys of the format, as `form: lg01`.
  var keys: [String] = []
  var encoding: Encoding?
  var encodingDoubts: [String] = []
  var dialect: Dialect?
  var trailer: TrailerForm?
  var footer: String?
  var columns: [SurveyedColumn] = []
  /// Doubts about the file as a whole.
  var doubts: [String] = []
  /// How many rows were looked at.
  var rowCount = 0
  package let path: String

  /// Looks at a file.
  ///
  /// - Throws: `file`; `unrecognised` for what cannot be an extract.
  package init(path: String) throws(IngestError) {
    self.path = path
    let sample = try SurveySample(path: path)
    let text = try SurveyText(sample, path: path)
    if let format = SurveyFormat(sample.bytes, text) {
      word = format.word
      keys = format.keys
      doubts = format.doubts
      return
    }
    let start = text.head.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 9 }
    if start == UInt8(ascii: "<") || start == UInt8(ascii: "{") || start == UInt8(ascii: "[") {
      let tree = try SurveyTree(text, path: path)
      word = tree.word
      keys = tree.keys
      doubts = tree.doubts
      rowCount = tree.rowCount
      let mark = SurveyColumn.decimalMark(of: tree.columns.map(\.column))
      takeColumns(tree.columns.map { ($0.column, $0.name, nil, .path($0.path)) }, mark: mark)
      var marks = Dialect()
      marks.decimal = mark
      dialect = marks
      return
    }
    if let table = SurveyTable(text) {
      word = table.isStatline ? "statline" : "csv"
      take(table)
    } else if let fixed = SurveyFixed(text) {
      word = "fixed"
      rowCount = fixed.rowCount
      doubts.append("where columns begin is guessed: ask the sender for the layout")
      takeColumns(fixed.columns.map { ($0.column, nil, nil, .bytes($0.bytes)) })
    } else {
      word = "csv"
      doubts.append("the lines fall into no fields: is this an extract?")
      takeSingleColumn(text)
    }
    if text.encoding != .utf8 || !text.doubts.isEmpty {
      encoding = text.encoding
      encodingDoubts = text.doubts
    }
  }

  private mutating func take(_ table: SurveyTable) {
    var dialect = table.dialect
    dialect.decimal = table.decimalMark
    trailer = table.footer?.trailer
    footer = table.footer?.footer
    if table.isStatline, footer == Dialect.statline.footer { footer = nil }
    rowCount = table.rowCount
    if dialect.header == 0 { doubts.append("no header line was recognised") }
    if dialect.multiline { doubts.append("quoted fields hold line ends") }
    if table.oddLineCount > 0 {
      doubts.append("\(table.oddLineCount) lines have another number of fields than the others")
    }
    let names = table.names ?? []
    var seen: [String: Int] = [:]
    for name in names { seen[name, default: 0] += 1 }
    takeColumns(
      table.columns.enumerated().map { number, column in
        guard names.indices.contains(number), !names[number].isEmpty, seen[names[number]] == 1
        else {
          return (column, nil, nil, .field(number + 1))
        }
        return (column, nil, names[number], nil)
      },
      mark: dialect.decimal
    )
    let usual = table.isStatline ? Dialect.statline.missing : [""]
    dialect.missing = usual + Set(columns.flatMap(\.missing)).subtracting(usual).sorted()
    self.dialect = dialect
  }

  private mutating func takeSingleColumn(_ text: SurveyText) {
    var column = SurveyColumn()
    let lines = SurveyLines.lines(
      of: text.head,
      limit: SurveyTable.rowLimit,
      takesLast: text.isWhole
    )
    for line in lines { column.add(Array(line)) }
    rowCount = lines.count
    var dialect = Dialect()
    dialect.header = 0
    self.dialect = dialect
    takeColumns([(column, nil, nil, .field(1))])
  }

  private typealias Found = (
    column: SurveyColumn, name: String?, header: String?, address: ColumnAddress?
  )

  private mutating func takeColumns(_ found: [Found], mark: UInt8 = UInt8(ascii: ".")) {
    var names = SurveyNames()
    for (number, one) in found.enumerated() {
      let name = names.name(one.name ?? one.header, number: number + 1)
      columns.append(
        SurveyedColumn(
          one.column,
          name: name,
          header: one.header,
          address: one.address,
          mark: mark
        )
      )
    }
  }
}
