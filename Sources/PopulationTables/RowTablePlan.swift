import PipelineFile
import Tabular

/// A table of rows before the pass: its dimensions, its cells' numbers, whose persons repeat.
///
/// A cell's number is that of its person cell times the number of row codes, plus its row code; a
/// row code is the mixed-radix number of the labels of the row dimensions.
struct RowTablePlan: Sendable {
  /// Where a dimension of `by` comes from.
  enum Origin: Sendable {
    case person(Int)
    case row(Int)
  }

  /// How often a person occurs among the identities of the table's sources.
  enum Repetition {
    /// Once: each of its cells is one person more.
    case never
    /// Once in this source, but in others too.
    case elsewhere
    case here
  }

  /// A person, and the cell of row code 0 of theirs.
  struct PersonPlace {
    let number: Int
    let base: Int
    let repetition: Repetition
  }

  let definition: TableDefinition
  let origins: [Origin]
  let personCells: PersonCells
  let rowDimensions: [RowDimension]
  /// How many row codes there are.
  let rowCodeCount: Int
  let cellCount: Int
  let personCount: Int
  /// Columns to add up, each once.
  let sums: [String]
  /// Row dimensions that stay, for each set of totals over rows but the empty one.
  let coarser: [[Bool]]
  /// For each source of the table: the units of `sums` there.
  let units: [IntegerUnit]
  /// One a person; empty where nobody asks.
  let keys: [SetKey]
  /// How many power sums a cell gets; 0 where nobody asks.
  let powerTerms: Int
  /// For each source: whether a row code is its alone; empty when there are too many codes.
  private(set) var ownCodes: [[Bool]] = []
  private let identityCounts: [[UInt8]]
  private let totalIdentityCounts: [UInt8]

  init(
    _ definition: TableDefinition,
    columns: PersonColumns,
    personDimensionNames: Set<String>,
    sources: [LinkedSource],
    integers: [String: [Int: Set<Int64>]]
  ) throws(PopulationTablesError) {
    self.definition = definition
    personCount = columns.count
    keys = columns.keys
    powerTerms = columns.powerTerms
    var origins: [Origin] = []
    var personDimensions: [LabelledCodes] = []
    var rowDimensions: [RowDimension] = []
    for name in definition.by {
      if personDimensionNames.contains(name) {
        origins.append(.person(personDimensions.count))
        personDimensions.append(
          LabelledCodes(try columns.vector(named: name).spread(over: columns.count))
        )
      } else {
        origins.append(.row(rowDimensions.count))
        rowDimensions.append(
          try RowDimension(name: name, sources: sources, integers: integers[name] ?? [:])
        )
      }
    }
    self.origins = origins
    self.rowDimensions = rowDimensions
    personCells = PersonCells(personDimensions, personCount: columns.count)

    var size = 1
    var overflowed = false
    for factor in rowDimensions.map(\.labels.count) {
      let product = size.multipliedReportingOverflow(by: factor)
      overflowed = overflowed || product.overflow
      size = product.partialValue
    }
    let cells = size.multipliedReportingOverflow(by: max(1, personCells.cellCount))
    // Pairs of a cell and a person are numbers too.
    let pairs = cells.partialValue.multipliedReportingOverflow(by: max(1, columns.count))
    if overflowed || cells.overflow || pairs.overflow {
      throw .tooManyCells(table: definition.name)
    }
    rowCodeCount = size
    cellCount = cells.partialValue

    var sets: [[Bool]] = [[]]
    for dimension in rowDimensions {
      let hasTotal = definition.totals.contains(dimension.name)
      sets = sets.flatMap { hasTotal ? [$0 + [true], $0 + [false]] : [$0 + [true]] }
    }
    coarser = Array(sets.dropFirst())

    var sums: [String] = []
    for measure in definition.measures {
      if case .sumColumn(let name) = measure.kind, !sums.contains(name) { sums.append(name) }
    }
    self.sums = sums
    var units: [IntegerUnit] = []
    for name in sums { units.append(try Self.unit(of: name, in: sources)) }
    self.units = units

    identityCounts = sources.map { $0.identityCounts(personCount: columns.count) }
    var total = [UInt8](repeating: 0, count: columns.count)
    for counts in identityCounts {
      for person in counts.indices {
        let (sum, overflow) = total[person].addingReportingOverflow(counts[person])
        total[person] = overflow ? .max : sum
      }
    }
    totalIdentityCounts = total
    if rowCodeCount <= RowTabulation.directCodeLimit {
      ownCodes = sources.indices.map { source in
        (0..<rowCodeCount).map { belongs($0, to: source, keeping: nil) }
      }
    }
  }

  /// Where the rows of each identity go.
  ///
  /// - Parameters:
  ///   - persons: one an identity, or -1.
  ///   - source: its number within the table.
  /// - Returns: one place an identity.
  func places(of persons: ArraySlice<Int32>, source: Int) -> [PersonPlace] {
    let counts = identityCounts[source]
    return persons.map { number in
      let person = Int(number)
      if person < 0 { return PersonPlace(number: -1, base: 0, repetition: .never) }
      return PersonPlace(
        number: person,
        base: Int(personCells.cellOfPerson[person]) &* rowCodeCount,
        repetition: totalIdentityCounts[person] == 1
          ? .never : counts[person] == 1 ? .elsewhere : .here
      )
    }
  }

  /// The labels' numbers that a row code stands for, one a row dimension.
  func labelNumber(of rowCode: Int, dimension: Int) -> Int {
    var rest = rowCode
    for later in rowDimensions.indices.reversed() where later > dimension {
      rest /= rowDimensions[later].labels.count
    }
    return rest % rowDimensions[dimension].labels.count
  }

  /// A row code without the dimensions that are totalled: their digit becomes 0.
  func reduced(_ rowCode: Int, keeping kept: [Bool]) -> Int {
    var rest = rowCode
    var weight = 1
    var result = 0
    for dimension in rowDimensions.indices.reversed() {
      let size = rowDimensions[dimension].labels.count
      if kept[dimension] { result += rest % size * weight }
      rest /= size
      weight *= size
    }
    return result
  }

  /// Only this source can have rows of this code, looking at the dimensions that stay.
  func belongs(_ rowCode: Int, to source: Int, keeping kept: [Bool]?) -> Bool {
    for dimension in rowDimensions.indices where kept?[dimension] ?? true {
      let label = labelNumber(of: rowCode, dimension: dimension)
      if rowDimensions[dimension].owners[label] == Int32(source) { return true }
    }
    return false
  }

  private static func unit(
    of name: String,
    in sources: [LinkedSource]
  ) throws(PopulationTablesError) -> IntegerUnit {
    var found: IntegerUnit?
    for source in sources {
      switch source.column(named: name) {
      case .integers(_, let unit)?:
        if let found, found != unit { throw .typeMismatch(column: name) }
        found = unit
      case .codes?, .tokens?: throw .typeMismatch(column: name)
      case nil: break
      }
    }
    if found == nil, sources.contains(where: \.hasRows) { throw .noColumn(name: name) }
    return found ?? .number
  }
}
