// What a pipeline is when its cases are run: every source is given rows, and nothing else is read.

extension Pipeline {
  /// The same pipeline, each of whose sources reads lines with its columns in their order.
  ///
  /// A source keeps its columns, with their types, codes, ranges and tables. What a format does
  /// beside that is not done: a row of a message is given as the format would hand it over. What a
  /// supplier would have pseudonymised is given in clear, and who objects is not asked.
  package var readingGivenRows: Pipeline {
    var other = self
    other.sources = sources.map(\.readingGivenRows)
    other.keys[Self.sourceKeyName] = nil
    other.pseudonymise.optOut = nil
    return other
  }
}

extension Protection {
  /// For rows that are made up: no cell has fewer persons than none, so that all is shown.
  package static var ofNobody: Protection { Protection(minimum: 0, method: .hide) }
}

extension Source {
  /// The columns that a case gives values of, in the order of the lines.
  package var givenColumns: [SourceColumn] { declaredColumns.filter { $0.lookup == nil } }

  fileprivate var readingGivenRows: Source {
    var other = self
    var dialect = format.dialect ?? Dialect()
    dialect.delimiter = UInt8(ascii: ",")
    dialect.quote = UInt8(ascii: "\"")
    dialect.top = 0
    dialect.header = 0
    dialect.multiline = false
    dialect.footer = nil
    dialect.trailer = nil
    other.format = .given(of: format.known, dialect)
    other.arrival = nil
    other.schema = nil
    var field = 0
    other.columns = declaredColumns.map { column in
      var column = column
      if column.lookup == nil { field += 1 }
      // What is looked up is in no field; what is read in its place is thrown away.
      column.address = .field(max(1, field))
      return column
    }
    return other
  }
}
