/// Where something stands: a file, and in it a line and a column.
///
/// Lines and columns count from 1; 0 means "not known". A column counts characters, not bytes.
package struct Place: Hashable, Sendable, CustomStringConvertible {
  /// The path as the user wrote it, never made absolute.
  package let file: String
  package let line: Int
  package let column: Int

  package init(file: String, line: Int = 0, column: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `file:line:column`, without the parts that are not known; no BSN can be read in it.
  package var description: String {
    var text = escapedForTerminal(maskedName(file))
    if line > 0 { text += ":\(line)" }
    if line > 0 && column > 0 { text += ":\(column)" }
    return text
  }
}

extension Place: Comparable {
  package static func < (left: Place, right: Place) -> Bool {
    if left.file != right.file { return left.file < right.file }
    if left.line != right.line { return left.line < right.line }
    return left.column < right.column
  }
}
