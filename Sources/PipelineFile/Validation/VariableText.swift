/// A value of which the variables are replaced.
struct VariableText: Sendable {
  /// As it stands in the file.
  let raw: String
  let text: String
  /// For each scalar of `text`, and for its end, the scalar of `raw` that it comes from.
  let origins: [Int]
  /// The variables that stood in it.
  let names: Set<String>
  /// It begins with a value of the command line, whose paths are relative to the current folder.
  let startsWithSetting: Bool

  /// A value that takes no variables.
  init(verbatim raw: String) {
    self.raw = raw
    text = raw
    origins = Array(0...raw.unicodeScalars.count)
    names = []
    startsWithSetting = false
  }

  init(raw: String, text: String, origins: [Int], names: Set<String>, startsWithSetting: Bool) {
    self.raw = raw
    self.text = text
    self.origins = origins
    self.names = names
    self.startsWithSetting = startsWithSetting
  }

  /// The span of a part of `text` in the file.
  func span(in faults: FaultList, of whole: SourceSpan, from start: Int, to end: Int) -> SourceSpan
  {
    func origin(_ offset: Int) -> Int { origins[min(max(0, offset), origins.count - 1)] }
    return faults.part(of: whole, text: raw, from: origin(start), to: origin(end))
  }
}
