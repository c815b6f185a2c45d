import Diagnostics
import Tabular

/// Joins what a source says to what its contract says.
///
/// A source may add and may be stricter. Where it contradicts, the fault stands at the source, and
/// the hint tells where the contract says otherwise.
struct ContractMerge {
  private let source: String
  private(set) var faults: FaultList

  init(source: String, faults: FaultList) {
    self.source = source
    self.faults = faults
  }

  /// - Returns: the source with everything that the contract adds to it.
  mutating func merged(_ contract: CheckedValue, into source: CheckedEntry) -> CheckedEntry {
    var value = source.value
    // What the contract lacks because of a mistake in it is no mistake of the source.
    value.suspects.formUnion(contract.suspects.intersection(ContractDefinition.shared))
    var entries = source.value.entries
    for agreed in contract.entries where ContractDefinition.shared.contains(agreed.name) {
      guard let place = entries.firstIndex(where: { $0.name == agreed.name }) else {
        entries.append(agreed)
        continue
      }
      let own = entries[place]
      let joined: CheckedValue
      switch agreed.name {
      case "columns": joined = columns(agreed.value, own.value)
      case "dialect": joined = mapping(agreed.value, own.value) { "'\($0)' of 'dialect'" }
      case "drift": joined = drift(agreed.value, own.value)
      case "expect": joined = list(agreed.value, own.value)
      case "limits": joined = limits(agreed.value, own.value)
      case "messages": joined = messages(agreed.value, own.value)
      case "read": joined = read(agreed.value, own.value)
      default: joined = equal("'\(agreed.name)'", agreed.value, own.value)
      }
      entries[place] = CheckedEntry(name: own.name, keySpan: own.keySpan, value: joined)
    }
    value.content = .mapping(entries)
    return CheckedEntry(name: source.name, keySpan: source.keySpan, value: value)
  }

  // MARK: Columns

  private mutating func columns(_ agreed: CheckedValue, _ own: CheckedValue) -> CheckedValue {
    guard case .mapping(var entries) = agreed.content, case .mapping(let written) = own.content
    else { return own.isFaulty ? own : agreed }
    for column in written {
      guard let place = entries.firstIndex(where: { $0.name == column.name }) else {
        entries.append(column)
        continue
      }
      let value = self.column(column.name, entries[place].value, column.value)
      entries[place] = CheckedEntry(name: column.name, keySpan: column.keySpan, value: value)
    }
    return joined(own, agreed, entries)
  }

  private mutating func column(
    _ name: String,
    _ agreed: CheckedValue,
    _ own: CheckedValue
  ) -> CheckedValue {
    if agreed.isFaulty || own.isFaulty { return own }
    var entries = agreed.entries
    for key in own.entries {
      let what = "'\(key.name)' of column '\(name)'"
      guard let place = entries.firstIndex(where: { $0.name == key.name }) else {
        if key.name == "from", let from = key.value.text, from != name {
          contradict(what, found: "'\(from)'", agreed: "'\(name)'", key.value, agreed)
        }
        entries.append(key)
        continue
      }
      let said = entries[place].value
      let value: CheckedValue
      switch key.name {
      case "required", "unique": value = flag(what, said, key.value)
      case "class": value = privacyClass(what, said, key.value)
      case "range": value = range(what, said, key.value)
      case "values": value = values(name, said, key.value)
      default: value = equal(what, said, key.value)
      }
      entries[place] = CheckedEntry(name: key.name, keySpan: key.keySpan, value: value)
    }
    return joined(own, agreed, entries)
  }

  private mutating func flag(
    _ what: String,
    _ agreed: CheckedValue,
    _ own: CheckedValue
  ) -> CheckedValue {
    if agreed.flag == true, own.flag == false {
      contradict(what, found: "false", agreed: "true", own, agreed)
    }
    return own
  }

  private mutating func privacyClass(
    _ what: String,
    _ agreed: CheckedValue,
    _ own: CheckedValue
  ) -> CheckedValue {
    func rank(_ value: CheckedValue) -> PrivacyClass? {
      PrivacyClass.allCases.first { $0.name == value.text }
    }
    if let least = rank(agreed), let given = rank(own), given < least {
      contradict(what, found: given.name, agreed: least.name, own, agreed)
    }
    return own
  }

  private mutating func range(
    _ what: String,
    _ agreed: CheckedValue,
    _ own: CheckedValue
  ) -> CheckedValue {
    // What is no range is told when it is read.
    guard let outer = Self.bounds(agreed), let inner = Self.bounds(own) else { return own }
    if inner.lowerBound < outer.lowerBound || inner.upperBound > outer.upperBound {
      contradict(what, found: own.text ?? "", agreed: agreed.text ?? "", own, agreed)
    }
    return own
  }

  private static func bounds(_ value: CheckedValue) -> ClosedRange<Int64>? {
    let parts = value.text?.split(separator: "..", omittingEmptySubsequences: false) ?? []
    guard parts.count == 2, let least = fixedPoint(parts[0], digits: 4),
      let most = fixedPoint(parts[1], digits: 4), least <= most
    else { return nil }
    return least...most
  }

  private mutating func values(
    _ column: String,
    _ agreed: CheckedValue,
    _ own: CheckedValue
  ) -> CheckedValue {
    if agreed.isFaulty { return own }
    for code in own.entries {
      guard let said = agreed[code.name] else {
        faults.report(
          at: code.keySpan,
          "source '\(source)': found the code '\(code.name)' of column '\(column)', which its "
            + "contract does not have",
          hint: hint(agreed)
        )
        continue
      }
      _ = equal("code '\(code.name)' of column '\(column)'", said, code.value)
    }
    return own
  }

  // MARK: Everything else

  private mutating func read(_ agreed: CheckedValue, _ own: CheckedValue) -> CheckedValue {
    func format(_ value: CheckedValue) -> FormatWord? {
      value.text.flatMap { FormatWord.meant(by: $0) }
    }
    return format(agreed) == format(own) ? own : equal("'read'", agreed, own)
  }

  private mutating func drift(_ agreed: CheckedValue, _ own: CheckedValue) -> CheckedValue {
    guard !agreed.isFaulty, !own.isFaulty else { return own }
    for (kind, written) in saidTwice(agreed, own) {
      if let least = kind.value.text.flatMap(DriftPolicy.Action.init),
        let given = written.text.flatMap(DriftPolicy.Action.init), given < least
      {
        contradict(
          "'\(kind.name)' of 'drift'",
          found: given.rawValue,
          agreed: least.rawValue,
          written,
          kind.value
        )
      }
    }
    return joined(own, agreed)
  }

  /// Limits of the source may be lower than those of the contract.
  private mutating func limits(_ agreed: CheckedValue, _ own: CheckedValue) -> CheckedValue {
    guard !agreed.isFaulty, !own.isFaulty else { return own }
    for (limit, written) in saidTwice(agreed, own) {
      guard let most = limit.value.integer, let given = written.integer, given > most else {
        continue
      }
      let isSize = SourceLimits.Key(rawValue: limit.name)?.isSize ?? false
      contradict(
        "'\(limit.name)' of 'limits'",
        found: isSize ? SourceLimits.written(Int(given)) : String(given),
        agreed: isSize ? SourceLimits.written(Int(most)) : String(most),
        written,
        limit.value
      )
    }
    return joined(own, agreed)
  }

  /// Keys of the contract hold; the source may add others.
  private mutating func mapping(
    _ agreed: CheckedValue,
    _ own: CheckedValue,
    _ noun: (String) -> String
  ) -> CheckedValue {
    guard !agreed.isFaulty, !own.isFaulty else { return own }
    for (key, written) in saidTwice(agreed, own) {
      _ = equal(noun(key.name), key.value, written)
    }
    return joined(own, agreed)
  }

  /// What contract and source both say, in the contract's order.
  private func saidTwice(
    _ agreed: CheckedValue,
    _ own: CheckedValue
  ) -> [(agreed: CheckedEntry, written: CheckedValue)] {
    agreed.entries.compactMap { entry in own[entry.name].map { (entry, $0) } }
  }

  /// What the source says, then what its contract alone says.
  private func joined(_ own: CheckedValue, _ agreed: CheckedValue) -> CheckedValue {
    joined(own, agreed, own.entries + agreed.entries.filter { own[$0.name] == nil })
  }

  private func list(_ agreed: CheckedValue, _ own: CheckedValue) -> CheckedValue {
    guard case .list(let first) = agreed.content, case .list(let second) = own.content else {
      return own
    }
    var whole = own
    whole.content = .list(first + second)
    return whole
  }

  private mutating func messages(_ agreed: CheckedValue, _ own: CheckedValue) -> CheckedValue {
    let allowed = Set(agreed.elements.compactMap(\.text))
    for message in own.elements {
      guard let text = message.text, !agreed.isFaulty, !allowed.contains(text) else { continue }
      faults.report(
        at: message.span,
        "source '\(source)': found message \(text), which its contract does not have",
        hint: hint(agreed)
      )
    }
    return own
  }

  private mutating func equal(
    _ what: String,
    _ agreed: CheckedValue,
    _ own: CheckedValue
  ) -> CheckedValue {
    guard let said = agreed.plainText, let found = own.plainText, said != found else { return own }
    if case .mapping = own.content {
      contradict(what, found: "something else", agreed: "otherwise", own, agreed)
    } else {
      contradict(what, found: found, agreed: said, own, agreed)
    }
    // What would follow from the contradiction is not told besides.
    return agreed
  }

  private func joined(
    _ own: CheckedValue,
    _ agreed: CheckedValue,
    _ entries: [CheckedEntry]
  ) -> CheckedValue {
    var whole = own
    whole.content = .mapping(entries)
    whole.suspects.formUnion(agreed.suspects)
    return whole
  }

  private mutating func contradict(
    _ what: String,
    found: String,
    agreed: String,
    _ own: CheckedValue,
    _ said: CheckedValue
  ) {
    faults.report(
      at: own.span,
      "source '\(source)': found \(found) for \(what), but its contract says \(agreed)",
      hint: hint(said)
    )
  }

  private func hint(_ said: CheckedValue) -> String {
    "it stands at \(faults.place(of: said.span)); a source may be stricter, never looser"
  }
}

extension CheckedValue {
  /// What a value says, to be compared; nil where a mistake hides it.
  fileprivate var plainText: String? {
    switch content {
    case .text(let text): text.text
    case .integer(let number): String(number)
    case .share(let share): String(share)
    case .flag(let flag): String(flag)
    case .list(let elements): Self.joined(elements.map(\.plainText))
    case .mapping(let entries):
      Self.joined(
        entries.sorted { $0.name < $1.name }.map { entry in
          entry.value.plainText.map { "\(entry.name): \($0)" }
        }
      )
    case .faulty: nil
    }
  }

  private static func joined(_ texts: [String?]) -> String? {
    let known = texts.compactMap { $0 }
    return known.count == texts.count ? "[\(known.joined(separator: ", "))]" : nil
  }
}
