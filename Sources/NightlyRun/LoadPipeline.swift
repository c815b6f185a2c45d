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

/// Loads the pipeline that a user named, as it reads today, and tells where its work folder is.
func loadPipeline(
  path: String,
  _ options: RunOptions,
  clock: () -> Int64
) throws -> (pipeline: Pipeline, folder: WorkFolder) {
  let pipeline = try loadPipeline(
    path: path,
    settings: options.settings,
    today: day(ofMilliseconds: clock())
  )
  return (pipeline, WorkFolder(options.workFolder, of: pipeline))
}
