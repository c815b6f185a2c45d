import Tabular

/// A figure `f` to which, unless told otherwise, as many persons contribute as its values say.
func figure(
  _ kind: CellTable.Figure.Kind,
  _ values: [Int64] = [],
  contributors: [Int64]? = nil,
  unit: FigureUnit = .number
) -> CellTable.Figure {
  CellTable.Figure(
    name: "f",
    kind: kind,
    unit: unit,
    values: values,
    contributors: contributors ?? values
  )
}
