import PipelineFile

/// Gives the columns of an unknown file names that a pipeline can use, each once.
struct SurveyNames {
  private var taken: Set<String> = []

  /// - Parameters:
  ///   - header: what the file calls the column; nil where its place tells.
  ///   - number: of the column, from 1.
  /// - Returns: a name that no column has yet.
  mutating func name(_ header: String?, number: Int) -> String {
    let standard = header.flatMap { SurveyHint($0).name }
    if let standard, taken.insert(standard).inserted { return standard }
    let base = header.map(Self.identifier) ?? ""
    let wanted = base.isEmpty ? "column_\(number)" : base
    var name = wanted
    var next = 2
    while isReservedWord(name) || !taken.insert(name).inserted {
      name = "\(wanted.prefix(56))_\(next)"
      next += 1
    }
    return name
  }

  private static func identifier(_ header: String) -> String {
    var name = ""
    for scalar in header.unicodeScalars {
      switch scalar.value {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: name.unicodeScalars.append(scalar)
      default: if !name.isEmpty, name.last != "_" { name.append("_") }
      }
    }
    while name.last == "_" { name.removeLast() }
    guard let first = name.unicodeScalars.first else { return "" }
    if 0x30...0x39 ~= first.value { name = "c_" + name }
    return String(name.prefix(60))
  }
}
