import Tabular

extension ProtectedTable {
  /// The report of the segments with `change` beside the persons: how many more there are than in the
  /// period before.
  ///
  /// Both numbers were shown, so it tells nothing that they do not: hidden where this one is, missing
  /// where the other is.
  ///
  /// - Parameter persons: of each segment in the period before, as far as they were shown; of everyone
  ///   under `total`.
  /// - Returns: the same table with a figure more, before the last.
  package func withChange(since persons: [String: Int64]) -> ProtectedTable {
    guard let segments = dimensions.first, let proof = figures.last,
      let now = figures.first(where: { $0.name == "persons" })
    else { return self }
    var values = [Int64](repeating: missingInteger, count: cellCount)
    var marks = now.marks
    for cell in values.indices where marks[cell] != .hidden {
      let code = segments.codes[cell]
      let before = persons[code == CellTable.total ? "total" : segments.labels[Int(code)]]
      if let before, now.values[cell] != missingInteger {
        let (change, overflow) = now.values[cell].subtractingReportingOverflow(before)
        if !overflow { values[cell] = change }
      }
      if values[cell] == missingInteger { marks[cell] = .missing }
    }
    let change = Figure(name: "change", unit: .number, values: values, marks: marks)
    return ProtectedTable(
      name: name,
      dimensions: dimensions,
      figures: figures.dropLast() + [change, proof],
      cellCount: cellCount
    )
  }
}
