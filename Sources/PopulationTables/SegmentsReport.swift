import Tabular

/// The table of the segments: how the rules divide the persons, and that nobody is left or twice.
struct SegmentsReport {
  private let name: String
  private let segmentation: Segmentation
  private let areaCount: Int

  /// - Parameters:
  ///   - name: of the table.
  ///   - segmentation: of all persons.
  ///   - areaCount: in how many areas it was proved.
  init(name: String, segmentation: Segmentation, areaCount: Int) {
    self.name = name
    self.segmentation = segmentation
    self.areaCount = areaCount
  }

  /// One row a segment, by name, and the total.
  func table() -> CellTable {
    let names = segmentation.names
    let order = names.indices.sorted { names[$0].utf8.lexicographicallyPrecedes(names[$1].utf8) }
    let accounts = order.map { segmentation.accounts[$0] }
    let total = Int64(segmentation.codes.count)
    let persons = accounts.map(\.size) + [total]
    // What a rule came to and what was taken from it follow from each other and the size.
    let sides = accounts.map { leastGroup($0.meets, $0.taken, total - $0.meets) } + [0]
    let unknownSides =
      accounts.map { leastGroup($0.unknown, $0.reached - $0.size - $0.unknown) } + [0]
    let none = [missingInteger]
    return CellTable(
      name: name,
      dimensions: [
        CellTable.Dimension(
          name: "segment",
          labels: order.map { names[$0] },
          codes: order.indices.map { Int32($0) } + [CellTable.total]
        )
      ],
      figures: [
        CellTable.Figure(
          name: "place",
          kind: .open,
          unit: .text,
          values: order.map { Int64($0) } + none,
          texts: names.indices.map { String($0 + 1) }
        ),
        CellTable.Figure(
          name: "persons",
          kind: .count,
          unit: .number,
          values: persons,
          contributors: persons
        ),
        CellTable.Figure(
          name: "share",
          kind: .fitted(of: [1]),
          unit: .millionths,
          values: persons.map { millionths($0, of: total) }
        ),
        figure("meets", accounts.map(\.meets) + none, sides),
        figure("taken", accounts.map(\.taken) + none, sides),
        figure("unknown", accounts.map(\.unknown) + none, unknownSides),
        CellTable.Figure(
          name: "proof",
          kind: .open,
          unit: .text,
          values: order.map { _ in missingInteger } + [0],
          texts: ["sizes add up to all persons, here and in each of \(areaCount) areas"]
        ),
      ],
      persons: persons
    )
  }

  private func figure(_ name: String, _ values: [Int64], _ sides: [Int64]) -> CellTable.Figure {
    CellTable.Figure(name: name, kind: .group(least: sides), unit: .number, values: values)
  }
}

/// The smallest of several groups of persons that is not empty; 0 when all are.
func leastGroup(_ groups: Int64...) -> Int64 { groups.filter { $0 > 0 }.min() ?? 0 }

/// A part of a whole in millionths, halves up; missing of nothing.
func millionths(_ part: Int64, of whole: Int64) -> Int64 {
  whole > 0 ? (2_000_000 * part + whole) / (2 * whole) : missingInteger
}
