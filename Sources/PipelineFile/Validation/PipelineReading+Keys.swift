import Diagnostics

/// Where the bytes of keys come from.
extension PipelineReading {
  mutating func keys() -> [String: KeySource]? {
    guard let value = root["keys"] else {
      return isSample && !root.isUncertain("keys") ? sampleKeys : nil
    }
    var keys: [String: KeySource] = [:]
    for entry in value.entries {
      keys[entry.name] = key(entry)
    }
    return keys
  }

  /// Where one key lies; nil when it cannot be told, and then the reason is told.
  mutating func key(_ entry: CheckedEntry) -> KeySource? {
    let key = entry.value
    let ways = ["credential", "file", "halves", "fingerprint"]
    let written = key.entries.filter { ways.contains($0.name) }
    guard let way = written.first else {
      guard !key.isFaulty, key.suspects.isEmpty else { return nil }
      faults.report(
        at: entry.keySpan,
        "key '\(entry.name)' has neither 'credential' nor 'file'",
        hint: "say where its bytes come from, never the bytes"
      )
      return nil
    }
    if written.count > 1 {
      faults.report(
        at: written[1].keySpan,
        "key '\(entry.name)': found '\(way.name)' and '\(written[1].name)', expected one of them"
      )
      return nil
    }
    switch way.name {
    case "halves": return halves(way.value, of: entry.name, way.keySpan)
    case "fingerprint": return fingerprint(way.value, of: entry.name, way.keySpan)
    default: return location(key)
    }
  }

  /// A key or a half that lies in one file.
  private mutating func location(_ key: CheckedValue) -> KeySource? {
    if let credential = key["credential"] {
      return credential.text.flatMap { self.credential($0, credential) }
    }
    return key["file"].flatMap { file in file.text.map { _ in .file(path(file)) } }
  }

  private mutating func halves(
    _ value: CheckedValue,
    of name: String,
    _ span: SourceSpan
  ) -> KeySource? {
    guard !value.isFaulty else { return nil }
    guard name != KeyPlaceDefinition.signingName else {
      faults.report(
        at: span,
        "key '\(name)' signs the log and has no halves",
        hint: "name one 'file' or 'credential'"
      )
      return nil
    }
    guard value.elements.count == 2 else {
      faults.report(
        at: value.span,
        "key '\(name)': found \(value.elements.count) halves, expected two"
      )
      return nil
    }
    var halves: [KeySource] = []
    for element in value.elements where !element.isFaulty {
      if element.text != nil {
        halves.append(.file(path(element)))
      } else if element["credential"] != nil && element["file"] != nil {
        faults.report(
          at: element.span,
          "a half: found 'credential' and 'file', expected one of them"
        )
      } else if let half = location(element) {
        halves.append(half)
      } else if element.entries.isEmpty && element.suspects.isEmpty {
        faults.report(at: element.span, "a half has neither 'credential' nor 'file'")
      }
    }
    guard halves.count == 2 else { return nil }
    // One file for both is refused as custody is, wherever its two names lead.
    return .halves(halves[0], halves[1])
  }

  private mutating func fingerprint(
    _ value: CheckedValue,
    of name: String,
    _ span: SourceSpan
  ) -> KeySource? {
    guard let text = value.text else { return nil }
    guard name == KeyPlaceDefinition.sourceName else {
      faults.report(
        at: span,
        "key '\(name)': a fingerprint makes no pseudonyms",
        hint: "name its 'file', 'credential' or 'halves'; only 'source' may stay with the suppliers"
      )
      return nil
    }
    let isHex = text.utf8.allSatisfy { 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 }
    guard text.utf8.count == 16, isHex else {
      faults.report(
        at: value.span,
        "found no fingerprint, expected 16 lower-case hexadecimal digits",
        hint: "koppel key list prints it"
      )
      return nil
    }
    return .fingerprint(text)
  }

  private mutating func credential(_ name: String, _ value: CheckedValue) -> KeySource? {
    guard !name.contains("/"), !name.hasPrefix("."), name.utf8.count <= 255 else {
      faults.report(
        at: value.span,
        "found a credential that is no plain name",
        hint: "systemd names it in LoadCredential="
      )
      return nil
    }
    return .credential(name)
  }
}
