package import Tabular

/// What a supplier has made of a source before it came: tokens of the first level, and kept values.
package struct Arrival: Sendable {
  /// The columns as the pipeline file declares them: those of the extract that the supplier read.
  package let declared: [SourceColumn]
  /// The public key of Ed25519 that must have signed, 32 bytes; nil when any may.
  package let signer: [UInt8]?
}

/// What a supplier has made of a column before it came.
package enum ArrivedColumn: Sendable, Hashable {
  /// A token of the first level, of that label.
  case token(label: String)
  /// Bloom filters of the first level, of that label and column of the extract, in base64.
  case filter(label: String, of: String)
  /// What is kept of a column of that type.
  case kept(Keep, ColumnType)

  package var json: JSONValue {
    switch self {
    case .token(let label): ["token": .string(label)]
    case .filter(let label, let column): ["bloom": .string(label), "of": .string(column)]
    case .kept(let keep, let type): ["keep": .string(keep.rawValue), "of": .string(type.rawValue)]
    }
  }
}

extension Source {
  /// The source with the columns that arrive of it in place of those that the supplier read.
  ///
  /// A supplier hands over what the policies leave, under the names of staged columns.
  func arriving(under policies: [ColumnPolicy], signer: [UInt8]?) -> Source {
    var source = self
    source.arrival = Arrival(declared: columns, signer: signer)
    source.columns = columns.flatMap { column -> [SourceColumn] in
      guard let policy = policies.first(where: { $0.column == column.name }) else { return [] }
      var arriving: [SourceColumn] = []
      if let label = policy.token {
        arriving.append(column.arriving(as: .token(label: label), name: column.name, type: .text))
      }
      if let label = policy.bloom, let name = policy.filterName {
        let filter = ArrivedColumn.filter(label: label, of: column.name)
        arriving.append(column.arriving(as: filter, name: name, type: .text))
      }
      guard let name = policy.keptName else { return arriving }
      let kept = ArrivedColumn.kept(policy.keep, column.type)
      switch policy.keep {
      case .nothing: break
      case .year: arriving.append(column.arriving(as: kept, name: name, type: .integer))
      case .pc4: arriving.append(column.arriving(as: kept, name: name, type: .integer))
      case .value:
        let type = column.type == .partialDate ? ColumnType.date : column.type
        arriving.append(column.arriving(as: kept, name: name, type: type))
      }
      return arriving
    }
    return source
  }
}

extension SourceColumn {
  /// Years that a date of the calendar may have, and the digits of postcodes.
  private static let years: ClosedRange<Int64> = 1850...2150
  private static let digits: ClosedRange<Int64> = 1000...9999

  /// The column as it stands in a package.
  fileprivate func arriving(
    as arrived: ArrivedColumn,
    name: String,
    type: ColumnType
  ) -> SourceColumn {
    let ownRange: ClosedRange<Int64>?
    switch arrived {
    case .token, .filter: ownRange = nil
    case .kept(.year, _): ownRange = Self.years
    case .kept(.pc4, _): ownRange = Self.digits
    case .kept: ownRange = range
    }
    let isWhole = if case .kept(.value, _) = arrived { true } else { false }
    // What a list in a file makes of codes, the supplier has made of them.
    let meanings = isWhole && codes == nil ? values.map(\.meaning) : []
    var seen: Set<String> = []
    let distinct = meanings.filter { seen.insert($0).inserted }
    var column = SourceColumn(
      name: name,
      sourceName: name,
      pattern: nil,
      type: type,
      privacyClass: privacyClass,
      required: required && (isWhole || isToken(arrived)),
      unique: unique && (isWhole || isToken(arrived)),
      values: distinct.map { CodeValue(written: $0, meaning: $0) },
      range: ownRange,
      textPattern: isWhole && values.isEmpty && codes == nil && region == nil ? textPattern : nil,
      euros: true,
      place: place
    )
    column.unknown = unknown
    column.arrived = arrived
    return column
  }

  private func isToken(_ arrived: ArrivedColumn) -> Bool {
    if case .token = arrived { true } else { false }
  }
}
