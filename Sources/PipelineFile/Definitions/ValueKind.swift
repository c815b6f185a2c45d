/// What may stand at a place of the pipeline file.
///
/// The validator and the JSON Schema are both made from this.
indirect enum ValueKind: Sendable {
  case text(TextForm)
  case word([AllowedWord])
  case integer(ClosedRange<Int64>)
  /// A number of bytes, as `65536` or `4 MiB`; at least 1.
  case size
  /// A percentage, as `0.1 %`.
  case share
  /// A part of one, as `0.05`.
  case fraction
  /// `true` or `false`.
  case flag
  /// A list of at least so many elements.
  case list(ValueKind, least: Int)
  case mapping(MappingDefinition)
  /// A mapping whose keys are names of the user's own.
  case named(NameForm, ValueKind, noun: String)
  /// A scalar, or a list or mapping, whichever is written.
  case either(ValueKind, ValueKind)
}

/// A word of a closed list.
struct AllowedWord: Sendable {
  let word: String
  let meaning: String
  /// For a word that a later version brings: what to write now.
  let instead: String?

  init(_ word: String, _ meaning: String) {
    self.word = word
    self.meaning = meaning
    instead = nil
  }

  init(notBuilt word: String, instead: String) {
    self.word = word
    meaning = ""
    self.instead = instead
  }
}

/// How a text is read.
enum TextForm: Sendable, Hashable {
  /// Any text that is not empty; variables are replaced.
  case plain
  /// Any text, an empty one too, as it stands.
  case verbatim
  case name(NameForm)
  /// A path; variables are replaced.
  case path
  /// A pattern of file names; what variables put in means itself.
  case glob
  /// A POSIX extended expression, as it stands.
  case pattern
  /// Text with one `{}` in it, as it stands.
  case template
  case expression
  case measure
}

/// What a name may be made of.
enum NameForm: Sendable {
  /// Letters, digits and `_`: it can stand in an expression.
  case identifier
  /// Small letters, digits, `_` and `-`: it becomes the name of a file or folder.
  case slug
  /// Any text: what an extract writes.
  case written

  var expectation: String {
    switch self {
    case .identifier: "letters, digits and '_', beginning with a letter"
    case .slug: "small letters, digits, '-' and '_', beginning with a letter or digit"
    case .written: "text"
    }
  }

  /// The same as an expression of JSON Schema.
  var expression: String {
    switch self {
    case .identifier: "^[A-Za-z][A-Za-z0-9_]{0,62}$"
    case .slug: "^[a-z0-9][a-z0-9_-]{0,62}$"
    case .written: "^[\\s\\S]{0,200}$"
    }
  }

  func accepts(_ text: String) -> Bool {
    if self == .written { return text.unicodeScalars.count <= 200 }
    guard let first = text.utf8.first, text.utf8.count <= 63 else { return false }
    switch self {
    case .written: return true
    case .identifier:
      return isLetter(first) && text.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == 0x5F }
    case .slug:
      return (isSmall(first) || isDigit(first))
        && text.utf8.allSatisfy { isSmall($0) || isDigit($0) || $0 == 0x5F || $0 == 0x2D }
    }
  }

  private func isSmall(_ byte: UInt8) -> Bool { 0x61...0x7A ~= byte }
  private func isLetter(_ byte: UInt8) -> Bool { isSmall(byte) || 0x41...0x5A ~= byte }
  private func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }
}
