import Cryptography
import Diagnostics
import Files
import FoundationEssentials
import Tabular

extension PrivacyLog {
  /// Gives a log to people, a line at a time: number, time, event, run, outcome and the rest.
  ///
  /// Nothing is verified here. A line that is none of a log is told as such.
  ///
  /// - Parameters:
  ///   - path: the log.
  ///   - print: takes a line without line end; it is fit for a terminal.
  /// - Throws: `file` when it cannot be read.
  package static func show(
    path: String,
    _ print: (String) -> Void
  ) throws(PrivacyLogError) {
    do {
      var scanner = LogScanner(try OpenFile(reading: path, followingLinks: false))
      var number = 0
      while true {
        switch try scanner.next() {
        case .line(let range):
          number += 1
          if number == 1 { print(LogListing.heading) }
          print(LogListing.text(of: Array(scanner.buffer[range]), number: number))
        case .end(let tornByteCount):
          if tornByteCount > 0 { print("(\(tornByteCount) bytes of an unfinished line)") }
          return
        case .tooLong:
          print("(a line longer than any that koppel writes; the rest is not shown)")
          return
        }
      }
    } catch {
      throw .file(error)
    }
  }
}

/// How a line of the log looks to people.
enum LogListing {
  static let heading = columns("line", "time (UTC)", "event", "run", "outcome", "")

  static func text(of line: [UInt8], number: Int) -> String {
    guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(line)),
      let members = value.objectValue, let event = members["event"]?.stringValue
    else { return columns(String(number), "", "(not a line of a log)", "", "", "") }
    let run = members["run"]?.stringValue ?? ""
    let rest =
      members.filter { !["v", "seq", "ts", "run", "event", "outcome", "prev"].contains($0.key) }
      .sorted { $0.key < $1.key }
      .flatMap { details(of: $0.value, named: $0.key) }
    return columns(
      members["seq"]?.integerValue.map(String.init) ?? String(number),
      members["ts"]?.integerValue.map(time) ?? "",
      event,
      run == PrivacyLog.noRun ? "-" : String(run.prefix(8)),
      members["outcome"]?.stringValue ?? "",
      rest.joined(separator: " ")
    )
  }

  /// `YYYY-MM-DD HH:MM:SS`, from milliseconds since 1970.
  static func time(_ milliseconds: Int64) -> String {
    String(timestamp(milliseconds).dropLast(".000Z".count)).replacing("T", with: " ")
  }

  /// `name=value`, objects by dotted names, lists of objects by their length.
  private static func details(of value: JSONValue, named name: String) -> [String] {
    switch value {
    case .null: return ["\(name)=-"]
    case .boolean(let value): return ["\(name)=\(value)"]
    case .integer(let number): return ["\(name)=\(number)"]
    case .string(let text): return ["\(name)=\(quoted(text))"]
    case .array(let elements):
      let plain = elements.compactMap { element in
        element.stringValue.map(quoted) ?? element.integerValue.map(String.init)
      }
      let isPlain = plain.count == elements.count
      return ["\(name)=\(isPlain ? plain.joined(separator: ",") : "[\(elements.count)]")"]
    case .object(let members):
      return members.sorted { $0.key < $1.key }
        .flatMap { details(of: $0.value, named: "\(name).\($0.key)") }
    }
  }

  /// Digests are cut to what tells them apart; texts with spaces stand in quotes.
  private static func quoted(_ text: String) -> String {
    if text.utf8.count == 64, text.utf8.allSatisfy({ hexValue($0) != nil }) {
      return "\(text.prefix(12))…"
    }
    let safe = escapedForTerminal(text)
    return safe.isEmpty || safe.contains(" ") ? "\"\(safe)\"" : safe
  }

  private static func columns(_ cells: String...) -> String {
    let widths = [5, 19, 16, 8, 9, 0]
    var line = ""
    for (cell, width) in zip(cells, widths) {
      let safe = escapedForTerminal(cell)
      let padding = String(repeating: " ", count: max(0, width - safe.count))
      line += (width == 5 ? padding + safe : safe + padding) + "  "
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}
