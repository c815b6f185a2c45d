import Diagnostics
import FoundationEssentials
import Tabular

extension PipelineReading {
  /// Types whose values have a text that both sides can agree on.
  private static let recordTypes: Set<ColumnType> = [
    .text, .name, .code, .postcode, .integer, .bsn, .date, .partialDate,
  ]

  /// The filters of whole records for a partner; nil without any, or when something is wrong.
  mutating func recordFilters(_ stage: CheckedValue) -> RecordFilterForm? {
    guard let value = stage["clk"], !value.isFaulty else { return nil }
    let key = partnerKey(value, stage)
    let source = recordSource(value)
    let hardening = hardening(value)
    guard let schema = recordSchema(value, source) else { return nil }
    if case .balanced? = hardening, schema.bitCount > 1 << 15, let place = value["balanced"]?.place
    {
      faults.report(
        at: place,
        "found 'balanced' of \(schema.bitCount) bits, expected at most 32768",
        hint: "the filters become twice as long"
      )
    }
    guard let key, let source, let hardening, let to = value["to"], to.text != nil,
      let named = value["schema"]
    else { return nil }
    return RecordFilterForm(
      source: source.name,
      schema: schema,
      schemaPath: path(named),
      key: key,
      to: path(to),
      standardises: value["standardise"]?.text != nil,
      hardening: hardening
    )
  }

  /// The secret that is shared with the partner: whoever has it could make tokens, were it a root.
  private mutating func partnerKey(_ value: CheckedValue, _ stage: CheckedValue) -> String? {
    guard let named = value["key"], let name = named.text else { return nil }
    guard let keys = root["keys"], !keys.isFaulty, keys.suspects.isEmpty else { return nil }
    guard let entry = keys.entries.first(where: { $0.name == name }) else {
      let near = nearestName(to: name, among: keys.entries.map(\.name))
      faults.report(
        at: named.span,
        "'clk': there is no key '\(name)'",
        hint: near.map { "did you mean '\($0)'?" }
          ?? "name the secret under 'keys'; koppel key new NAME --to FILE --partner makes one"
      )
      return nil
    }
    let others = [
      stage["key"]?.text, KeyPlaceDefinition.sourceName, KeyPlaceDefinition.signingName,
    ]
    guard !others.contains(name) else {
      faults.report(
        at: named.span,
        "'clk': found the key '\(name)', expected a secret that is shared with the partner alone",
        hint: "who has a key of pseudonyms can undo them; koppel key new NAME --to FILE --partner "
          + "makes a secret"
      )
      return nil
    }
    if let wrong = entry.value.entries.first(where: { ["halves", "fingerprint"].contains($0.name) })
    {
      faults.report(
        at: wrong.keySpan,
        "key '\(name)' is shared with a partner and lies in one file",
        hint: "name its 'file' or 'credential'"
      )
      return nil
    }
    return name
  }

  /// The source whose rows are the records.
  private mutating func recordSource(_ value: CheckedValue) -> SourceDraft? {
    guard sourcesAreComplete, hiddenSources?.isEmpty == true else { return nil }
    let draft: SourceDraft
    let span: SourceSpan
    if let named = value["source"] {
      guard let name = named.text else { return nil }
      guard let found = sources.first(where: { $0.name == name }) else {
        let near = nearestName(to: name, among: sources.map(\.name))
        faults.report(
          at: named.span,
          "'clk': there is no source '\(name)'",
          hint: near.map { "did you mean '\($0)'?" }
        )
        return nil
      }
      (draft, span) = (found, named.span)
    } else {
      guard !value.isUncertain("source") else { return nil }
      guard sources.count == 1, let only = sources.first else {
        if sources.count > 1 {
          faults.reportMissing(
            at: value.place,
            "'clk' names no source, and there are \(sources.count)",
            hint: "say whose rows are the records, as source: \(sources[0].name)"
          )
        }
        return nil
      }
      (draft, span) = (only, value.place)
    }
    let entry = root["ingest"]?.entries.first { $0.name == draft.name }
    if entry?.value["arrives"]?.text == "pseudonymised" {
      faults.report(
        at: span,
        "'clk': source '\(draft.name)' arrives pseudonymised, and filters are made of values in clear",
        hint: "have its supplier make them"
      )
      return nil
    }
    let format = draft.source?.format
    if format?.makesCorrections == true || format?.completion != nil {
      faults.report(
        at: span,
        "'clk': rows of source '\(draft.name)' are no persons, expected one row a person",
        hint: "name a register"
      )
      return nil
    }
    return draft
  }

  private mutating func hardening(_ value: CheckedValue) -> RecordFilterForm.Hardening? {
    let ways = value.entries.filter { entry in
      ["balanced", "xor_fold"].contains(entry.name) && entry.value.flag != false
        || entry.name == "flip"
    }
    if ways.count > 1 {
      faults.report(
        at: ways[1].keySpan,
        "'clk': found '\(ways[0].name)' and '\(ways[1].name)', expected one of them",
        hint: "a threshold belongs to one encoding"
      )
      return nil
    }
    guard let way = ways.first else { return RecordFilterForm.Hardening.none }
    guard !way.value.isFaulty else { return nil }
    switch way.name {
    case "balanced": return .balanced
    case "xor_fold": return .xorFold
    default:
      let share = Int(((way.value.share ?? 0) * 10_000).rounded())
      guard 1...5000 ~= share else {
        faults.report(
          at: way.value.span,
          "'clk': found a share of bits that is none, expected one from 0.0001 to 0.5",
          hint: "0.05 costs little; at 0.5 half of all bits say nothing"
        )
        return nil
      }
      return .flip(tenThousandths: share)
    }
  }

  /// Reads the schema, and compares it with the columns of the source.
  private mutating func recordSchema(
    _ value: CheckedValue,
    _ source: SourceDraft?
  ) -> RecordSchema? {
    guard let named = value["schema"], named.text != nil else { return nil }
    let path = path(named)
    let bytes: [UInt8]
    do throws(PipelineFileReading.Failure) {
      bytes = try PipelineFileReading.bytes(of: path)
    } catch {
      faults.report(at: named.span, "'\(path)': \(error.sentence)")
      return nil
    }
    _ = faults.add(SourceText(path: path, bytes: bytes))
    guard bytes.count <= SourceText.sizeLimit,
      let json = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))
    else {
      faults.report(
        at: named.span,
        "'\(path)': found no linkage schema, expected JSON with whole numbers",
        hint: "is it the schema that was agreed with the partner?"
      )
      return nil
    }
    let schema: RecordSchema
    do {
      schema = try RecordSchema(json)
    } catch {
      faults.report(at: named.span, "'\(path)': \(error.sentence)", hint: error.hint)
      return nil
    }
    let features = schema.features.compactMap { $0 }
    // A column that is there twice says no more than once.
    let columnCount = Set(features.map(\.identifier)).count
    guard columnCount >= RecordFilterForm.leastFeatures else {
      faults.report(
        at: named.span,
        "'\(path)': found features of \(columnCount) columns, expected at least "
          + "\(RecordFilterForm.leastFeatures)",
        hint: "filters of few features are easily undone: agree on more with the partner"
      )
      return nil
    }
    guard let source else { return nil }
    return fits(features, source, path, named.span) ? schema : nil
  }

  private mutating func fits(
    _ features: [RecordSchema.Feature],
    _ source: SourceDraft,
    _ path: String,
    _ span: SourceSpan
  ) -> Bool {
    for feature in features {
      guard let column = source.column(feature.identifier) else {
        guard source.columnsAreComplete else { return false }
        let near = nearestName(to: feature.identifier, among: source.columns.map(\.name))
        faults.report(
          at: span,
          "'\(path)': source '\(source.name)' has no column '\(feature.identifier)', which the schema "
            + "has as a feature",
          hint: near.map { "did you mean '\($0)'? Call the column so by 'from'" }
            ?? "declare the column, or have the schema ignore it"
        )
        return false
      }
      guard let type = column.type else { return false }
      guard Self.recordTypes.contains(type),
        type == .integer || type == .bsn || !feature.isInteger
          || type == .text || type == .code
      else {
        faults.report(
          at: span,
          "'\(path)': found the feature '\(feature.identifier)' of \(type.rawValue), expected it of "
            + (feature.isInteger ? "integer or text" : "text, name, code, postcode or a date"),
          hint: "declare it as text: filters are of what both sides write alike"
        )
        return false
      }
    }
    return true
  }
}
