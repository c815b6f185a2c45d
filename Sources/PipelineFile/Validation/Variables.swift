import Diagnostics

/// The names that may stand in braces, and what they become.
///
/// Replaced after parsing, inside values only; the environment is never read.
struct Variables {
  /// What a pattern of file names would take for more than itself.
  private static let globSpecials: Set<Unicode.Scalar> = ["*", "?", "[", "]", "\\"]

  private var values: [String: String] = [:]
  /// Names of the format that have no value because of a mistake told elsewhere.
  private var faulty: Set<String> = []
  private let settings: [String: String]
  private var used: Set<String> = []
  private var mentioned: Set<String> = []

  init(settings: [String: String]) { self.settings = settings }

  /// Gives a name of the format its value; nil when a mistake left it without one.
  mutating func define(_ name: String, _ value: String?) {
    if let value { values[name] = value } else { faulty.insert(name) }
  }

  /// The value given on the command line, counted as used.
  mutating func setting(_ name: String) -> String? {
    used.insert(name)
    return settings[name]
  }

  /// Tells what is wrong with the command line, once everything else is read.
  ///
  /// A name that stands only in a value that a mistake kept from being read counts as used.
  func reportSettings(_ faults: inout FaultList) {
    let used = faults.errors.isEmpty ? used : used.union(mentioned)
    for (name, value) in settings.sorted(by: { $0.key < $1.key }) {
      if values[name] != nil && name != "period" || name == "pipeline" {
        faults.reportSetting("--set gives '\(name)', which the format defines", hint: nil)
      } else if !Self.isName(name) {
        faults.reportSetting(
          "--set gives a name that is none, expected letters, digits and '_'",
          hint: nil
        )
      } else if !Self.isSafe(value) {
        faults.reportSetting(
          "--set \(name) holds control characters or is longer than 4,096 bytes",
          hint: nil
        )
      } else if !used.contains(name) {
        let near = nearestName(to: name, among: used.subtracting(settings.keys).sorted())
        faults.reportSetting(
          "--set gives '\(name)', which nothing in the pipeline file uses",
          hint: near.map { "did you mean '\($0)'?" } ?? "leave it out, or use {\(name)} in a value"
        )
      }
    }
  }

  /// Remembers every name that stands in braces anywhere.
  mutating func noteMentions(in node: YAMLNode) {
    switch node.content {
    case .scalar(let text, _):
      for part in text.split(separator: "{").dropFirst(text.hasPrefix("{") ? 0 : 1) {
        guard let end = part.firstIndex(of: "}") else { continue }
        mentioned.insert(String(part[..<end]))
      }
    case .sequence(let elements): for element in elements { noteMentions(in: element) }
    case .mapping(let entries): for entry in entries { noteMentions(in: entry.value) }
    case .faulty: break
    }
  }

  /// Replaces the variables of a value.
  ///
  /// - Parameters:
  ///   - raw: the value as it stands in the file.
  ///   - span: its place.
  ///   - isGlob: what is put in is escaped, so that it means itself in a pattern of file names.
  ///   - faults: an unknown name is told there.
  /// - Returns: nil when a name has no value.
  mutating func replace(
    in raw: String,
    at span: SourceSpan,
    isGlob: Bool,
    _ faults: inout FaultList
  ) -> VariableText? {
    guard raw.utf8.contains(UInt8(ascii: "{")) else { return VariableText(verbatim: raw) }
    let scalars = Array(raw.unicodeScalars)
    var text = String.UnicodeScalarView()
    var origins: [Int] = []
    var names: Set<String> = []
    var startsWithSetting = false
    var isWhole = true
    var position = 0
    while position < scalars.count {
      guard scalars[position] == "{", let end = scalars[position...].firstIndex(of: "}"),
        case let name = String(String.UnicodeScalarView(scalars[position + 1..<end])),
        Self.isName(name)
      else {
        text.append(scalars[position])
        origins.append(position)
        position += 1
        continue
      }
      names.insert(name)
      let place = faults.part(of: span, text: raw, from: position, to: end + 1)
      if let value = value(of: name, at: place, &faults) {
        if position == 0 && settings[name] != nil && name != "period" { startsWithSetting = true }
        for scalar in value.unicodeScalars {
          if isGlob && Self.globSpecials.contains(scalar) {
            text.append("\\")
            origins.append(position)
          }
          text.append(scalar)
          origins.append(position)
        }
      } else {
        isWhole = false
      }
      position = end + 1
    }
    origins.append(scalars.count)
    guard isWhole else { return nil }
    return VariableText(
      raw: raw,
      text: String(text),
      origins: origins,
      names: names,
      startsWithSetting: startsWithSetting
    )
  }

  /// Letters, digits, `_` and `.`, beginning with a letter.
  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetter(first), text.utf8.count <= 64 else { return false }
    return text.utf8.allSatisfy { isLetter($0) || 0x30...0x39 ~= $0 || $0 == 0x5F || $0 == 0x2E }
  }

  private mutating func value(
    of name: String,
    at span: SourceSpan,
    _ faults: inout FaultList
  ) -> String? {
    used.insert(name)
    if let value = values[name] { return value }
    if faulty.contains(name) { return nil }
    if !name.hasPrefix("period"), let value = settings[name] {
      return Self.isSafe(value) ? value : nil
    }
    let near = nearestName(to: name, among: Set(values.keys).union(settings.keys).sorted())
    let hint: String
    if name.hasPrefix("period") && values["period"] == nil && !faulty.contains("period") {
      hint = "give the pipeline a period: {unit: month, default: previous}"
    } else if let near {
      // What the command line misspells is not told a second time as unused.
      used.insert(near)
      hint =
        settings[near] == nil
        ? "did you mean '{\(near)}'?" : "did you mean '{\(near)}', or --set \(name)=…?"
    } else {
      // A value that the command line lacks shows wherever it is used.
      guard faults.isFirst("variable \(name)") else { return nil }
      hint = "give it a value: --set \(name)=…"
    }
    faults.report(at: span, "found the variable '{\(name)}', which has no value", hint: hint)
    return nil
  }

  private static func isSafe(_ value: String) -> Bool {
    value.utf8.count <= 4096
      && value.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0 ~= $0.value) }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    0x41...0x5A ~= byte || 0x61...0x7A ~= byte
  }
}
