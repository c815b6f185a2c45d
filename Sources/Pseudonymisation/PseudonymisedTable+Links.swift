package import Tabular

extension PseudonymisedTable {
  /// The links of a source as a table: one row an identity, in the order of its staged table.
  ///
  /// Holds ids and words of a closed list; nothing that could tell who somebody is.
  ///
  /// - Parameters:
  ///   - links: one an identity.
  ///   - ids: of the person of each identity, or 0; those who are kept apart have one too.
  ///   - rowCounts: how many rows each has.
  /// - Returns: columns `person`, `pass` (from 1; 0: a person judged it), `reason`, `rows`; where something was weighed also
  ///   `rule` (from 1), `weight` (1/65,536 bit), `probability` (four decimals; of an exact link the precision of its
  ///   pass, missing where that is not measured), `rivals`.
  package static func links(
    _ links: Links,
    ids: [Int32],
    rowCounts: [Int32]
  ) -> PseudonymisedTable {
    let reasons = UnlinkedReason.allCases.map(\.rawValue).sorted()
    var names = ["person", "pass", "reason", "rows"]
    var columns: [Column] = [
      .integers(ids.map { $0 == 0 ? missingInteger : Int64($0) }, .number),
      .integers(
        links.passes.map {
          $0 == Links.reviewPass ? 0 : $0 < 0 ? missingInteger : Int64($0) + 1
        },
        .number
      ),
      .codes(
        links.reasons.map { reason in
          reason.flatMap { reasons.firstIndex(of: $0.rawValue) }.map { Int32($0) } ?? missingCode
        },
        dictionary: reasons
      ),
      .integers(rowCounts.map { Int64($0) }, .number),
    ]
    if let weighed = links.weighed {
      names += ["rule", "weight", "probability", "rivals"]
      columns += [
        .integers(weighed.rules.map { $0 < 0 ? missingInteger : Int64($0) + 1 }, .number),
        .integers(weighed.weights.map { Int64($0) }, .number),
        .integers(
          weighed.probabilities.map {
            $0 == Links.Weighed.unmeasured ? missingInteger : Int64((Double($0) * 10_000).rounded())
          },
          .tenThousandths
        ),
        .integers(weighed.rivals.map { Int64($0) }, .number),
      ]
    }
    return .pseudonymised(Table(names: names, columns: columns, rowCount: rowCounts.count))
  }

  /// The identities that no person was found for, with the reason and the number of rows of each.
  ///
  /// - Parameters:
  ///   - links: one for each row of this table.
  ///   - ids: as in `links`.
  ///   - rowCounts: how many rows each identity has.
  /// - Returns: the columns of this table, then `reason`, `rows` and `person`, which those have whose
  ///   number is valid and no resident's.
  package func apart(_ links: Links, ids: [Int32], rowCounts: [Int32]) -> PseudonymisedTable {
    let chosen = links.persons.indices.filter { links.persons[$0] < 0 }
    let all = Self.links(links, ids: ids, rowCounts: rowCounts).table
    let names = table.names + ["reason", "rows", "person"]
    let columns = (table.columns + all.columns[2...3] + [all.columns[0]]).map {
      $0.taking(chosen)
    }
    return .pseudonymised(Table(names: names, columns: columns, rowCount: chosen.count))
  }

  /// The persons of a night: their ids, and what is kept of each; no token.
  ///
  /// - Parameter ids: one for each row of this table.
  /// - Returns: `person`, then the kept columns of this table.
  package func persons(ids: [Int32]) -> PseudonymisedTable {
    let kept = withoutTokens.table
    return .pseudonymised(
      Table(
        names: ["person"] + kept.names,
        columns: [.integers(ids.map { Int64($0) }, .number)] + kept.columns,
        rowCount: ids.count
      )
    )
  }

  /// The kept columns of this table.
  package var withoutTokens: PseudonymisedTable {
    keeping { if case .tokens = $1 { false } else { true } }
  }

  /// The columns of those names, in the order of this table.
  package func keeping(_ names: [String]) -> PseudonymisedTable {
    keeping { name, _ in names.contains(name) }
  }

  private func keeping(_ isKept: (String, Column) -> Bool) -> PseudonymisedTable {
    let kept = table.names.indices.filter { isKept(table.names[$0], table.columns[$0]) }
    return .pseudonymised(
      Table(
        names: kept.map { table.names[$0] },
        columns: kept.map { table.columns[$0] },
        rowCount: table.rowCount
      )
    )
  }

  /// The same table with other tokens in a column.
  ///
  /// - Parameters:
  ///   - name: of a token column.
  ///   - others: by token, the one to put in its place.
  /// - Returns: a table of the same columns.
  package func replacing(_ name: String, _ others: [Token: Token]) -> PseudonymisedTable {
    let columns = zip(table.names, table.columns).map { other, column -> Column in
      guard other == name, case .tokens(let values) = column else { return column }
      return .tokens(values.replacing { others[$0] ?? $0 })
    }
    return .pseudonymised(Table(names: table.names, columns: columns, rowCount: table.rowCount))
  }
}
