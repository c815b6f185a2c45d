import PipelineFile
import Tabular

/// The numbers of persons in ascending order, with their cells, to take a quantile of each group.
struct CellQuantile {
  private let percent: Int
  private let unit: IntegerUnit
  /// Ascending; only known ones.
  private let numbers: [Int64]
  /// One a number.
  private let cells: [Int32]

  /// - Parameters:
  ///   - percent: how many of a hundred persons lie below, in 0...100.
  ///   - values: one a person; unknown ones are left out.
  ///   - unit: of the values.
  ///   - cellOfPerson: one a person.
  init(percent: Int64, of values: [Int64], _ unit: IntegerUnit, cellOfPerson: [Int32]) {
    self.percent = Int(percent)
    self.unit = unit
    let known = values.indices.filter { values[$0] != missingInteger }
    // Signed numbers in the order of unsigned ones.
    var keys = known.map { UInt64(bitPattern: values[$0]) ^ 1 << 63 }
    var cells = known.map { cellOfPerson[$0] }
    radixSort(&keys, carrying: &cells)
    numbers = keys.map { Int64(bitPattern: $0 ^ 1 << 63) }
    self.cells = cells
  }

  /// The quantile of each group, how many persons are on the side of it that has fewer, and how many
  /// have a number.
  ///
  /// Linear between order statistics: of n numbers the place is (n−1)·p, the first being 0
  /// (Hyndman and Fan 1996, definition 7). In ten-thousandths; missing for a group without numbers.
  ///
  /// - Throws: `overflow` with the name.
  func columns(
    of groups: CellGroups,
    name: String
  ) throws(PopulationTablesError) -> [[Int64]] {
    var starts = [Int](repeating: 0, count: groups.keys.count + 1)
    for cell in cells { starts[Int(groups.groupOfCell[Int(cell)]) + 1] += 1 }
    for group in groups.keys.indices { starts[group + 1] += starts[group] }
    var next = starts
    var ordered = numbers
    for place in numbers.indices {
      let group = Int(groups.groupOfCell[Int(cells[place])])
      ordered[next[group]] = numbers[place]
      next[group] += 1
    }
    var quantiles: [Int64] = []
    var sides: [Int64] = []
    var known: [Int64] = []
    for group in groups.keys.indices {
      let own = ordered[starts[group]..<starts[group + 1]]
      guard !own.isEmpty else {
        quantiles.append(missingInteger)
        sides.append(0)
        known.append(0)
        continue
      }
      let (below, rest) = ((own.count - 1) * percent).quotientAndRemainder(dividingBy: 100)
      let last = rest == 0 ? below : below + 1
      guard let value = between(own[own.startIndex + below], own[own.startIndex + last], rest)
      else {
        throw .overflow(column: name)
      }
      quantiles.append(value)
      sides.append(Int64(min(below, own.count - 1 - last)))
      known.append(Int64(own.count))
    }
    return [quantiles, sides, known]
  }

  /// The number that many hundredths of the way, in ten-thousandths; nil when it is too large.
  private func between(_ low: Int64, _ high: Int64, _ hundredths: Int) -> Int64? {
    let scale: Int128 = unit == .tenThousandths ? 1 : 10_000
    let way = (Int128(high) - Int128(low)) * scale * Int128(hundredths)
    let value = Int128(low) * scale + (way + 50) / 100
    return value == Int128(missingInteger) ? nil : Int64(exactly: value)
  }
}
