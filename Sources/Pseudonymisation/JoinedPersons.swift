package import Tabular

/// The identities of a source, to which persons they belong, and how many rows each has.
package struct PersonSource: Sendable {
  let identities: Table
  let persons: [Int32]
  let rowCounts: [Int32]

  package init(_ identities: PseudonymisedTable, links: Links, rowCounts: [Int32]) {
    self.identities = identities.table
    persons = links.persons
    self.rowCounts = rowCounts
  }
}

/// Persons who are made of the identities of all sources: one row a person.
///
/// Of each kept column a person has the value of its identity with most rows, of those that have one;
/// of equals the first. Tokens are left out: a person may have several.
///
/// - Parameters:
///   - sources: every identity is a person's.
///   - count: of the persons.
/// - Returns: the kept columns that describe identities, of all sources.
package func joinedPersons(_ sources: [PersonSource], count: Int) -> PseudonymisedTable {
  var names: [String] = []
  for name in sources.flatMap(\.identities.names) where !names.contains(name) { names.append(name) }
  var kept: [(name: String, column: Column)] = []
  for name in names {
    if let column = joinedColumn(name, sources, count: count) { kept.append((name, column)) }
  }
  return .pseudonymised(
    Table(names: kept.map(\.name), columns: kept.map(\.column), rowCount: count)
  )
}

/// Nil for tokens, and for a column of which sources have different kinds.
private func joinedColumn(_ name: String, _ sources: [PersonSource], count: Int) -> Column? {
  let columns = sources.map { $0.identities[name] }
  var best = [Int32](repeating: -1, count: count)
  switch columns.lazy.compactMap(\.self).first {
  case .tokens?, nil: return nil
  case .integers(_, let unit)?:
    var values = [Int64](repeating: missingInteger, count: count)
    for (source, column) in zip(sources, columns) {
      guard let column else { continue }
      guard case .integers(let own, unit) = column else { return nil }
      for identity in own.indices where own[identity] != missingInteger {
        let person = Int(source.persons[identity])
        if source.rowCounts[identity] > best[person] {
          best[person] = source.rowCounts[identity]
          values[person] = own[identity]
        }
      }
    }
    return .integers(values, unit)
  case .codes?:
    let unified = UnifiedDictionary(
      columns.map { if case .codes(_, let texts)? = $0 { texts } else { [] } }
    )
    var values = [Int32](repeating: missingCode, count: count)
    for (number, (source, column)) in zip(sources, columns).enumerated() {
      guard let column else { continue }
      guard case .codes(let own, _) = column else { return nil }
      for identity in own.indices where unified.codes[number].indices.contains(Int(own[identity])) {
        let person = Int(source.persons[identity])
        if source.rowCounts[identity] > best[person] {
          best[person] = source.rowCounts[identity]
          values[person] = unified.codes[number][Int(own[identity])]
        }
      }
    }
    return .codes(values, dictionary: unified.texts)
  }
}
