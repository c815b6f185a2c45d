import PipelineFile
import Tabular

// What a source's rows are asked for beside what leaves the stage; it stays in memory.

extension SourcePlan {
  /// The label of tokens that stay in memory; no pipeline file can write it.
  static let innerLabel = "koppel/inner/v1"

  /// Where the hashes of a column stand; a column without a token gets one that nobody is given.
  static func lookUp(
    _ column: SourceColumn,
    among lookUps: inout [TokenColumn],
    _ wanted: inout [SourceColumn]
  ) -> Int {
    if let known = lookUps.firstIndex(where: { $0.name == column.name }) { return known }
    let input = input(column, among: &wanted)
    lookUps.append(TokenColumn(column, label: innerLabel, input: input))
    return lookUps.count - 1
  }

  /// The names of the columns that filters of whole records are made of.
  package var recordFeatures: [String] {
    recordForm?.schema.features.compactMap { $0?.identifier } ?? []
  }

  /// The columns that filters of whole records are made of.
  static func recordColumns(
    _ form: RecordFilterForm,
    _ source: Source,
    _ stage: PseudonymiseStage,
    _ wanted: inout [SourceColumn]
  ) -> [RecordColumn?] {
    form.schema.features.map { feature in
      guard let feature, let column = source.column(named: feature.identifier) else { return nil }
      let policy = stage.policy(for: column.name)
      let label = policy?.token ?? policy?.bloom ?? column.name
      return RecordColumn(
        type: column.type,
        kind: ValueKind(column.type, label: label, isSplit: source.isSplit(column, in: stage)),
        input: input(column, among: &wanted)
      )
    }
  }

  /// Where a column stands in a clear batch; one that no policy names is added.
  static func input(_ column: SourceColumn, among wanted: inout [SourceColumn]) -> Int {
    if let known = wanted.firstIndex(where: { $0.name == column.name }) { return known }
    wanted.append(column)
    return wanted.count - 1
  }
}

extension SourcePlan.Completion {
  /// - Returns: nil where there is nothing to join by, or nothing to fill.
  init?(
    _ form: CompletionForm,
    _ source: Source,
    _ tokenColumns: [SourcePlan.TokenColumn],
    _ identityColumns: [SourcePlan.KeptColumn],
    _ rowColumns: [SourcePlan.KeptColumn],
    _ lookUps: inout [SourcePlan.TokenColumn],
    _ wanted: inout [SourceColumn]
  ) {
    func column(_ name: String) -> SourceColumn? {
      source.columns.first { $0.sourceName == name && $0.pattern == nil }
    }
    let names = wanted.map(\.sourceName)
    let tells = wanted.map(CompletionForm.tellsOfPerson)
    let isOfPerson = { (input: Int) in tells[input] }
    tokens = tokenColumns.indices.filter { isOfPerson(tokenColumns[$0].input) }
    kept = identityColumns.indices.filter { isOfPerson(identityColumns[$0].input) }
    guard let joined = column(form.join), !tokens.isEmpty || !kept.isEmpty else { return nil }
    sexColumns = identityColumns.indices.filter { names[identityColumns[$0].input] == "sex" }
    birthDateColumns = identityColumns.indices.filter {
      identityColumns[$0].keep == .year && names[identityColumns[$0].input] == "birth_date"
    }
    let (allTokens, allKept) = (tokens, kept)
    let columns = wanted
    required = columns.indices.filter { columns[$0].required && isOfPerson($0) }.compactMap {
      input -> Required? in
      let tokens = allTokens.filter { tokenColumns[$0].input == input }
      let kept = allKept.filter { identityColumns[$0].input == input }
      guard !tokens.isEmpty || !kept.isEmpty else { return nil }
      return Required(name: columns[input].name, tokens: tokens, kept: kept)
    }
    originColumn = rowColumns.firstIndex {
      names[$0.input] == CompletionForm.originColumn && $0.isText
    }
    join = SourcePlan.lookUp(joined, among: &lookUps, &wanted)
    birthDate = column("birth_date").map { SourcePlan.lookUp($0, among: &lookUps, &wanted) }
    sex = column("sex").map { SourcePlan.KeptColumn(inner: $0, among: &wanted) }
    switch form.origin {
    case .word(let word): origin = .word(word)
    case .column(let name):
      guard let told = column(name) else { return nil }
      origin = .column(SourcePlan.KeptColumn(inner: told, among: &wanted))
    }
  }
}

extension SourcePlan.KeptColumn {
  fileprivate init(inner column: SourceColumn, among wanted: inout [SourceColumn]) {
    self.init(
      name: column.name,
      type: column.type,
      keep: .value,
      input: SourcePlan.input(column, among: &wanted)
    )
  }
}

extension Source {
  /// Whether a column is read from where another one has surnames or house numbers.
  func isSplit(_ column: SourceColumn, in stage: PseudonymiseStage) -> Bool {
    columns.contains { other in
      guard other.name != column.name, other.sourceName == column.sourceName,
        other.address == column.address, let policy = stage.policy(for: other.name),
        let label = policy.token ?? policy.bloom
      else { return false }
      switch Standardisation.Kind(label: label) {
      case .surname, .surnamePart1, .surnamePart2: return true
      default: return Standardisation.HousePart(label: label) == .number
      }
    }
  }
}
