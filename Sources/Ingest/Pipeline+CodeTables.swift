import Diagnostics
import Files
package import PipelineFile
import Tabular

extension Pipeline {
  /// Reads the tables beside the pipeline: code lists, successors, areas, risks, payers, standard
  /// populations, the digests of lookups.
  ///
  /// Codes and successors become `values` of their columns, so that whatever depends on a column
  /// depends on them; of a lookup the digest is kept, its rows are read with the extract.
  ///
  /// - Returns: the same pipeline, its tables read.
  /// - Throws: `table`, with the place in the table, or in the pipeline if it cannot be opened.
  package func readingCodeTables() throws(IngestError) -> Pipeline {
    var sources = sources
    for source in sources.indices {
      for column in sources[source].columns.indices {
        try sources[source].columns[column].readCodeTables(day: period?.lastDay)
      }
    }
    let known = with(sources)
    return try known.with(
      aggregate.readingAreas { (file) throws(IngestError) in try file.read() }
        .readingRisks { (file) throws(IngestError) in try file.read() }
        .readingSavings(
          invested: { (file) throws(IngestError) in try file.read() },
          payers: { (file, sources) throws(IngestError) in try file.read(paying: sources) }
        )
        .readingStandards { (file) throws(IngestError) in
          try file.read(file.strata.map { known.labels(ofPersons: $0) })
        }
    )
  }
}

extension SourceColumn {
  mutating func readCodeTables(day: CivilDate?) throws(IngestError) {
    if let codes { values = try values(of: codes) }
    if let successors, let day {
      let table = try SuccessorTable(successors, region: region)
      values = try table.values(on: day, after: values)
    }
    if var form = lookup {
      form.digest = try CodeTable.digest(form.path, form.place)
      lookup = form
    }
  }

  private func values(of form: CodeListForm) throws(IngestError) -> [CodeValue] {
    let table = try CodeTable(
      form.path,
      headers: [form.from, form.to],
      delimiter: form.delimiter,
      encoding: form.encoding,
      place: form.place
    )
    var meanings: [String: String] = [:]
    var values: [CodeValue] = []
    for row in table.rows {
      guard var code = row[0] else { continue }
      if let region, let formed = region.form(of: Array(code.utf8)) {
        code = String(decoding: formed, as: UTF8.self)
      }
      let meaning = row[1] ?? code
      if let known = meanings.updateValue(meaning, forKey: code) {
        guard known == meaning else { throw .table(.ambiguous, form.tablePlace) }
        continue
      }
      values.append(CodeValue(written: code, meaning: meaning))
    }
    guard !values.isEmpty else { throw .table(.empty, form.tablePlace) }
    return values
  }
}
