package import PipelineFile
package import Tabular

/// What the nights to come must know of a release.
///
/// - Parameters:
///   - tables: as they were counted, in the order of `protect`.
///   - pieces: tables that are not printed.
///   - published: the same tables as they are written.
///   - policy: of the release.
///   - earlier: releases of earlier nights, the oldest first.
///   - day: of the release, UTC, since 1970.
/// - Returns: what was counted, and what of it is seen.
/// - Throws: `contradiction`.
package func record(
  _ tables: [CellTable],
  pieces: [CellTable],
  published: [ProtectedTable],
  _ policy: Protection,
  since earlier: [EarlierRelease],
  day: Int32
) throws(DisclosureControlError) -> EarlierRelease {
  let release = try ReleaseSystem(tables, pieces: pieces, policy)
  let seen = ReleaseAudit.seen(of: release, tables, published)
  return EarlierRelease(
    day: day,
    isJoinable: true,
    minimum: policy.minimum,
    dominance: policy.dominanceText,
    tables: tables,
    pieces: pieces,
    seen: zip(tables, release.variablesOfPlace).map { table, variables in
      Quantity.quantities(of: table).map { place, _ in
        (variables[place] ?? []).map { seen[Int($0)] }
      }
    },
    published: published.map { table in
      PublishedTable(
        name: table.name,
        dimensions: table.dimensions,
        figures: table.figures.map { figure in
          PublishedTable.Figure(
            name: figure.name,
            values: figure.values,
            days: figure.values.indices.map { cell in
              figure.marks[cell] == .held && figure.days.indices.contains(cell)
                ? figure.days[cell] : day
            },
            companions: figure.companions
          )
        }
      )
    }
  )
}
