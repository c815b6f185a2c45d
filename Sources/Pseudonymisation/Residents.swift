@_spi(Pseudonymisation) package import Tabular

/// The rows of the spine source as persons: one row a resident, identity and row columns together.
///
/// - Parameters:
///   - identities: of the spine source.
///   - groups: its rows, all of them, in order.
///   - workers: how many threads may copy.
/// - Returns: a table in token order.
package func residents(
  identities: PseudonymisedTable,
  groups: [RowGroup],
  workers: Int
) -> PseudonymisedTable {
  var names = identities.table.names
  var columns = identities.table.columns
  var rowCount = identities.table.rowCount
  // Mostly each identity is one resident: then no column is copied.
  if !groups.allSatisfy({ $0.rowCounts.allSatisfy { $0 == 1 } }) {
    var sources: [Int] = []
    for group in groups {
      for (offset, count) in group.rowCounts.enumerated() {
        for _ in 0..<count { sources.append(group.firstIdentity + offset) }
      }
    }
    let (own, rows) = (columns, sources)
    columns = concurrentChunks(own.count, workers: workers) { own[$0].taking(rows) }
    rowCount = rows.count
  }
  if let first = groups.first {
    for (number, name) in first.rows.table.names.enumerated() {
      names.append(name)
      columns.append(joined(groups.map { $0.rows.table.columns[number] }))
    }
  }
  return .pseudonymised(Table(names: names, columns: columns, rowCount: rowCount))
}

/// The Bloom filters of the spine source as those of its residents.
///
/// - Parameters:
///   - filters: one number an identity.
///   - rowCounts: how many residents each identity has.
/// - Returns: one number a resident.
package func residentFilters(_ filters: FieldFilters, rowCounts: [Int32]) -> FieldFilters {
  var numbers: [Int32] = []
  numbers.reserveCapacity(rowCounts.reduce(0) { $0 + Int($1) })
  for (number, count) in zip(filters.numbers, rowCounts) {
    for _ in 0..<count { numbers.append(number) }
  }
  return FieldFilters(vouchingFor: filters.words, numbers: numbers)
}

private func joined(_ parts: [Column]) -> Column {
  var integers: [Int64] = []
  var codes: [Int32] = []
  var tokens: [Token] = []
  for part in parts {
    switch part {
    case .integers(let values, _): integers += values
    case .codes(let values, _): codes += values
    case .tokens(let values): tokens += values
    }
  }
  return switch parts.first {
  case .integers(_, let unit): .integers(integers, unit)
  case .codes(_, let dictionary): .codes(codes, dictionary: dictionary)
  case .tokens, nil: .tokens(TokenColumn(tokens))
  }
}
