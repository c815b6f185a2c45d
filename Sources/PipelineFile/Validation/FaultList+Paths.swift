extension FaultList {
  /// A path that a file names, relative to the folder of that file.
  ///
  /// What the command line gives is relative to the current folder, as its user sees it.
  func path(_ value: CheckedValue, isGlob: Bool = false) -> String {
    guard let text = value.variableText else { return "" }
    return text.startsWithSetting
      ? text.text : path(text.text, namedAt: value.span, isGlob: isGlob)
  }

  /// The same of a path that is a part of what stands there.
  func path(_ text: String, namedAt span: SourceSpan, isGlob: Bool = false) -> String {
    guard !text.hasPrefix("/"), files.indices.contains(span.file) else { return text }
    var folder = files[span.file].folder
    guard !folder.isEmpty else { return text }
    if isGlob { folder = Self.literal(folder) }
    return folder.hasSuffix("/") ? folder + text : folder + "/" + text
  }

  static func literal(_ folder: String) -> String {
    var escaped = ""
    for character in folder {
      if "*?[]\\".contains(character) { escaped.append("\\") }
      escaped.append(character)
    }
    return escaped
  }
}
