@_spi(Pseudonymisation) @testable import Tabular

extension SmallRegion {
  /// What happens to persons between two nights.
  struct Events {
    var leaving: Set<Int> = []
    /// To the next neighbourhood.
    var moving: Set<Int> = []
    /// All their rows get other amounts.
    var paying: Set<Int> = []

    var persons: Set<Int> { leaving.union(moving).union(paying) }
  }

  /// The region of a later night.
  ///
  /// - Parameter events: since this one; whoever leaves does nothing else.
  /// - Returns: the region, and the number that each of its persons has in this one.
  func later(_ events: Events) -> (region: SmallRegion, earlier: [Int]) {
    let earlier = persons.indices.filter { !events.leaving.contains($0) }
    var numbers = [Int](repeating: -1, count: persons.count)
    for (number, person) in earlier.enumerated() { numbers[person] = number }
    let table = residents.table
    let moved = zip(table.names, table.columns).map { name, column -> Column in
      guard name == "neighbourhood", case .codes(var codes, let dictionary) = column else {
        return column.taking(earlier)
      }
      for person in events.moving {
        codes[person] = (codes[person] + 1) % Int32(dictionary.count)
      }
      return Column.codes(codes, dictionary: dictionary).taking(earlier)
    }
    let neighbourhoods = ["BU1", "BU2", "BU3"]
    let region = SmallRegion(
      residents: PseudonymisedTable(
        vouchingFor: Table(names: table.names, columns: moved, rowCount: earlier.count)
      ),
      sources: sources.map { $0.later(events.paying, numbers) },
      persons: earlier.map { person in
        var record = persons[person]
        guard events.moving.contains(person) else { return record }
        let place = neighbourhoods.firstIndex { record["neighbourhood"] == .text($0) }
        record["neighbourhood"] = .text(neighbourhoods[place.map { ($0 + 1) % 3 } ?? 0])
        return record
      },
      rows: rows.map { row in
        var values = row.values
        if events.paying.contains(row.person) {
          values["amount"] = .integer(laterAmount(row.values["amount"]?.integer ?? missingInteger))
        }
        return PlainRow(
          source: row.source,
          person: row.person < 0 ? -1 : numbers[row.person],
          values: values
        )
      }
    )
    return (region, earlier)
  }

  private init(
    residents: PseudonymisedTable,
    sources: [SourceRows],
    persons: [PlainRecord],
    rows: [PlainRow]
  ) {
    self.residents = residents
    self.sources = sources
    self.persons = persons
    self.rows = rows
  }
}

private func laterAmount(_ amount: Int64) -> Int64 {
  amount == missingInteger ? 70 : amount + 1_234
}

extension SourceRows {
  /// The source of a later night.
  fileprivate func later(_ paying: Set<Int>, _ numbers: [Int]) -> SourceRows {
    SourceRows(
      name: name,
      domain: domain,
      identities: identities,
      links: Links(
        persons: links.persons.map { $0 < 0 ? -1 : Int32(numbers[Int($0)]) },
        passes: links.passes,
        reasons: links.reasons
      ),
      groupCount: groupCount
    ) { [links, group] number in
      let own = try group(number)
      let persons = zip(own.firstIdentity..., own.rowCounts).flatMap { identity, count in
        Array(repeating: Int(links.persons[identity]), count: Int(count))
      }
      let table = own.rows.table
      let columns = zip(table.names, table.columns).map { name, column -> Column in
        guard name == "amount", case .integers(var amounts, let unit) = column else {
          return column
        }
        for row in amounts.indices where paying.contains(persons[row]) {
          amounts[row] = laterAmount(amounts[row])
        }
        return .integers(amounts, unit)
      }
      return RowGroup(
        firstIdentity: own.firstIdentity,
        rowCounts: own.rowCounts,
        rows: PseudonymisedTable(
          vouchingFor: Table(names: table.names, columns: columns, rowCount: table.rowCount)
        )
      )
    }
  }
}
