import Statistics
import Tabular

/// Standardised rates: what they tell of counts of strata.
extension ReleaseSystem {
  /// Adds the rates of the tables of which the counts are known.
  mutating func addRates(_ tables: [CellTable], _ pieces: [CellTable]) {
    var restOfPair: [[Int32]: Int32] = [:]
    if !CellTable.strata(of: tables).isEmpty {
      for (all, part, rest) in complements { restOfPair[[all, part]] = rest }
    }
    for (number, table) in tables.enumerated() {
      var ofFigure: [Int: [Int?]] = [:]
      for (place, figure) in table.figures.enumerated() {
        guard let standardisation = figure.standardisation,
          let piece = pieces.firstIndex(where: { $0.name == standardisation.pieces }),
          let strata = StrataOfCells(
            table,
            pieces[piece],
            standardisation,
            variablesOfPlace[tables.count + piece],
            restOfPair
          )
        else { continue }
        let parts = parts(of: figure, table: number)
        let told = figure.expectedOrRate
        ofFigure[place] = (0..<table.cellCount).map { cell in
          let rate = strata.rate(of: cell, parts: parts.map { $0[cell] }, table)
          let made = rate.told { variables.values[Int(rate.members[$0])] }
          guard let value = made?.values.first else { return nil }
          // For what is not made of these counts nobody can answer: it stays hidden.
          if told.indices.contains(cell), abs(value &- told[cell]) > 1 {
            unknownRates.insert(rates.count)
          }
          rates.append(rate)
          return rates.count - 1
        }
      }
      rateOfCell.append(ofFigure)
    }
  }

  /// The numbers beside a rate that it is made of too.
  private func parts(of figure: CellTable.Figure, table: Int) -> [[Int32]] {
    let places: [Int] =
      switch figure.kind {
      case .fitted(let of): of
      case .ratio(let of, _, _): [of]
      case .count, .part, .group, .sum, .mean, .quantile, .quotient, .open: []
      }
    return places.compactMap { place in
      variablesOfPlace[table][.value(figure: place)] ?? variablesOfPlace[table][.persons]
    }
  }
}

extension CellTable {
  /// The names of the tables of strata that rates of these follow from.
  static func strata(of tables: [CellTable]) -> Set<String> {
    Set(tables.flatMap(\.figures).compactMap(\.standardisation?.pieces))
  }
}

extension CellTable.Figure {
  /// What is told of a cell that follows from counts of strata, in millionths.
  var expectedOrRate: [Int64] {
    if case .ratio(_, let expected, _) = kind { return expected.map { millionths($0) } }
    return values
  }
}

/// The counts of each stratum in the cells of a table, as variables.
private struct StrataOfCells {
  private let standardisation: StrataFigure
  private let observed: [Int32]
  private let population: [Int32]
  /// Dimensions of the table that the strata do not have: by the labels of a cell there, its cells in
  /// the table of strata.
  private let cellsOfKey: [[String]: [Int]]
  /// Places of those dimensions in the table.
  private let ownPlaces: [Int]
  /// Of each of the strata its place in the table; nil where that is not cut by it.
  private let strataPlaces: [Int?]
  /// By cell of the table of strata.
  private let labels: [[String]]
  /// By labels of the strata: the cell of the whole region.
  private let region: [[String]: Int]
  /// By labels of the strata.
  private let numberOfStratum: [[String]: Int]
  /// By the persons of a stratum and those who are counted: the others.
  private let restOfPair: [[Int32]: Int32]
  /// Whether persons are counted, each once.
  private let isOfPersons: Bool

  /// - Returns: nil where the table of strata lacks what is counted.
  init?(
    _ table: CellTable,
    _ pieces: CellTable,
    _ standardisation: StrataFigure,
    _ variables: [Quantity.Place: [Int32]],
    _ restOfPair: [[Int32]: Int32]
  ) {
    func numbers(of name: String?) -> [Int32]? {
      guard let name else { return variables[.persons] }
      guard let place = pieces.figures.firstIndex(where: { $0.name == name }) else {
        return table.figures.contains { $0.name == name && $0.kind == .count }
          ? variables[.persons] : nil
      }
      return variables[.value(figure: place)]
    }
    guard let observed = numbers(of: standardisation.observed),
      let population = numbers(of: standardisation.population)
    else { return nil }
    self.standardisation = standardisation
    self.restOfPair = restOfPair
    isOfPersons =
      pieces.figures.first { $0.name == standardisation.observed }?.kind != .sum
    self.observed = observed
    self.population = population
    let names = pieces.dimensions.map(\.name)
    ownPlaces = table.dimensions.indices.filter { place in
      let name = table.dimensions[place].name
      return names.contains(name) && !standardisation.strata.contains(name)
    }
    strataPlaces = standardisation.strata.map { name in
      table.dimensions.firstIndex { $0.name == name }
    }
    let own = ownPlaces.compactMap { names.firstIndex(of: table.dimensions[$0].name) }
    let strata = standardisation.strata.compactMap { names.firstIndex(of: $0) }
    guard strata.count == standardisation.strata.count else { return nil }
    var cellsOfKey: [[String]: [Int]] = [:]
    var labels: [[String]] = []
    var region: [[String]: Int] = [:]
    var numberOfStratum: [[String]: Int] = [:]
    for cell in 0..<pieces.cellCount {
      let all = pieces.labels(of: cell)
      labels.append(strata.map { all[$0] })
      if numberOfStratum[labels[cell]] == nil { numberOfStratum[labels[cell]] = cell }
      cellsOfKey[own.map { all[$0] }, default: []].append(cell)
      if own.allSatisfy({ pieces.dimensions[$0].codes[cell] == CellTable.total }) {
        region[labels[cell]] = cell
      }
    }
    self.cellsOfKey = cellsOfKey
    self.labels = labels
    self.region = region
    self.numberOfStratum = numberOfStratum
  }

  func rate(
    of cell: Int,
    parts: [Int32],
    _ table: CellTable
  ) -> StratifiedRate {
    var members: [Int32] = []
    var placeOfMember: [Int32: Int] = [:]
    var ofRegion: [(observed: Int32, population: Int32)] = []
    func place(_ variable: Int32) -> Int {
      if let place = placeOfMember[variable] { return place }
      placeOfMember[variable] = members.count
      members.append(variable)
      return members.count - 1
    }
    let here = table.labels(of: cell)
    let cells = (cellsOfKey[ownPlaces.map { here[$0] }] ?? []).filter { stratum in
      zip(strataPlaces, labels[stratum]).allSatisfy { place, label in
        guard let place, table.dimensions[place].codes[cell] != CellTable.total else { return true }
        return here[place] == label
      }
    }
    let places = cells.map { stratum in
      StratifiedRate.Place(
        stratum: numberOfStratum[labels[stratum]] ?? 0,
        observed: observed[stratum],
        population: population[stratum],
        rest: restOfPair[[population[stratum], observed[stratum]]],
        isOfPersons: isOfPersons
      )
    }
    let cellOfLabels = Dictionary(cells.map { (labels[$0], $0) }) { first, _ in first }
    var strata: [StratifiedRate.Counts] = []
    let method: StratifiedRate.Method
    switch standardisation.method {
    case .direct(let per, let standard):
      method = .direct(per: per, isOfEvents: !isOfPersons)
      for stratum in standard {
        var counts = StratifiedRate.Counts(
          weight: stratum.weight,
          group: stratum.group,
          band: stratum.band
        )
        if let own = cellOfLabels[stratum.labels] {
          counts.observed = place(observed[own])
          counts.population = place(population[own])
        }
        if stratum.weight == nil, let all = region[stratum.labels] {
          counts.regionPopulation = place(population[all])
          ofRegion.append((observed[all], population[all]))
        }
        strata.append(counts)
      }
    case .indirect:
      method = .indirect
      for own in cells {
        var counts = StratifiedRate.Counts()
        counts.population = place(population[own])
        if let all = region[labels[own]] {
          counts.regionObserved = place(observed[all])
          counts.regionPopulation = place(population[all])
          ofRegion.append((observed[all], population[all]))
        }
        strata.append(counts)
      }
    }
    return StratifiedRate(
      members,
      strata,
      method,
      places: places,
      parts: parts,
      ofRegion: ofRegion
    )
  }
}
