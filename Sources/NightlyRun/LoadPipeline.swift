import Ingest
package import PipelineFile
package import Tabular

/// Reads a pipeline file and the tables beside it; no extract and no key is touched.
///
/// - Parameters:
///   - path: of the file, as the user wrote it.
///   - settings: what `--set name=value` gave.
///   - today: what the period `previous` counts from.
/// - Returns: a valid pipeline whose code lists were read.
/// - Throws: `PipelineFileError`: every fault at once; `IngestError`: the first fault of a table.
package func loadPipeline(
  path: String,
  settings: [String: String],
  today: CivilDate
) throws -> Pipeline {
  try PipelineLoader.load(path: path, settings: settings, today: today).readingCodeTables()
}
