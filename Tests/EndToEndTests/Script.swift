/// A test as text: commands, and the files they need.
///
/// One command a line; `#` begins a remark. A line `-- name --` begins a file: what follows, up to
/// the next such line, is its content. See `Scripts/README.md` for the commands.
struct Script {
  /// One line of commands.
  struct Command {
    /// In the script, from 1.
    let line: Int
    /// Whether `!` stands before it: the opposite is expected.
    let isNegated: Bool
    /// The name of the command, then its arguments, without their quotes.
    let words: [String]
  }

  /// A file that stands in the script.
  struct File {
    let name: String
    let content: String
  }

  var commands: [Command] = []
  var files: [File] = []

  /// - Throws: `ScriptFailure` for a line that cannot be read.
  init(_ text: String) throws(ScriptFailure) {
    var name: String?
    var content = ""
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if let next = Self.fileName(line) {
        if let name { files.append(File(name: name, content: content)) }
        name = next
        content = ""
      } else if name != nil {
        content += "\(line)\n"
      } else {
        try addCommand(line, number: number + 1)
      }
    }
    // The text ends with a line end, after which the split finds an empty line.
    if content.hasSuffix("\n") { content.removeLast() }
    if let name { files.append(File(name: name, content: content)) }
  }

  private mutating func addCommand(_ line: Substring, number: Int) throws(ScriptFailure) {
    var words = try Self.words(line, number: number)
    let isNegated = words.first == "!"
    if isNegated { words.removeFirst() }
    if words.isEmpty && !isNegated { return }
    commands.append(Command(line: number, isNegated: isNegated, words: words))
  }

  private static func fileName(_ line: Substring) -> String? {
    guard line.hasPrefix("-- "), line.hasSuffix(" --"), line.count > 6 else { return nil }
    return String(line.dropFirst(3).dropLast(3))
  }

  /// Words between spaces; quotes of either kind keep spaces and the other kind.
  private static func words(_ line: Substring, number: Int) throws(ScriptFailure) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in line {
      if let open = quote {
        if character == open { quote = nil } else { word?.append(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character == " " || character == "\t" {
        if let done = word { words.append(done) }
        word = nil
      } else if character == "#" && word == nil {
        break
      } else {
        word = (word ?? "") + String(character)
      }
    }
    guard quote == nil else { throw ScriptFailure(line: number, sentence: "a quote is not closed") }
    if let word { words.append(word) }
    return words
  }
}

/// A line of a script that did not hold, or could not be read.
struct ScriptFailure: Error, CustomStringConvertible {
  let line: Int
  let sentence: String

  var description: String { "line \(line): \(sentence)" }
}
