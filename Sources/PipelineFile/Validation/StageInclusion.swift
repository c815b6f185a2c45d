import Diagnostics

/// Puts stages that stand in files of their own in their place.
enum StageInclusion {
  /// - Returns: the tree with every `{file: PATH}` of a stage replaced by what that file holds.
  static func apply(
    to entries: [YAMLEntry],
    of root: YAMLNode,
    _ faults: inout FaultList
  ) -> YAMLNode {
    var whole: [YAMLEntry] = []
    for entry in entries {
      let mayStandApart = PipelineDefinition.root.key(entry.key)?.mayStandApart ?? false
      guard mayStandApart, let path = entry.value["file"], case .scalar(let text, _) = path.content
      else {
        whole.append(entry)
        continue
      }
      let value = stage(text, path, entry, &faults)
      whole.append(YAMLEntry(key: entry.key, keySpan: entry.keySpan, value: value))
    }
    return YAMLNode(content: .mapping(whole), span: root.span)
  }

  private static func stage(
    _ text: String,
    _ path: YAMLNode,
    _ entry: YAMLEntry,
    _ faults: inout FaultList
  ) -> YAMLNode {
    let faulty = YAMLNode(content: .faulty, span: entry.value.span)
    if let other = entry.value.entries.first(where: { $0.key != "file" }) {
      faults.report(
        at: other.keySpan,
        "'\(entry.key)' stands in a file of its own, and has the key '\(other.key)' here",
        hint: "move it into that file"
      )
      return faulty
    }
    guard !text.isEmpty else {
      faults.report(at: entry.keySpan, "'\(entry.key)' names no file")
      return faulty
    }
    let folder = faults.files[path.span.file].folder
    let separator = folder.isEmpty || folder.hasSuffix("/") ? "" : "/"
    let resolved = text.hasPrefix("/") ? text : folder + separator + text
    do throws(PipelineFileReading.Failure) {
      let bytes = try PipelineFileReading.bytes(of: resolved)
      let file = faults.add(SourceText(path: resolved, bytes: bytes))
      guard let root = YAMLReading.root(of: file, &faults) else { return faulty }
      if let nested = root.entries.first(where: { $0.key == "file" && $0.value.text != nil }) {
        faults.report(
          at: nested.keySpan,
          "found a file that names another file",
          hint: "write the stage here"
        )
        return faulty
      }
      return root
    } catch {
      faults.report(at: path.span, "'\(resolved)': \(error.sentence)")
      return faulty
    }
  }
}
