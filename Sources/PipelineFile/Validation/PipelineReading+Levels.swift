import Diagnostics
import FoundationEssentials
import Tabular

/// The two levels of pseudonyms: which of them a pipeline makes, and with whose key.
extension PipelineReading {
  /// Whether the pipeline ends with the first level, at a supplier.
  ///
  /// A level that cannot be read is that of the stages beside it.
  var handsOver: Bool {
    guard let stage = root["pseudonymise"] else { return false }
    if stage["level"]?.text == "source" || stage["hand_over"] != nil { return true }
    return stage.isUncertain("level") && Self.stagesBehind.allSatisfy { root[$0] == nil }
  }

  /// What a pipeline that hands its pseudonyms over leaves to the region.
  private static let stagesBehind = ["link", "aggregate", "publish"]

  /// Whether a source comes with the first level made.
  mutating func arrives(_ entry: CheckedEntry) -> Bool {
    guard let value = entry.value["arrives"], value.text == "pseudonymised" else {
      if entry.value.isUncertain("arrives") { return false }
      if let signer = entry.value["signer"] {
        faults.report(
          at: signer.place,
          "source '\(entry.name)' arrives in clear, which nobody signs",
          hint: "leave 'signer' out, or say arrives: pseudonymised"
        )
      }
      let lacksFormat = entry.value["read"] == nil && entry.value["contract"] == nil
      if let place = entry.value["arrives"]?.place, lacksFormat {
        faults.reportMissing(
          at: place,
          "source '\(entry.name)' has no 'read'",
          hint: "say how its extracts are written, as read: csv"
        )
      }
      return false
    }
    if handsOver {
      faults.report(
        at: value.span,
        "source '\(entry.name)' has its first level already, and 'level: source' makes no other",
        hint: "hand over what arrives in clear"
      )
    }
    return true
  }

  /// How packages are written; what the file says of the supplier's own extract is only looked at.
  mutating func handedOverFormat(of entry: CheckedEntry) -> Format? {
    if entry.value["read"] != nil, format(of: entry) == nil { return nil }
    return .csv(.handOver, .utf8)
  }

  /// The public key that must have signed the packages of a source.
  private func signer(of entry: CheckedEntry) -> [UInt8]? {
    let bytes = entry.value["signer"]?.text.flatMap { Data(base64Encoded: $0) }
    return bytes?.count == 32 ? bytes.map(Array.init) : nil
  }

  private mutating func checkSigner(of entry: CheckedEntry) {
    guard entry.value["arrives"]?.text == "pseudonymised", let value = entry.value["signer"],
      value.text != nil, signer(of: entry) == nil
    else { return }
    faults.report(
      at: value.span,
      "source '\(entry.name)': found no public key, expected 32 bytes in base64",
      hint: "it stands under 'signature' in the supplier's NAME.json"
    )
  }

  /// The sources; of those that arrive pseudonymised the columns that arrive.
  mutating func arriving(_ drafts: [SourceDraft], under stage: PseudonymiseStage?) -> [Source] {
    drafts.compactMap { draft in
      guard let source = draft.source else { return nil }
      let entry = root["ingest"]?.entries.first { $0.name == draft.name }
      guard let stage, let entry, entry.value["arrives"]?.text == "pseudonymised" else {
        return source
      }
      return source.arriving(under: stage.columns, signer: signer(of: entry))
    }
  }

  /// Tells what does not fit the levels that the pipeline makes.
  mutating func checkLevels() {
    if handsOver { checkHandOver() } else { checkRegion() }
    checkScope()
    for entry in root["ingest"]?.entries ?? [] { checkSigner(of: entry) }
  }

  private mutating func checkHandOver() {
    guard let stage = root["pseudonymise"] else { return }
    for name in Self.stagesBehind {
      guard let place = root[name]?.place else { continue }
      faults.report(
        at: place,
        "found '\(name)' in a pipeline that hands its pseudonyms over",
        hint: "leave it out: the region does that, when it has made the second level"
      )
    }
    if stage["level"]?.text != "source", !stage.isUncertain("level"),
      let place = stage["hand_over"]?.place
    {
      faults.report(
        at: place,
        "found 'hand_over' without 'level: source'",
        hint: "only the first level is handed over"
      )
    } else if stage["level"]?.text == "source", stage["hand_over"] == nil,
      !stage.isUncertain("hand_over"), let place = stage["level"]?.place
    {
      faults.reportMissing(
        at: place,
        "found 'level: source' without 'hand_over'",
        hint: "name the folder of the packages, as hand_over: out/{period}"
      )
    }
    if let place = stage["release"]?.place {
      faults.report(
        at: place,
        "found 'release' in a pipeline that hands its pseudonyms over",
        hint:
          "leave it out: the second level is the region's; 'source_release' is the scope of the "
          + "first"
      )
    }
    let name = stage["key"]?.text ?? ""
    if let entry = root["keys"]?.entries.first(where: { $0.name == name }),
      let place = entry.value["fingerprint"]?.place
    {
      faults.report(
        at: place,
        "key '\(name)' makes the first level here and is named by its fingerprint alone",
        hint: "name its 'file', 'credential' or 'halves'"
      )
    }
  }

  private mutating func checkRegion() {
    for name in Self.stagesBehind where name == "link" || !publishesNothing {
      tellLacking(name, of: root, "the pipeline", as: PipelineDefinition.root)
    }
    if let stage = root["pseudonymise"] {
      tellLacking("release", of: stage, "'pseudonymise'", as: PseudonymiseDefinition.stage)
    }
    let keys = root["keys"]?.entries ?? []
    let arriving = (root["ingest"]?.entries ?? []).filter {
      $0.value["arrives"]?.text == "pseudonymised"
    }
    guard let source = keys.first(where: { $0.name == KeyPlaceDefinition.sourceName }) else {
      noteOneCustody()
      guard let first = arriving.first, root["keys"]?.isFaulty == false else { return }
      faults.report(
        at: first.value["arrives"]?.place ?? first.keySpan,
        "source '\(first.name)' arrives pseudonymised, and no key 'source' tells by which key",
        hint: "add source: {fingerprint: …} under 'keys'; the package tells it"
      )
      return
    }
    if root["pseudonymise"]?["key"]?.text == KeyPlaceDefinition.sourceName,
      let place = root["pseudonymise"]?["key"]?.span
    {
      faults.report(
        at: place,
        "found the suppliers' key for the second level, expected one of the region's own",
        hint: "name another key, or say level: source"
      )
    }
    guard let fingerprint = source.value["fingerprint"] else { return }
    let clear = (root["ingest"]?.entries ?? []).filter {
      $0.value["arrives"]?.text != "pseudonymised" && !$0.value.isUncertain("arrives")
    }
    if !clear.isEmpty {
      faults.report(
        at: fingerprint.place,
        "\(clear.map(\.name).formattedNames) \(clear.count == 1 ? "arrives" : "arrive") in clear, and "
          + "the suppliers keep the key of the first level",
        hint: "have it pseudonymised by its supplier, and say arrives: pseudonymised"
      )
    }
    if let place = root["pseudonymise"]?["opt_out"]?.place {
      faults.report(
        at: place,
        "found 'opt_out', a list in clear, and the suppliers keep the key of the first level",
        hint: "have the suppliers apply it"
      )
    }
  }

  /// Tells of a key that only the region's pipeline must have.
  private mutating func tellLacking(
    _ name: String,
    of value: CheckedValue,
    _ noun: String,
    as definition: MappingDefinition
  ) {
    guard !value.isFaulty, value[name] == nil, !value.suspects.contains(name),
      let key = definition.key(name)
    else { return }
    faults.reportMissing(
      at: value.place,
      "\(noun) has no '\(name)'",
      hint: StructureCheck.cure(for: key)
    )
  }

  /// Says that one holder can make all pseudonyms; of made-up data without ado.
  private mutating func noteOneCustody() {
    guard root["sample"]?.flag != true, let key = root["pseudonymise"]?["key"], key.text != nil
    else { return }
    faults.report(
      .note,
      at: key.span,
      "both levels of the pseudonyms come from this key: one custody",
      hint: "name a key 'source' as well, which suppliers share"
    )
  }

  /// A first level of its own for each period cannot stand in for another period.
  private mutating func checkScope() {
    guard let scope = root["pseudonymise"]?["source_release"],
      scope.variableText?.names.contains("period") == true
    else { return }
    for draft in sources where draft.source?.delivery.late == .usePrevious {
      faults.report(
        at: scope.span,
        "found a scope that names {period}, and source '\(draft.name)' may use an earlier period",
        hint: "leave {period} out: tokens of the earlier one would be of another scope"
      )
    }
  }
}
