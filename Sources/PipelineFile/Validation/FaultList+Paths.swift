extension FaultList {
  /// A path that a file names, relative to the folder of that file.
  ///
  /// What the command line gives is relative to the current folder, as its user sees it.
  func path(_ value: CheckedValue, isGlob: Bool = false) -> String {
    guard let text = value.variableText else { return "" }
    guard !text.text.hasPrefix("/"), !text.startsWithSetting,
      files.indices.contains(value.span.file)
    else { return text.text }
    var folder = files[value.span.file].folder
    guard !folder.isEmpty else { return text.text }
    if isGlob { folder = Self.literal(folder) }
    return folder.hasSuffix("/") ? folder + text.text : folder + "/" + text.text
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
