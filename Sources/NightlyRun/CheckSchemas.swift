import Diagnostics
import Ingest
package import PipelineFile

/// Reads every XML Schema that a pipeline names.
///
/// - Throws: `IngestError` of the first one that cannot be used.
package func checkSchemas(of pipeline: Pipeline) throws {
  for source in pipeline.sources { _ = try schemaDigests(of: source) }
}
