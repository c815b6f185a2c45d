import Diagnostics

extension PipelineReading {
  /// Reads where a file of areas lies and how it is written.
  mutating func areaFile(_ value: CheckedValue?, _ use: AreaFile.Use) -> AreaFile? {
    guard let value, let file = file(value, "file"), file.text != nil,
      let delimiter = delimiter(of: value)
    else { return nil }
    return AreaFile(
      path: path(file),
      use: use,
      delimiter: delimiter,
      encoding: encoding(of: value),
      place: faults.place(of: file.span)
    )
  }

  /// Gives persons the column `region`, which a file of areas tells of the area that they live in.
  mutating func addRegion(_ areas: CheckedValue?, to scope: inout ExpressionScope) {
    guard let areas else { return }
    if let taken = scope.columns["region"], scope.columns.contains("region") {
      guard case .uncertain = taken else {
        faults.report(
          at: areas.place,
          "found 'areas', but persons have a column 'region' already",
          hint: "leave one of them out"
        )
        return
      }
    }
    let levels = RegionLevel.allCases.map(\.rawValue)
    if scope.columns.isComplete, !levels.contains(where: { scope.columns.contains($0) }) {
      faults.report(
        at: areas.place,
        "found 'areas', but persons have none of the columns \(levels.joined(separator: ", "))",
        hint: "keep the column that tells where people live, under that name"
      )
    }
    scope.columns["region"] = .value(.text, domain: nil)
    usedColumns.formUnion(levels)
  }
}
