import Tabular

/// A table of an area and a total, of a sex and a total; its second cell is too small.
let exampleTable = CellTable(
  name: "use",
  dimensions: [
    CellTable.Dimension(
      name: "area",
      labels: ["BU1"],
      codes: [0, 0, CellTable.total, CellTable.total]
    ),
    CellTable.Dimension(
      name: "sex",
      labels: ["M", "V"],
      codes: [0, CellTable.total, 0, CellTable.total]
    ),
  ],
  figures: [
    CellTable.Figure(
      name: "persons",
      kind: .count,
      unit: .number,
      values: [12, 9, 0, 42],
      contributors: [12, 9, 0, 42]
    ),
    CellTable.Figure(
      name: "cost",
      kind: .sum,
      unit: .cents,
      values: [-150, 400, 0, .max],
      contributors: [12, 9, 0, 42]
    ),
  ],
  persons: [12, 9, 0, 42]
)

/// A table of areas `A0`, `A1`, …, with a count and a sum.
func table(persons: [Int64], sums: [Int64], unit: FigureUnit = .cents) -> CellTable {
  CellTable(
    name: "use",
    dimensions: [
      CellTable.Dimension(
        name: "area",
        labels: persons.indices.map { "A\($0)" },
        codes: persons.indices.map { Int32($0) }
      )
    ],
    figures: [
      CellTable.Figure(
        name: "persons",
        kind: .count,
        unit: .number,
        values: persons,
        contributors: persons
      ),
      CellTable.Figure(
        name: "cost",
        kind: .sum,
        unit: unit,
        values: sums,
        contributors: persons
      ),
    ],
    persons: persons
  )
}
