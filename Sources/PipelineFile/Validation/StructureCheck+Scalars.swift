import Diagnostics

extension StructureCheck {
  /// Reads a scalar as its key says.
  mutating func scalar(
    _ node: YAMLNode,
    _ raw: String,
    _ kind: ValueKind,
    _ context: Context
  ) -> CheckedValue {
    let content: CheckedValue.Content?
    switch kind {
    case .text(let form): content = text(node, raw, form, context)
    case .word(let words): content = word(node, raw, words, context)
    case .integer(let range): content = integer(node, raw, range, context)
    case .size:
      content = measured(
        byteCount(raw).map { .integer($0) },
        node,
        raw,
        context,
        expected: "a number of bytes, at least 1",
        hint: "write it as 65536, 64 KiB, 4 MiB or 2 GiB"
      )
    case .share:
      content = measured(
        percentage(raw).map { .share($0) },
        node,
        raw,
        context,
        expected: "a percentage from 0 % to 100 %",
        hint: "write it as 0.1 %"
      )
    case .fraction:
      content = measured(
        fraction(raw).map { .share($0) },
        node,
        raw,
        context,
        expected: "a part of one",
        hint: "write it as 0.05"
      )
    case .flag: content = flag(node, raw, context)
    case .list, .mapping, .named, .either: content = nil
    }
    return CheckedValue(content: content ?? .faulty, span: node.span, place: context.place)
  }

  static func expectation(of kind: ValueKind) -> String {
    switch kind {
    case .text(.name(let form)): form.expectation
    case .text(.path): "a path"
    case .text(.glob): "a pattern of file names"
    case .text(.pattern): "a POSIX extended expression"
    case .text(.expression), .text(.measure): "an expression"
    case .text: "a text"
    case .word(let words):
      words.filter { $0.instead == nil }.map(\.word).formattedChoice
    case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .size: "a number of bytes, as 64 KiB"
    case .share: "a percentage, as 0.1 %"
    case .fraction: "a part of one, as 0.05"
    case .flag: "true or false"
    case .list: "a list in [ ]"
    case .mapping, .named: "keys and values"
    case .either(let first, _): expectation(of: first)
    }
  }

  private mutating func text(
    _ node: YAMLNode,
    _ raw: String,
    _ form: TextForm,
    _ context: Context
  ) -> CheckedValue.Content? {
    switch form {
    case .verbatim, .pattern: return .text(VariableText(verbatim: raw))
    case .template:
      guard raw.split(separator: "{}", omittingEmptySubsequences: false).count == 2 else {
        faults.report(
          at: node.span,
          "\(context.noun): found no '{}', or several, expected one",
          hint: "write the place of the value as {}, as in \"wmo:{}\""
        )
        return nil
      }
      return .text(VariableText(verbatim: raw))
    case .name(let form):
      guard form.accepts(raw) else {
        faults.report(
          at: node.span,
          "\(context.noun): found a name that cannot be used, expected \(form.expectation)"
        )
        return nil
      }
      return .text(VariableText(verbatim: raw))
    case .plain, .path, .glob, .expression, .measure:
      let isGlob = form == .glob
      let replaced = variables.replace(in: raw, at: node.span, isGlob: isGlob, &faults)
      guard let replaced else { return nil }
      guard !replaced.text.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x0A }) else {
        faults.report(
          at: node.span,
          "\(context.noun): found an empty text, expected \(Self.expectation(of: .text(form)))"
        )
        return nil
      }
      return .text(replaced)
    }
  }

  private mutating func word(
    _ node: YAMLNode,
    _ raw: String,
    _ words: [AllowedWord],
    _ context: Context
  ) -> CheckedValue.Content? {
    guard let word = words.first(where: { $0.word == raw }) else {
      let built = words.filter { $0.instead == nil }.map(\.word)
      let near = nearestName(to: raw, among: built)
      faults.report(
        at: node.span,
        "\(context.noun): found '\(raw)', expected \(built.formattedChoice)",
        hint: near.map { "did you mean '\($0)'?" }
      )
      // Read on as if it were right: one mistake hides no other.
      return near.map { .text(VariableText(verbatim: $0)) }
    }
    if let instead = word.instead {
      faults.report(at: node.span, "'\(raw)' is not built yet", hint: instead)
      return nil
    }
    return .text(VariableText(verbatim: raw))
  }

  private mutating func integer(
    _ node: YAMLNode,
    _ raw: String,
    _ range: ClosedRange<Int64>,
    _ context: Context
  ) -> CheckedValue.Content? {
    guard let number = wholeNumber(raw) else {
      faults.report(
        at: node.span,
        "\(context.noun): found '\(raw)', expected a whole number"
      )
      return nil
    }
    guard range.contains(number) else {
      let bound =
        number < range.lowerBound ? "at least \(range.lowerBound)" : "at most \(range.upperBound)"
      faults.report(at: node.span, "\(context.noun): found \(number), expected \(bound)")
      return nil
    }
    return .integer(number)
  }

  /// What was read of a text; a text that is nothing of the kind is a fault.
  private mutating func measured(
    _ content: CheckedValue.Content?,
    _ node: YAMLNode,
    _ raw: String,
    _ context: Context,
    expected: String,
    hint: String
  ) -> CheckedValue.Content? {
    if let content { return content }
    faults.report(
      at: node.span,
      "\(context.noun): found '\(raw)', expected \(expected)",
      hint: hint
    )
    return nil
  }

  private mutating func flag(
    _ node: YAMLNode,
    _ raw: String,
    _ context: Context
  ) -> CheckedValue.Content? {
    switch raw {
    case "true": return .flag(true)
    case "false": return .flag(false)
    default:
      faults.report(
        at: node.span,
        "\(context.noun): found '\(raw)', expected true or false"
      )
      return nil
    }
  }
}

/// Reads a percentage from `0 %` to `100 %` as a share.
///
/// - Parameter raw: as `12.5 %`.
/// - Returns: nil for another text.
package func percentage(_ raw: String) -> Double? {
  guard raw.hasSuffix("%") else { return nil }
  let number = String(raw.dropLast().reversed().drop { $0 == " " }.reversed())
  guard let percent = decimal(number), percent <= 100 else { return nil }
  return percent / 100
}

/// Reads a number of digits with or without decimals, as `0.99`.
///
/// - Returns: nil for another text: no sign, no exponent, at most nine digits on either side.
func decimal(_ raw: String) -> Double? {
  let parts = raw.split(separator: ".", omittingEmptySubsequences: false)
  let isNumber =
    (1...2).contains(parts.count)
    && parts.allSatisfy { part in
      (1...9).contains(part.utf8.count) && part.utf8.allSatisfy { 0x30...0x39 ~= $0 }
    }
  return isNumber ? Double(raw) : nil
}

/// Reads a part of one with at most four decimals, as `0.05`.
func fraction(_ raw: String) -> Double? {
  let parts = raw.split(separator: ".", omittingEmptySubsequences: false)
  guard parts.count == 2, ["", "0"].contains(parts[0]), 1...4 ~= parts[1].utf8.count,
    parts[1].utf8.allSatisfy({ 0x30...0x39 ~= $0 })
  else { return nil }
  return Double("0.\(parts[1])")
}

/// Reads a number of bytes, as `65536`, `64 KiB`, `4 MiB`, `2 GiB` or `1 TiB`.
///
/// - Returns: nil for another text, and for none at all or more than 2⁶².
func byteCount(_ raw: String) -> Int64? {
  let units = ["KiB": 10, "MiB": 20, "GiB": 30, "TiB": 40]
  let shift = units[String(raw.suffix(3))]
  let number = shift == nil ? raw[...] : raw.dropLast(3).trimmingBlanks
  guard let count = wholeNumber(number), count > 0 else { return nil }
  guard let shift else { return count }
  return count <= Int64.max >> Int64(shift + 1) ? count << Int64(shift) : nil
}

extension Substring {
  /// Without the blanks at its end.
  fileprivate var trimmingBlanks: Substring {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}

/// Reads an optional minus and up to 18 digits, nothing else.
func wholeNumber(_ text: some StringProtocol) -> Int64? {
  let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
  guard (1...18).contains(digits.count), digits.allSatisfy({ 0x30...0x39 ~= $0 }) else {
    return nil
  }
  return Int64(text)
}

extension [String] {
  /// `a`, `a or b`, `a, b or c`.
  var formattedChoice: String { joined(lastBy: "or") }

  /// `a`, `a and b`, `a, b and c`, each in quotes.
  var formattedNames: String { map { "'\($0)'" }.joined(lastBy: "and") }

  private func joined(lastBy word: String) -> String {
    guard count > 1, let last else { return first ?? "nothing" }
    return dropLast().joined(separator: ", ") + " \(word) \(last)"
  }
}
