/// Where a node of a pipeline file begins and ends.
///
/// Lines and columns count from 1; a column counts Unicode scalars. The end column is the one
/// after the last.
struct SourceSpan: Hashable, Sendable {
  /// Index into the files of the load, the main one first.
  var file: Int
  var line: Int
  var column: Int
  var endLine: Int
  var endColumn: Int
}
