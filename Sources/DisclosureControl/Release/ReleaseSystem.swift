import PipelineFile
import Tabular

/// All tables of a release as one system of cells.
///
/// A number is one variable in every table that shows it. Tables that are cut by the same dimensions
/// hang together by their margins, printed or not; whoever are not counted by a condition are a
/// number too.
struct ReleaseSystem: Sendable {
  var variables: ReleaseVariables
  var equations: [CellSystem.Equation] = []
  /// By table, by place: one variable a cell.
  private(set) var variablesOfPlace: [[Quantity.Place: [Int32]]] = []
  /// Earlier releases of which all numbers are in it.
  var wholeReleases = 0
  let dimensions: ReleaseDimensions
  /// Standardised rates of the tables' cells.
  var rates: [StratifiedRate] = []
  /// By table, by figure: the number of each cell's rate; nil where there is none.
  var rateOfCell: [[Int: [Int?]]] = []
  /// Rates that are made of other counts than those that are known.
  var unknownRates: Set<Int> = []
  /// What earlier releases showed of the same rates.
  var earlierRates = EarlierRates()
  /// Rates that would tell how few persons changed since they were told.
  var heldRates: Set<Int> = []
  private let kept: Set<Int32>
  private let open: Set<String>
  private let cellPolicy: CellPolicy
  private(set) var measureOfIdentity: [Identity: Int32] = [:]
  /// One a measure: what it measures, of whom, and when.
  private(set) var measures: [Measure] = []
  /// By measure.
  private(set) var groupings: [[Grouping]] = []
  /// Numbers of whom a condition leaves out: all, those for whom it holds, and the others.
  var complements: [(all: Int32, part: Int32, rest: Int32)] = []

  /// What cells measure that stand together.
  struct Measure: Sendable {
    let identity: Identity
    /// All days that tables of it look at.
    fileprivate(set) var days: ClosedRange<Int32>

    /// Whether it is cut by dimensions of all tables.
    var isCommon: Bool { identity.rows.isEmpty && identity.table.isEmpty }
  }

  /// A measure, and for persons of rows the rows that they have.
  struct Identity: Hashable, Sendable {
    let text: String
    let rows: [Int32]
    /// The table, where its dimensions are its own.
    let table: String

    init(of quantity: Quantity, _ cell: Int, _ shape: TableCoordinates) {
      text = quantity.identity
      rows = quantity.kind == .sum ? [] : shape.rowCoordinates(of: cell)
      table = shape.owner
    }
  }

  /// - Parameters:
  ///   - tables: of the release; names are distinct.
  ///   - pieces: tables that are not printed: of what joins those that are (`cyclicCores`), and of the
  ///     strata of standardised rates.
  ///   - policy: says what is never hidden.
  /// - Throws: `contradiction` where two tables give one number two values, or parts do not add up.
  init(
    _ tables: [CellTable],
    pieces: [CellTable] = [],
    _ policy: Protection
  ) throws(DisclosureControlError) {
    let dimensions = ReleaseDimensions(tables + pieces)
    self.dimensions = dimensions
    variables = ReleaseVariables(hidesZeros: policy.hidesZeros)
    cellPolicy = CellPolicy(policy)
    kept = Set(policy.keep.compactMap { dimensions.number(named: $0) })
    open = Set(policy.open.map(\.name))
    let ofStrata = CellTable.strata(of: tables)
    for table in tables { try add(table, as: .printed) }
    for table in pieces { try add(table, as: ofStrata.contains(table.name) ? .strata : .piece) }
    for measure in groupings.indices {
      addMargins(of: measure)
      try addEquations(of: measure)
    }
    try addComplements(tables + pieces)
    for (_, places) in groupingsOfMeasures.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) })
    {
      try addSumsOfMeasures(places)
    }
    addEqualNumbers()
    addRates(tables, pieces)
  }

  var system: CellSystem { CellSystem(cellCount: variables.count, equations: equations) }

  // MARK: Cells

  /// What a table is for.
  private enum Role {
    case printed
    /// Joins tables that are printed.
    case piece
    /// Of the counts that rates follow from.
    case strata
  }

  private mutating func add(
    _ table: CellTable,
    as role: Role
  ) throws(DisclosureControlError) {
    let shape = TableCoordinates(table, dimensions)
    var variablesOf: [Quantity.Place: [Int32]] = [:]
    for (place, quantity) in Quantity.quantities(of: table) {
      var found = [Int32](repeating: -1, count: table.cellCount)
      for cell in 0..<table.cellCount {
        found[cell] = try add(quantity, cell, of: table, shape, as: role)
      }
      variablesOf[place] = found
    }
    variablesOfPlace.append(variablesOf)
  }

  private mutating func add(
    _ quantity: Quantity,
    _ cell: Int,
    of table: CellTable,
    _ shape: TableCoordinates,
    as role: Role
  ) throws(DisclosureControlError) -> Int32 {
    let isPiece = role != .printed
    // Persons have rows of several kinds, so they add up over their own dimensions alone.
    let isOfRowsToo = quantity.kind == .sum
    let measure = number(of: Identity(of: quantity, cell, shape), table.days)
    let (place, labels) = shape.coordinates(of: cell, withRows: isOfRowsToo)
    let all = table.persons[cell]
    let entry = ReleaseVariables.Entry(
      name: quantity.name,
      value: quantity.values[cell],
      contributors: quantity.contributors.indices.contains(cell) ? quantity.contributors[cell] : 0,
      largest: quantity.largest.map { $0[cell] },
      isSum: quantity.kind == .sum,
      hasCredits: quantity.hasCredits,
      isPrinted: quantity.isPrinted && !isPiece,
      isPiece: isPiece,
      isOfStratum: role == .strata,
      isKept: !isPiece && shape.isKept(cell, kept),
      isOpen: open.contains(quantity.name),
      groupLimit: isPiece ? nil : cellPolicy.limit(of: quantity, cell, among: all),
      isApart: cellPolicy.isApart(quantity, cell, among: all),
      isUncertain: cellPolicy.isUncertain(quantity, cell, isPiece: isPiece),
      cost: shape.cost(of: cell, value: quantity.values[cell]),
      set: quantity.sets.indices.contains(cell) ? quantity.sets[cell] : .empty,
      powerSums: quantity.powerSums(of: cell),
      providers: quantity.parts(of: cell)
    )
    let grouping = groupings[Int(measure)].number(of: place, dimensions)
    if let known = groupings[Int(measure)][grouping].variable(at: labels) {
      guard variables.merge(entry, into: known) else {
        throw .contradiction(table: table.name)
      }
      return known
    }
    guard let variable = variables.add(entry, sumOf: quantity.identity) else {
      throw .contradiction(table: table.name)
    }
    groupings[Int(measure)][grouping].add(labels, variable: variable)
    return variable
  }

  private mutating func number(of identity: Identity, _ days: ClosedRange<Int32>) -> Int32 {
    if let number = measureOfIdentity[identity] {
      let known = measures[Int(number)].days
      measures[Int(number)].days =
        min(known.lowerBound, days.lowerBound)...max(known.upperBound, days.upperBound)
      return number
    }
    let number = Int32(groupings.count)
    measureOfIdentity[identity] = number
    measures.append(Measure(identity: identity, days: days))
    groupings.append([])
    return number
  }

  // MARK: Equations

  /// What two groupings have in common follows from either, printed or not.
  private mutating func addMargins(of measure: Int) {
    var next = 0
    while next < groupings[measure].count {
      for other in 0..<next {
        let common = groupings[measure][next].dimensions.filter {
          groupings[measure][other].dimensions.contains($0)
        }
        if groupings[measure].contains(where: { $0.dimensions == common }) { continue }
        addMargin(common, of: next, and: other, measure)
      }
      next += 1
    }
  }

  private mutating func addMargin(
    _ common: [Int32],
    of finer: Int,
    and other: Int,
    _ measure: Int
  ) {
    // It follows from either of them: if one is shown, it is no number of strata.
    let isOfStratum = [finer, other].allSatisfy { grouping in
      groupings[measure][grouping].variables.allSatisfy { variables.isOfStratum[Int($0)] }
    }
    let finer = groupings[measure][finer]
    guard let places = finer.places(of: common) else { return }
    var partsOfLabels: [[Int32]: [Int32]] = [:]
    var order: [[Int32]] = []
    for cell in 0..<finer.cellCount {
      let labels = places.map { finer.coordinates(of: cell)[finer.dimensions.count * cell + $0] }
      if partsOfLabels[labels] == nil { order.append(labels) }
      partsOfLabels[labels, default: []].append(finer.variables[cell])
    }
    var margin = Grouping(dimensions: common, dimensions)
    for labels in order {
      let parts = partsOfLabels[labels] ?? []
      let entry = variables.sum(of: parts, isOfStratum: isOfStratum)
      if let variable = variables.add(entry, sumOf: measures[measure].identity.text) {
        margin.add(labels, variable: variable)
      }
    }
    groupings[measure].append(margin)
  }

  /// Every cell is the sum of those of the next finer groupings that lie in it.
  private mutating func addEquations(of measure: Int) throws(DisclosureControlError) {
    let all = groupings[measure]
    for coarser in all {
      let finer = all.filter { candidate in
        candidate.dimensions.count > coarser.dimensions.count
          && candidate.places(of: coarser.dimensions) != nil
      }
      // The next finer ones: with no grouping in between.
      for next in finer
      where !finer.contains(where: { between in
        between.dimensions.count < next.dimensions.count
          && next.places(of: between.dimensions) != nil
      }) {
        try addEquations(coarser, of: next)
      }
    }
  }

  private mutating func addEquations(
    _ coarser: Grouping,
    of finer: Grouping
  ) throws(DisclosureControlError) {
    guard let places = finer.places(of: coarser.dimensions) else { return }
    var parts: [Int32: [Int32]] = [:]
    for cell in 0..<finer.cellCount {
      let labels = places.map { finer.coordinates(of: cell)[finer.dimensions.count * cell + $0] }
      guard let total = coarser.variable(at: labels) else { continue }
      parts[total, default: []].append(finer.variables[cell])
    }
    for total in parts.keys.sorted() {
      try add(total, parts[total] ?? [])
    }
  }

  /// Adds an equation; who are told to be none are in no equation, and one that is itself needs none.
  mutating func add(
    _ total: Int32,
    _ parts: [Int32]
  ) throws(DisclosureControlError) {
    let parts = parts.filter { !variables.isToldZero(Int($0)) }
    if parts == [total] { return }
    guard !parts.contains(total) else { throw .contradiction(table: "") }
    var sum: Int64 = 0
    for part in parts {
      let (added, overflow) = sum.addingReportingOverflow(variables.values[Int(part)])
      guard !overflow else { throw .contradiction(table: "") }
      sum = added
    }
    guard sum == variables.values[Int(total)] else { throw .contradiction(table: "") }
    equations.append(CellSystem.Equation(total: total, parts: parts.sorted()))
  }

  // MARK: Measures of measures

  /// Places where measures are cut alike: measure and grouping of each.
  private var groupingsOfMeasures: [[Int32]: [(measure: Int, grouping: Int)]] {
    var found: [[Int32]: [(measure: Int, grouping: Int)]] = [:]
    for measure in groupings.indices where measures[measure].isCommon {
      for (number, grouping) in groupings[measure].enumerated() where grouping.cellCount > 0 {
        found[grouping.dimensions, default: []].append((measure, number))
      }
    }
    return found
  }

  /// A measure that is the sum of two others in every cell, as costs of all and of each source, is so
  /// by what they are: anyone may add them up.
  private mutating func addSumsOfMeasures(
    _ places: [(measure: Int, grouping: Int)]
  ) throws(DisclosureControlError) {
    for total in places {
      for (number, first) in places.enumerated() where first != total {
        for second in places[(number + 1)...] where second != total {
          let all = groupings[total.measure][total.grouping]
          let parts = [first, second].map { groupings[$0.measure][$0.grouping] }
          guard let equations = sums(all, parts) else { continue }
          for (total, parts) in equations { try add(total, parts) }
        }
      }
    }
  }

  /// The equations of a grouping that is the sum of two; nil unless it is in every cell.
  private func sums(_ all: Grouping, _ parts: [Grouping]) -> [(Int32, [Int32])]? {
    guard parts.allSatisfy({ $0.cellCount == all.cellCount }) else { return nil }
    var found: [(Int32, [Int32])] = []
    for cell in 0..<all.cellCount {
      let labels = Array(all.coordinates(of: cell))
      let members = parts.compactMap { $0.variable(at: labels) }
      let total = all.variables[cell]
      guard members.count == parts.count,
        members.allSatisfy({ variables.isSum[Int($0)] == variables.isSum[Int(total)] }),
        members.reduce(0, { $0 &+ variables.values[Int($1)] }) == variables.values[Int(total)]
      else { return nil }
      found.append((total, members))
    }
    return found
  }
}
