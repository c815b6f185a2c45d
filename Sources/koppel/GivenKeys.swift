import Diagnostics
import FoundationEssentials

/// Refuses keys that are given where others can read them.
///
/// Arguments stand in the list of processes and in histories; the environment is inherited.
enum GivenKeys {
  /// A key was given by value.
  enum Refusal: KoppelError {
    case argument(number: Int)
    case environment(name: String)

    var exitStatus: ExitStatus { .privacyRefused }

    var diagnostics: [Diagnostic] {
      let sentence =
        switch self {
        case .argument(let number): "found the bytes of a key in argument \(number)"
        case .environment(let name):
          "found the bytes of a key in the environment, as \(maskedKeys(escapedForTerminal(name)))"
        }
      return [
        Diagnostic(
          sentence + ", expected a name or a file",
          hint:
            "others can read it there: that key is no secret any more; make another one, in a file"
        )
      ]
    }
  }

  /// Looks at the words of a command line and at the whole environment.
  ///
  /// In a variable that is not koppel's own, 64 hexadecimal digits may be a digest or another program's
  /// token; a line of a key file is a key wherever it stands.
  ///
  /// - Throws: `Refusal`; nothing of the key is in it.
  static func refuse(
    _ words: [String],
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(Refusal) {
    // The head of a log is a digest that `log verify` takes.
    for (number, word) in words.enumerated() where holdsKey(word) && !isHead(words, number) {
      throw .argument(number: number + 1)
    }
    for name in environment.keys.sorted() {
      let value = environment[name] ?? ""
      guard name.hasPrefix("KOPPEL_") ? holdsKey(value) : holdsKeyLine(value) else { continue }
      throw .environment(name: name)
    }
  }

  private static func isHead(_ words: [String], _ number: Int) -> Bool {
    words[number].hasPrefix("--head=") || (number > 0 && words[number - 1] == "--head")
  }
}
