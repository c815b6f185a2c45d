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
    /// Where it stands in `wanted`.
    let input: Int

    /// Whether a cell says where a text stands; else it is the value.
    var holdsText: Bool {
      switch type {
      case .text, .code, .name, .postcode: true
      case .integer, .decimal, .money, .date, .partialDate, .bsn, .yesNo: false
      }
    }
  }

  /// A column that stays, whole or in part.
  package struct KeptColumn: Sendable, Hashable {
    /// The staged name, as `birth_date_year`.
    package let name: String
    package let type: ColumnType
    package let keep: Keep
    /// Where it stands in `wanted`.
    let input: Int

    /// True when the staged column holds texts.
    package var isText: Bool {
      guard keep == .value else { return false }
      switch type {
      case .text, .code, .name, .postcode: return true
      case .integer, .decimal, .money, .date, .partialDate, .bsn, .yesNo: return false
      }
    }

    /// What the staged numbers mean.
    package var unit: IntegerUnit {
      switch (keep, type) {
      case (.year, _): .year
      case (.value, .money): .cents
      case (.value, .date): .day
      case (.value, .decimal): .tenThousandths
      case (.value, .yesNo): .yesNo
      default: .number
      }
    }
  }

  package let source: String
  /// The columns that a clear batch must hold, in this order.
  package let wanted: [String]
  package let tokens: [TokenColumn]
  package let identityColumns: [KeptColumn]
  package let rowColumns: [KeptColumn]

  /// Works out the plan of `source` in `pipeline`.
  ///
  /// A kept column goes with the identity when it singles people out (class quasi or above, or a
  /// part of such a column) or when a pass of the link stage compares it.
  package init(source: Source, in pipeline: Pipeline) {
    let compared = Set(
      pipeline.link.exact.flatMap { $0.on + ($0.unless?.differ ?? []) }
    )
    var wanted: [String] = []
    var tokens: [TokenColumn] = []
    var identityColumns: [KeptColumn] = []
    var rowColumns: [KeptColumn] = []
    for column in source.columns {
      guard let policy = pipeline.pseudonymise.policy(for: column.name) else { continue }
      guard policy.token != nil || policy.keep != .nothing else { continue }
      let input = wanted.count
      wanted.append(column.name)
      if let label = policy.token {
        tokens.append(
          TokenColumn(
            name: column.name,
            label: label,
            type: column.type,
            required: column.required,
            input: input
          )
        )
      }
      guard policy.keep != .nothing else { continue }
      let name =
        switch policy.keep {
        case .year: column.name + "_year"
        case .pc4: column.name + "_pc4"
        case .value, .nothing: column.name
        }
      let kept = KeptColumn(name: name, type: column.type, keep: policy.keep, input: input)
      let describesPerson =
        policy.keep != .value || column.privacyClass >= .quasi || compared.contains(name)
      if describesPerson { identityColumns.append(kept) } else { rowColumns.append(kept) }
    }
    self.source = source.name
    self.wanted = wanted
    self.tokens = tokens
    self.identityColumns = identityColumns
    self.rowColumns = rowColumns
  }
}
