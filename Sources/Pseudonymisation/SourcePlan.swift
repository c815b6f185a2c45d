package import PipelineFile
package import Tabular

/// What becomes of the columns of one source, worked out before the first row.
///
/// An identity column describes the person and is kept once for each distinct combination; a row
/// column is kept for every row.
package struct SourcePlan: Sendable {
  /// A column that becomes a token.
  package struct TokenColumn: Sendable, Hashable {
    package let name: String
    package let label: String
    package let type: ColumnType
    package let required: Bool
    /// Whether the token leaves the stage; else it tells values apart of which a filter does.
    package let isStaged: Bool
    /// Where it stands in `wanted`.
    let input: Int
    /// A supplier made the first level: the cell is its token as text.
    var isArrived = false
    /// The cell is a filter that a supplier made, and tells values apart as a token does.
    var isFilter = false
    /// The extract has the column under the name of another one, of surnames or house numbers, out
    /// of which this one takes a part.
    var isSplit = false

    /// Whether a cell says where a text stands; else it is the value.
    var holdsText: Bool { type.holdsText }

    /// What tells filters apart stays in memory: no key that others share makes a token of them.
    var keyLabel: String { isFilter ? SourcePlan.innerLabel : label }
  }

  /// A column that stays, whole or in part.
  package struct KeptColumn: Sendable, Hashable {
    /// The staged name, as `birth_date_year`.
    package let name: String
    package let type: ColumnType
    package let keep: Keep
    /// Where it stands in `wanted`.
    let input: Int
    /// A supplier took the part that is kept: the cell is it.
    var isArrived = false
    /// Somebody has looked at its numbers: those that pass the test of a BSN are nobody's.
    package internal(set) var isReviewed = false

    /// True when the staged column holds texts.
    package var isText: Bool { keep == .value && type.holdsText }

    /// Whether its numbers could be those of persons: not money, dates or parts of them.
    var mayHoldNumbers: Bool { keep == .value && (type == .integer || type == .decimal) }

    /// What the staged numbers mean.
    package var unit: IntegerUnit {
      switch (keep, type) {
      case (.year, _): .year
      case (.value, .money): .cents
      case (.value, .date), (.value, .partialDate): .day
      case (.value, .decimal): .tenThousandths
      case (.value, .yesNo): .yesNo
      default: .number
      }
    }
  }

  /// A column whose values become Bloom filters.
  package struct FilterColumn: Sendable, Hashable {
    package let name: String
    /// Of the filters' keys, and of what is standardised.
    package let label: String
    /// Where it stands in `tokens`: filters are of the values that its tokens are of.
    let token: Int
    /// A supplier made the filters; their bits are moved.
    var isArrived = false
  }

  /// A column that is a feature of filters of whole records.
  struct RecordColumn: Sendable {
    let type: ColumnType
    /// What its values are standardised as, where both sides do.
    let kind: ValueKind
    /// Where it stands in `wanted`.
    let input: Int
  }

  /// A column of which no two rows may have the same value.
  struct UniqueColumn: Sendable {
    let name: String
    /// Where it stands in `lookUps`.
    let lookUp: Int
  }

  /// How rows that lack their person are completed.
  struct Completion: Sendable {
    /// What tells which client row something came from.
    enum Origin: Sendable {
      case column(KeptColumn)
      case word(String)
    }

    // Of rows of one person: where the hash of what joins them stands in `lookUps`, and of what
    // they are judged by; nil where the source has no such column.
    let join: Int
    let birthDate: Int?
    let sex: KeptColumn?
    let origin: Origin
    /// Token columns that are filled.
    let tokens: [Int]
    /// Identity columns that are filled.
    let kept: [Int]
    /// Identity columns that hold the sex, and the year of birth.
    let sexColumns: [Int]
    let birthDateColumns: [Int]
    /// A column that no row may lack once it is completed.
    struct Required: Sendable {
      let name: String
      /// Where it stands among the tokens and the identity columns; a value in one of them will do.
      let tokens: [Int]
      let kept: [Int]
    }

    let required: [Required]
    /// The row column that tells the origin, if it is kept.
    let originColumn: Int?

    /// Words of an identity behind its kept values: join, birth date, sex, origin.
    ///
    /// A row that is to be completed has no origin.
    static let wordCount = 4
  }

  package let source: String
  /// The columns that a clear batch must hold, in this order.
  package let wanted: [String]
  package let tokens: [TokenColumn]
  package let filters: [FilterColumn]
  package let identityColumns: [KeptColumn]
  package let rowColumns: [KeptColumn]
  /// Staged names of the identity columns that could single out a person: of class quasi or above, or
  /// a part of such a column.
  package let quasiColumns: [String]
  /// The columns whose values are hashed: `tokens`, then those whose tokens nobody is given.
  let lookUps: [TokenColumn]
  let uniqueColumns: [UniqueColumn]
  /// How filters of whole records are made of the source; nil where no partner gets them.
  package let recordForm: RecordFilterForm?
  /// One a feature of the schema; nil for one that is ignored.
  let recordColumns: [RecordColumn?]
  let completion: Completion?
  /// Every row says what it does to earlier rows.
  let makesCorrections: Bool
  /// One a wanted column: a cell says where a text stands.
  let wantedTexts: [Bool]

  /// The token column that tells persons apart: the BSN, else the first; nil without tokens.
  package var personColumn: TokenColumn? {
    tokens.first { $0.name == "bsn" } ?? tokens.first { $0.type == .bsn }
      ?? tokens.first
  }

  /// Identity columns, then row columns.
  var keptColumns: [KeptColumn] { identityColumns + rowColumns }

  /// Whether rows do something to each other: then none is staged before all are read.
  package var settles: Bool { makesCorrections || !uniqueColumns.isEmpty || completes }

  /// Whether a row that waits bears its line, for it may still be refused.
  var asksLines: Bool { !uniqueColumns.isEmpty || completion?.required.isEmpty == false }

  /// Whether rows that lack their person are completed from others.
  package var completes: Bool { completion != nil }

  /// Whether a column of the source leaves the stage, as a token, a filter or in part; else it is
  /// dropped.
  package func isNamed(_ column: String) -> Bool {
    guard let input = wanted.firstIndex(of: column) else { return false }
    return tokens.contains { $0.input == input }
      || (identityColumns + rowColumns).contains { $0.input == input }
      || recordColumns.contains { $0?.input == input }
  }

  /// Works out the plan of `source` in `pipeline`.
  ///
  /// A kept column goes with the identity when it singles people out (class quasi or above, or a
  /// part of such a column), when the link stage compares it, or when it is completed from
  /// the client rows.
  package init(source: Source, in pipeline: Pipeline) {
    let compared = pipeline.link.comparedColumns
    var wanted: [SourceColumn] = []
    var tokens: [TokenColumn] = []
    var filters: [FilterColumn] = []
    var identityColumns: [KeptColumn] = []
    var rowColumns: [KeptColumn] = []
    var quasiColumns: [String] = []
    for column in source.columns {
      if let arrived = column.arrived {
        let input = wanted.count
        wanted.append(column)
        switch arrived {
        case .token(let label):
          var token = TokenColumn(column, label: label, input: input, isStaged: true)
          token.isArrived = true
          tokens.append(token)
        case .filter(let label, let name):
          var filter = FilterColumn(name: name, label: label, token: tokens.count)
          filter.isArrived = true
          filters.append(filter)
          var token = TokenColumn(column, label: label, input: input)
          token.isArrived = true
          token.isFilter = true
          tokens.append(token)
        case .kept(let keep, let type):
          var kept = KeptColumn(name: column.name, type: type, keep: keep, input: input)
          kept.isArrived = true
          kept.isReviewed = pipeline.pseudonymise.policy(for: column.name)?.reviewed != nil
          let isPersonal = keep != .value || column.privacyClass >= .quasi
          if isPersonal { quasiColumns.append(column.name) }
          if isPersonal || compared.contains(column.name) {
            identityColumns.append(kept)
          } else {
            rowColumns.append(kept)
          }
        }
        continue
      }
      guard let policy = pipeline.pseudonymise.policy(for: column.name) else { continue }
      guard policy.leavesSomething else { continue }
      let input = wanted.count
      wanted.append(column)
      if let label = policy.bloom {
        filters.append(FilterColumn(name: column.name, label: label, token: tokens.count))
      }
      if let label = policy.token ?? policy.bloom {
        let isStaged = policy.token != nil
        var token = TokenColumn(column, label: label, input: input, isStaged: isStaged)
        token.isSplit = source.isSplit(column, in: pipeline.pseudonymise)
        tokens.append(token)
      }
      guard policy.keep != .nothing else { continue }
      let name = policy.keptName ?? column.name
      var kept = KeptColumn(name: name, type: column.type, keep: policy.keep, input: input)
      kept.isReviewed = policy.reviewed != nil
      let isCompleted =
        source.format.completion != nil && CompletionForm.tellsOfPerson(column)
      let describesPerson =
        policy.keep != .value || column.privacyClass >= .quasi || compared.contains(name)
        || isCompleted
      if policy.keep != .value || column.privacyClass >= .quasi { quasiColumns.append(name) }
      if describesPerson { identityColumns.append(kept) } else { rowColumns.append(kept) }
    }
    var lookUps = tokens
    uniqueColumns = source.columns.filter(\.unique).map { column in
      UniqueColumn(
        name: column.name,
        lookUp: Self.lookUp(column, among: &lookUps, &wanted)
      )
    }
    completion = source.format.completion.flatMap { form in
      Completion(form, source, tokens, identityColumns, rowColumns, &lookUps, &wanted)
    }
    let form = pipeline.pseudonymise.clk.flatMap { $0.source == source.name ? $0 : nil }
    recordForm = form
    recordColumns =
      form.map { Self.recordColumns($0, source, pipeline.pseudonymise, &wanted) } ?? []
    makesCorrections = source.format.makesCorrections
    self.source = source.name
    self.wanted = wanted.map(\.name)
    wantedTexts = wanted.map(\.type.holdsText)
    self.tokens = tokens
    self.filters = filters
    self.identityColumns = identityColumns
    self.rowColumns = rowColumns
    self.quasiColumns = quasiColumns
    self.lookUps = lookUps
  }
}

extension SourcePlan.TokenColumn {
  init(_ column: SourceColumn, label: String, input: Int, isStaged: Bool = false) {
    self.init(
      name: column.name,
      label: label,
      type: column.type,
      required: column.required,
      isStaged: isStaged,
      input: input
    )
  }
}

extension ColumnType {
  /// Whether a cell of a clear batch says where a text stands; else it is the value.
  var holdsText: Bool {
    switch self {
    case .text, .code, .name, .postcode: true
    case .integer, .decimal, .money, .date, .partialDate, .bsn, .yesNo: false
    }
  }
}
