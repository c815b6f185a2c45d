import Diagnostics

/// Puts what contracts say into the sources that name them.
///
/// A contract is read once, however many sources share it; its faults stand at its own places.
struct ContractInclusion {
  /// By path; nil for one that cannot be used.
  private var contracts: [String: CheckedValue?] = [:]

  /// - Returns: the checked tree, every source complete with its contract.
  static func apply(to root: CheckedValue, _ check: inout StructureCheck) -> CheckedValue {
    var inclusion = ContractInclusion()
    return root.replacing("ingest") { stage in
      guard case .mapping(let sources) = stage.content else { return stage }
      var whole = stage
      whole.content = .mapping(sources.map { inclusion.complete($0, &check) })
      return whole
    }
  }

  private mutating func complete(
    _ source: CheckedEntry,
    _ check: inout StructureCheck
  ) -> CheckedEntry {
    guard let named = source.value["contract"] else {
      // A misspelt `contract` may hold all that is lacking.
      return source.value.suspects.contains("contract") ? Self.uncertain(source) : source
    }
    guard named.text != nil, let contract = contract(named, &check) else {
      return Self.uncertain(source)
    }
    var merge = ContractMerge(source: source.name, faults: check.faults)
    let merged = merge.merged(contract, into: source)
    check.faults = merge.faults
    return merged
  }

  /// A source of which anything may be told by a contract that cannot be read.
  private static func uncertain(_ source: CheckedEntry) -> CheckedEntry {
    var value = source.value
    value.suspects.formUnion(ContractDefinition.shared)
    return CheckedEntry(name: source.name, keySpan: source.keySpan, value: value)
  }

  private mutating func contract(
    _ named: CheckedValue,
    _ check: inout StructureCheck
  ) -> CheckedValue? {
    let path = check.faults.path(named)
    if let known = contracts[path] { return known }
    let contract = Self.read(path, at: named.span, &check)
    contracts.updateValue(contract, forKey: path)
    return contract
  }

  private static func read(
    _ path: String,
    at span: SourceSpan,
    _ check: inout StructureCheck
  ) -> CheckedValue? {
    do throws(PipelineFileReading.Failure) {
      let bytes = try PipelineFileReading.bytes(of: path)
      return Self.contract(bytes, path: path, &check)
    } catch {
      check.faults.report(at: span, "'\(path)': \(error.sentence)")
      return nil
    }
  }

  /// What the bytes of a contract say; nil when they cannot be read, and then it is told.
  static func contract(
    _ bytes: [UInt8],
    path: String,
    _ check: inout StructureCheck
  ) -> CheckedValue? {
    let file = check.faults.add(SourceText(path: path, bytes: bytes))
    guard let root = YAMLReading.root(of: file, &check.faults) else { return nil }
    guard case .mapping(let entries) = root.content, let first = entries.first else {
      check.faults.report(
        at: root.span,
        "found no keys, expected the keys of a contract, as contract: 1"
      )
      return nil
    }
    check.variables.noteMentions(in: root)
    let context = StructureCheck.Context(noun: "the contract", place: first.keySpan)
    let contract = check.check(root, as: .mapping(ContractDefinition.root), context)
    if let value = contract["contract"], let version = value.integer,
      version != ContractDefinition.version
    {
      check.faults.report(
        at: value.span,
        "found version \(version) of the contract format, expected \(ContractDefinition.version)",
        hint: "this binary reads version \(ContractDefinition.version)"
      )
    }
    return contract
  }
}

extension CheckedValue {
  /// The same mapping with one value changed.
  func replacing(_ name: String, by change: (CheckedValue) -> CheckedValue) -> CheckedValue {
    guard case .mapping(let entries) = content else { return self }
    var whole = self
    whole.content = .mapping(
      entries.map { entry in
        guard entry.name == name else { return entry }
        return CheckedEntry(name: name, keySpan: entry.keySpan, value: change(entry.value))
      }
    )
    return whole
  }
}
