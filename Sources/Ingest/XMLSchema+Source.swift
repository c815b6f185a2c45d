import Diagnostics
import Files
package import PipelineFile

extension XMLSchema {
  /// The schema that a source names.
  ///
  /// - Returns: nil if it names none.
  /// - Throws: `schemaFile`.
  convenience init?(of source: Source) throws(IngestError) {
    guard let file = source.schema else { return nil }
    do throws(XMLSchemaFault) {
      try self.init(path: file.path)
    } catch {
      throw .schemaFile(
        Place(file: Self.written(error.file, beside: file.path), line: error.line),
        code: error.line == 0 ? 0 : error.code,
        named: file.place
      )
    }
  }

  /// The path of a file of the schema as the pipeline would write it: all lie in one folder.
  private static func written(_ path: String, beside schema: String) -> String {
    guard let name = path.split(separator: "/").last else { return schema }
    let folder = schema.lastIndex(of: "/").map { String(schema[...$0]) } ?? ""
    return folder + name
  }
}

/// What the XML Schema of a source comes to: another digest when any of its files changes.
///
/// - Returns: the SHA-256 of each file, in the order in which they are read; empty without a schema.
/// - Throws: `schemaFile`, `file`.
package func schemaDigests(of source: Source) throws(IngestError) -> [String] {
  guard let schema = try XMLSchema(of: source) else { return [] }
  do throws(FilesError) {
    return try schema.files.map { path throws(FilesError) in try fileDigest(path) }
  } catch {
    throw .file(error)
  }
}
