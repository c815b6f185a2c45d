import PipelineFile
import Tabular

/// Puts what providers bring, as tables cut by them tell, to the cells of a table.
struct ProviderTotals {
  private let table: CellTable
  /// By key.
  private var cellOfKey: [UInt64: Int32] = [:]
  private var numberOfName: [String: Int32] = [:]
  private var names: [String] = []
  private var shares: [String: [ProviderShares.Share]] = [:]

  init(_ table: CellTable) {
    self.table = table
    cellOfKey.reserveCapacity(table.cellCount)
    let codes = table.dimensions.map(\.codes)
    for cell in 0..<table.cellCount {
      if let key = key(codes.indices.map { codes[$0][cell] }) { cellOfKey[key] = Int32(cell) }
    }
  }

  /// Adds what such a table tells.
  ///
  /// - Parameters:
  ///   - own: what it is of.
  ///   - found: its cells.
  mutating func add(_ own: ProviderTable, _ found: CellTable) {
    guard let column = found.dimensions.firstIndex(where: { $0.name == providerColumn }) else {
      return
    }
    let providers = found.dimensions[column]
    let numbers = providers.labels.map { number(of: $0) }
    // One a dimension of the table: the codes there, by those here.
    let places = table.dimensions.map { dimension in
      found.dimensions.firstIndex { $0.name == dimension.name } ?? column
    }
    let codes = zip(table.dimensions, places).map { dimension, place in
      let codeOfLabel = Dictionary(
        uniqueKeysWithValues: zip(dimension.labels, Int32(0)...)
      )
      return found.dimensions[place].labels.map { codeOfLabel[$0] ?? -2 }
    }
    let isCutByProvider = places.contains(column)
    for cell in 0..<found.cellCount where providers.codes[cell] != CellTable.total {
      var coordinates = places.indices.map { dimension -> Int32 in
        let code = found.dimensions[places[dimension]].codes[cell]
        return code == CellTable.total ? code : codes[dimension][Int(code)]
      }
      let provider = numbers[Int(providers.codes[cell])]
      enter(own, found, cell, provider, at: coordinates)
      guard isCutByProvider else { continue }
      for dimension in places.indices where places[dimension] == column {
        coordinates[dimension] = CellTable.total
      }
      enter(own, found, cell, provider, at: coordinates)
    }
  }

  /// The table, of which it is told what providers bring.
  ///
  /// What is left of a sum is of rows without a provider: they count as those of one.
  mutating func told() -> CellTable {
    let unknown = number(of: unknownLabel)
    var told: [String: ProviderShares] = [:]
    for figure in table.figures {
      guard var own = shares[figure.name] else { continue }
      if figure.kind != .count {
        var rest = figure.values.map { $0 == missingInteger ? 0 : $0 }
        for share in own { rest[Int(share.cell)] &-= share.amount }
        for cell in rest.indices where rest[cell] != 0 {
          own.append(
            ProviderShares.Share(
              cell: Int32(cell),
              provider: unknown,
              amount: rest[cell],
              persons: figure.contributors[cell]
            )
          )
        }
      }
      told[figure.name] = ProviderShares(own, names: names, cellCount: table.cellCount)
    }
    return table.telling(told)
  }

  private mutating func enter(
    _ own: ProviderTable,
    _ found: CellTable,
    _ cell: Int,
    _ provider: Int32,
    at coordinates: [Int32]
  ) {
    guard let key = key(coordinates), let place = cellOfKey[key] else { return }
    for (told, by) in own.figures {
      let figure = found.figures[by]
      guard let unit = table.figures.first(where: { $0.name == told })?.unit else { continue }
      // Numbers of persons have decimals where one of their parts has.
      let scale: Int64 = unit == .tenThousandths && figure.unit == .number ? 10_000 : 1
      shares[told, default: []].append(
        ProviderShares.Share(
          cell: place,
          provider: provider,
          amount: figure.values[cell] &* own.factor &* scale,
          persons: found.persons[cell]
        )
      )
    }
  }

  private mutating func number(of name: String) -> Int32 {
    if let number = numberOfName[name] { return number }
    let number = Int32(names.count)
    numberOfName[name] = number
    names.append(name)
    return number
  }

  /// The mixed-radix number of codes, a total being the last; nil of a label that the table lacks.
  ///
  /// There are no more of them than when the cells of the table were numbered.
  private func key(_ codes: [Int32]) -> UInt64? {
    var key: UInt64 = 0
    for (dimension, code) in zip(table.dimensions, codes) {
      let total = UInt64(dimension.labels.count)
      guard code >= CellTable.total else { return nil }
      key = key &* (total + 1) &+ (code == CellTable.total ? total : UInt64(code))
    }
    return key
  }
}
