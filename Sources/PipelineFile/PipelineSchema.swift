package import Tabular

/// The JSON Schema (draft 2020-12) of pipeline files, for editors.
///
/// It is made from the definitions that the validator uses. Keys that a later version brings are
/// not in it: an editor marks them as the validator does.
///
/// - Returns: the schema; `pipelines/schema/pipeline-1.json` is its pretty form.
package func pipelineSchema() -> JSONValue {
  var schema = SchemaWriter.schema(of: PipelineDefinition.root)
  schema["$schema"] = .string("https://json-schema.org/draft/2020-12/schema")
  schema["title"] = .string("Koppel pipeline, version \(PipelineDefinition.version)")
  return .object(schema)
}

/// The JSON Schema (draft 2020-12) of contract files, for editors.
///
/// - Returns: the schema; `pipelines/schema/contract-1.json` is its pretty form.
package func contractSchema() -> JSONValue {
  var schema = SchemaWriter.schema(of: ContractDefinition.root)
  schema["$schema"] = .string("https://json-schema.org/draft/2020-12/schema")
  schema["title"] = .string("Koppel contract, version \(ContractDefinition.version)")
  return .object(schema)
}
