import Diagnostics
import PipelineFile
import Publication
import Tabular

/// The command that tells what a format offers.
extension Command {
  static let columns = Command(
    name: "columns",
    operands: ["[FORMAT]"],
    options: [Option(name: "--csv", value: nil, meaning: "as CSV, for machines")],
    meaning: "the columns that a format offers: name, type, privacy class; alone: the formats"
  ) { arguments, console in
    let rows: [[String]]
    if let word = arguments.operands.first {
      rows = try columnRows(of: word)
    } else {
      rows = formatRows
    }
    if arguments.has("--csv") {
      for row in rows { console.printText(String(decoding: csvLine(row), as: UTF8.self)) }
    } else {
      for line in aligned(rows) { console.print(line) }
    }
    return .success
  }

  private static func columnRows(of word: String) throws(UsageError) -> [[String]] {
    guard let format = FormatWord.meant(by: word) else {
      let known = FormatWord.all.flatMap { [$0.name] + $0.aliases }
      throw UsageError(
        "found '\(escapedForTerminal(word))', expected a format",
        hint: nearestName(to: word, among: known).map { "did you mean '\($0)'?" }
          ?? "one of \(FormatWord.all.map(\.name).joined(separator: ", "))"
      )
    }
    guard let known = format.known else {
      throw UsageError(
        "'\(format.name)' knows no columns: its files have those that the pipeline file names",
        hint: "koppel contract FILE proposes them for a file"
      )
    }
    let hasKinds = known.columns.contains { !$0.kinds.isEmpty }
    let header = ["column", "type", "class"] + (hasKinds ? [known.kindNoun] : [])
    return [header]
      + known.columns.map { column in
        let kinds = column.kinds.isEmpty ? "all" : column.kinds.sorted().joined(separator: " ")
        return [column.name, column.type.rawValue, column.privacyClass.name]
          + (hasKinds ? [kinds] : [])
      }
  }

  private static var formatRows: [[String]] {
    [["format", "also", "columns", "what it is"]]
      + FormatWord.all.map { format in
        [
          format.name, format.aliases.joined(separator: " "),
          format.known.map { String($0.columns.count) } ?? "yours", format.meaning,
        ]
      }
  }
}

extension KnownFormat {
  /// What the kinds of the format are called.
  fileprivate var kindNoun: String {
    switch self {
    case .iwmo: "messages"
    case .vektis: "standards"
    case .fhir: "resources"
    case .stufBg, .lo3, .brp: "kinds"
    }
  }
}
