import Diagnostics
import NightlyRun

/// A command line, as typed: the command, what it works on, and its options.
struct Arguments {
  let command: Command
  /// Words that are no option, in order, after the command's own.
  let operands: [String]
  /// Values of options that take one; the last counts, but for `--set`.
  private let values: [String: [String]]
  private let flags: Set<String>
  /// `--set name=value`, by name.
  let settings: [String: String]

  init(_ words: [String]) throws(UsageError) {
    var rest = words[...]
    let command = try Self.takeCommand(&rest)
    var operands: [String] = []
    var values: [String: [String]] = [:]
    var flags: Set<String> = []
    var settings: [String: String] = [:]
    var optionsEnded = false
    while let word = rest.popFirst() {
      guard word.hasPrefix("-"), word != "-", !optionsEnded else {
        operands.append(word)
        continue
      }
      if word == "--" {
        optionsEnded = true
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map(String.init)
      let name = parts[0]
      guard let option = command.options.first(where: { $0.name == name }) else {
        let known = command.options.map(\.name)
        throw UsageError(
          "'koppel \(command.name)' has no option '\(escapedForTerminal(name))'",
          hint: nearestName(to: name, among: known).map { "did you mean '\($0)'?" }
            ?? (known.isEmpty ? "it takes no options" : "it has \(known.joined(separator: " "))")
        )
      }
      guard let valueName = option.value else {
        guard parts.count == 1 else { throw UsageError("option '\(name)' takes no value") }
        flags.insert(name)
        continue
      }
      guard let value = parts.count == 2 ? parts[1] : rest.popFirst(), !value.isEmpty else {
        throw UsageError("option '\(name)' needs a value", hint: "\(name) \(valueName)")
      }
      if name == "--set" {
        try Self.addSetting(value, to: &settings)
      } else {
        values[name, default: []].append(value)
      }
    }
    self.command = command
    self.operands = operands
    self.values = values
    self.flags = flags
    self.settings = settings
    try checkOperands()
  }

  func value(_ option: String) -> String? { values[option]?.last }
  /// All values of an option that may be repeated, in order.
  func values(_ option: String) -> [String] { values[option] ?? [] }
  func has(_ flag: String) -> Bool { flags.contains(flag) }

  /// The value of an option, as something else than text.
  ///
  /// - Parameters:
  ///   - option: its name.
  ///   - expected: what a value that is none should have been, as `en or nl`.
  ///   - hint: of the same; nil for that of any command line.
  ///   - read: nil for a text that it cannot read.
  /// - Returns: nil when the option is not given.
  /// - Throws: `UsageError`: a value that cannot be read.
  func value<Value>(
    _ option: String,
    expected: String,
    hint: String? = nil,
    _ read: (String) -> Value?
  ) throws(UsageError) -> Value? {
    guard let text = value(option) else { return nil }
    guard let value = read(text) else {
      let sentence =
        "option '\(option)': found '\(escapedForTerminal(text))', expected \(expected)"
      throw hint.map { UsageError(sentence, hint: $0) } ?? UsageError(sentence)
    }
    return value
  }

  /// The value of an option that is a number.
  func number(_ option: String, in range: ClosedRange<UInt64>) throws(UsageError) -> UInt64? {
    try value(option, expected: "a number from \(range.lowerBound) to \(range.upperBound)") {
      text in
      UInt64(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  /// The variables and the work folder that a command on a pipeline is given.
  var runOptions: RunOptions {
    var options = RunOptions()
    options.settings = settings
    options.workFolder = value("--work")
    return options
  }

  /// Whether the first operand is a pipeline file, by its name.
  var namesPipeline: Bool {
    guard let path = operands.first else { return false }
    return path.hasSuffix(".yaml") || path.hasSuffix(".yml")
  }

  private static func takeCommand(_ words: inout ArraySlice<String>) throws(UsageError) -> Command {
    guard let first = words.popFirst() else { return .help }
    switch first {
    case "-h", "--help": return .help
    case "--version", "-V": return .version
    default: break
    }
    if let second = words.first, let command = Command.named("\(first) \(second)") {
      words.removeFirst()
      return command
    }
    if let command = Command.named(first) { return command }
    if Command.laterNames.contains(first) || Command.all.contains(where: { $0.group == first }) {
      let forms = Command.all.filter { $0.group == first }.map(\.name)
      throw UsageError(
        forms.isEmpty
          ? "'koppel \(first)' is not built yet"
          : "'koppel \(first)' needs one of: "
            + forms.map { String($0.dropFirst(first.count + 1)) }.joined(separator: ", ")
      )
    }
    let known = Command.all.flatMap { [$0.name, $0.group].compactMap { $0 } }
    throw UsageError(
      "found '\(escapedForTerminal(first))', expected a command",
      hint: nearestName(to: first, among: known).map { "did you mean 'koppel \($0)'?" }
        ?? "koppel help tells the commands"
    )
  }

  private static func addSetting(
    _ text: String,
    to settings: inout [String: String]
  ) throws(UsageError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw UsageError("option '--set' needs name=value", hint: "--set period=2026-08")
    }
    guard settings.updateValue(String(parts[1]), forKey: String(parts[0])) == nil else {
      throw UsageError("'\(escapedForTerminal(String(parts[0])))' is set twice")
    }
  }

  private func checkOperands() throws(UsageError) {
    if let empty = operands.firstIndex(of: "") {
      let name = empty < command.operands.count ? command.operands[empty] : "operand"
      throw UsageError("found nothing for \(name), expected a path", hint: command.usage)
    }
    let expected = command.operands
    if operands.count < command.neededOperandCount {
      throw UsageError(
        "'koppel \(command.name)' needs \(expected[operands.count])",
        hint: command.usage
      )
    }
    // The last one may be given several times.
    if operands.count > expected.count, expected.last?.hasSuffix("...") != true {
      throw UsageError(
        "'koppel \(command.name)' does not know what to do with "
          + "'\(escapedForTerminal(operands[expected.count]))'",
        hint: command.usage
      )
    }
  }
}
