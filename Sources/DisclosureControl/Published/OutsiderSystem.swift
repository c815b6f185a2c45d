import Tabular

/// Published tables as one system, made of their labels alone.
///
/// What `ReleaseSystem` knows by who is behind a number, an outsider knows by what it is called: a
/// measure of the same labels is one number in every table, cells add up to their totals, areas to
/// the areas that they lie in, and whoever are not counted are a number too. He believes no equation
/// that the numbers he reads refute.
struct OutsiderSystem: Sendable {
  var numbers = OutsiderNumbers()
  private(set) var equations: [CellSystem.Equation] = []
  /// Of numbers of which neither is known.
  var ratios: [NumberRatio] = []
  /// By table, by place: one number a cell.
  private(set) var numbersOfPlace: [[Quantity.Place: [Int32]]] = []
  let dimensions: ReleaseDimensions
  private(set) var measureOfIdentity: [Identity: Int32] = [:]
  /// By measure.
  private(set) var groupings: [[Grouping]] = []
  /// One a measure: whether it is cut by what other measures are cut by too.
  private var isShared: [Bool] = []
  /// By release: measures that are others than those of the same name in releases before it.
  private var otherMeasures: [Int: Set<String>] = [:]
  /// Pairs of the persons of a cell and some of them.
  private var parts: Set<[Int32]> = []

  /// A measure, and for persons of rows the rows that they have.
  struct Identity: Hashable, Sendable {
    let text: String
    let rows: [Int32]
    /// The table, where its dimensions are its own.
    let table: String
  }

  /// - Parameter tables: with distinct names.
  /// - Throws: `contradiction` where two tables that say what they count read one number differently.
  init(_ tables: [OutsiderTable]) throws(DisclosureControlError) {
    dimensions = ReleaseDimensions(tables.map(\.shape))
    for number in tables.indices {
      let release = tables[number].release
      if release > 0, otherMeasures[release] == nil {
        otherMeasures[release] = measuresApart(tables.filter { $0.release == release })
      }
      try add(tables[number], number)
    }
    for (table, places) in zip(tables, numbersOfPlace) { add(table.ratios, places) }
    for measure in groupings.indices {
      addPieces(of: measure)
      addMargins(of: measure)
      addEquations(of: measure)
    }
    addComplements()
    addSumsOfMeasures()
  }

  var system: CellSystem { CellSystem(cellCount: numbers.count, equations: equations) }

  // MARK: Cells

  private mutating func add(
    _ table: OutsiderTable,
    _ number: Int
  ) throws(DisclosureControlError) {
    let shape = TableCoordinates(table.shape, dimensions)
    var persons: [Int32] = []
    var numbersOfPlace: [Quantity.Place: [Int32]] = [:]
    for (place, quantity) in Quantity.quantities(of: table.shape) {
      let readings = table.readings[place]
      // Numbers that a table does not have are asked for only where some of them stand beside.
      if readings == nil && (place != .persons || table.isGuessed) { continue }
      var owner = shape.owner
      if table.isGuessed, !isOneMeasure(quantity, readings ?? [], shape) {
        owner = "column of \(table.shape.name)"
      } else if otherMeasures[table.release]?.contains(quantity.identity) == true {
        owner += " of release \(table.release)"
      }
      for cell in 0..<table.shape.cellCount {
        let reading = readings?[cell] ?? .hidden
        let variable = try add(
          reading,
          quantity,
          shape,
          owner: owner,
          isPrinted: readings != nil,
          isOpen: table.open.contains(quantity.name),
          place: (Int32(number), Int32(cell)),
          in: table.shape.name
        )
        if place == .persons { persons.append(variable) }
        numbersOfPlace[place, default: []].append(variable)
        if quantity.kind == .part, persons.indices.contains(cell), persons[cell] != variable {
          parts.insert([persons[cell], variable])
        }
      }
    }
    self.numbersOfPlace.append(numbersOfPlace)
  }

  private mutating func add(
    _ reading: OutsiderTable.Reading,
    _ quantity: Quantity,
    _ shape: TableCoordinates,
    owner: String,
    isPrinted: Bool,
    isOpen: Bool,
    place: (table: Int32, cell: Int32),
    in table: String
  ) throws(DisclosureControlError) -> Int32 {
    // Persons have rows of several kinds, so they add up over their own dimensions alone.
    let isOfRowsToo = quantity.kind == .sum
    let cell = Int(place.cell)
    let identity = Identity(
      text: quantity.identity,
      rows: isOfRowsToo ? [] : shape.rowCoordinates(of: cell),
      table: owner
    )
    let measure = Int(number(of: identity))
    let (cut, labels) = shape.coordinates(of: cell, withRows: isOfRowsToo)
    let grouping = groupings[measure].number(of: cut, dimensions)
    if let known = groupings[measure][grouping].variable(at: labels) {
      guard
        numbers.read(
          reading,
          of: known,
          name: quantity.name,
          isPrinted: isPrinted,
          isOpen: isOpen,
          place: place
        )
      else { throw .contradiction(table: table) }
      return known
    }
    let variable = numbers.add(
      reading,
      of: quantity,
      isPrinted: isPrinted,
      isOpen: isOpen,
      place: place
    )
    groupings[measure][grouping].add(labels, variable: variable)
    return variable
  }

  private mutating func number(of identity: Identity) -> Int32 {
    if let number = measureOfIdentity[identity] { return number }
    let number = Int32(groupings.count)
    measureOfIdentity[identity] = number
    groupings.append([])
    isShared.append(identity.rows.isEmpty && identity.table.isEmpty)
    return number
  }

  // MARK: Equations

  /// Where cuts form a cycle, what follows from them all follows from the cells that lie in each: all
  /// combinations of labels that no table shows to be empty.
  private mutating func addPieces(of measure: Int) {
    let cuts = groupings[measure].map { $0.dimensions.map(String.init) }
    for core in cyclicCores(of: cuts) {
      let wanted = core.compactMap { Int32($0) }.sorted()
      let within = groupings[measure].filter { $0.places(in: wanted) }
      guard !groupings[measure].contains(where: { $0.places(of: wanted) != nil }),
        let pieces = joined(within.sorted { $0.dimensions.count > $1.dimensions.count }, wanted),
        let first = within.first?.variables.first
      else { continue }
      var grouping = Grouping(dimensions: wanted, dimensions)
      for labels in pieces {
        grouping.add(labels, variable: numbers.add(like: first, isPiece: true))
      }
      groupings[measure].append(grouping)
    }
  }

  /// Labels of all those dimensions that have a cell in every cut.
  ///
  /// - Returns: nil where they are too many, or a dimension lacks.
  private func joined(_ cuts: [Grouping], _ wanted: [Int32]) -> [[Int32]]? {
    let limit = 200_000
    var found: [[Int32]] = [[]]
    var have: [Int32] = []
    for cut in cuts {
      let common = cut.dimensions.filter(have.contains)
      let new = cut.dimensions.filter { !have.contains($0) }
      guard let places = cut.places(of: common), let added = cut.places(of: new) else {
        return nil
      }
      var cells: [[Int32]: [[Int32]]] = [:]
      for cell in 0..<cut.cellCount where !isEmpty(cut.variables[cell]) {
        let labels = Array(cut.coordinates(of: cell))
        cells[places.map { labels[$0] }, default: []].append(added.map { labels[$0] })
      }
      var next: [[Int32]] = []
      for labels in found {
        let key = common.map { dimension in
          have.firstIndex(of: dimension).map { labels[$0] } ?? 0
        }
        for more in cells[key] ?? [] { next.append(labels + more) }
        if next.count > limit { return nil }
      }
      found = next
      have += new
    }
    guard have.count == wanted.count else { return nil }
    return found.map { labels in
      wanted.map { dimension in have.firstIndex(of: dimension).map { labels[$0] } ?? 0 }
    }
  }

  private func isEmpty(_ variable: Int32) -> Bool {
    numbers.value(of: variable) == 0 && !numbers.mayBeNegative[Int(variable)]
  }

  /// What two groupings have in common follows from either, printed or not.
  private mutating func addMargins(of measure: Int) {
    var next = 0
    while next < groupings[measure].count {
      for other in 0..<next {
        let common = groupings[measure][next].dimensions.filter {
          groupings[measure][other].dimensions.contains($0)
        }
        if groupings[measure].contains(where: { $0.dimensions == common }) { continue }
        addMargin(common, of: groupings[measure][next], measure)
      }
      next += 1
    }
  }

  private mutating func addMargin(_ common: [Int32], of finer: Grouping, _ measure: Int) {
    guard let places = finer.places(of: common) else { return }
    var margin = Grouping(dimensions: common, dimensions)
    for cell in 0..<finer.cellCount {
      let labels = finer.labels(at: places, of: cell)
      if margin.variable(at: labels) == nil {
        margin.add(labels, variable: numbers.add(like: finer.variables[cell]))
      }
    }
    groupings[measure].append(margin)
  }

  /// Every cell is the sum of those of the next finer groupings that lie in it.
  private mutating func addEquations(of measure: Int) {
    let all = groupings[measure]
    for coarser in all {
      let finer = all.filter {
        $0.dimensions.count > coarser.dimensions.count && $0.places(of: coarser.dimensions) != nil
      }
      // The next finer ones: with no grouping in between.
      for next in finer
      where !finer.contains(where: { between in
        between.dimensions.count < next.dimensions.count
          && next.places(of: between.dimensions) != nil
      }) {
        addEquations(coarser, of: next)
      }
    }
  }

  private mutating func addEquations(_ coarser: Grouping, of finer: Grouping) {
    guard let places = finer.places(of: coarser.dimensions) else { return }
    var parts: [Int32: [Int32]] = [:]
    for cell in 0..<finer.cellCount {
      guard let total = coarser.variable(at: finer.labels(at: places, of: cell)) else { continue }
      parts[total, default: []].append(finer.variables[cell])
    }
    add(parts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
  }

  /// Adds equations of one kind, unless the numbers that are read refute one of them.
  private mutating func add(_ asked: [(total: Int32, parts: [Int32])]) {
    let real = asked.filter { $0.parts != [$0.total] && !$0.parts.contains($0.total) }
    if real.contains(where: { isRefuted($0.total, $0.parts) }) { return }
    equations += real.map { CellSystem.Equation(total: $0.total, parts: $0.parts.sorted()) }
  }

  private func isRefuted(_ total: Int32, _ parts: [Int32]) -> Bool {
    guard let whole = numbers.value(of: total) else { return false }
    var sum: Int64 = 0
    for part in parts {
      guard let value = numbers.value(of: part) else { return false }
      let (added, overflow) = sum.addingReportingOverflow(value)
      if overflow { return true }
      sum = added
    }
    return sum != whole
  }

  /// Whom a condition leaves out.
  private mutating func addComplements() {
    for pair in parts.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let (all, part) = (pair[0], pair[1])
      let rest = numbers.add(like: part)
      add([(all, [part, rest])])
    }
  }

  // MARK: Measures of measures

  /// A measure that is the sum of two others wherever all three are read, as costs of all and of each
  /// source, is taken to be so everywhere.
  private mutating func addSumsOfMeasures() {
    var places: [[Int32]: [Grouping]] = [:]
    for measure in groupings.indices where isShared[measure] {
      for grouping in groupings[measure] where grouping.cellCount > 0 {
        places[grouping.dimensions, default: []].append(grouping)
      }
    }
    for (_, measures) in places.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      for total in measures.indices {
        for first in measures.indices where first != total {
          for second in measures.indices.dropFirst(first + 1) where second != total {
            if let sums = sums(measures[total], measures[first], measures[second]) { add(sums) }
          }
        }
      }
    }
  }

  /// Nil unless three cells or more show it, and none refutes it.
  private func sums(
    _ all: Grouping,
    _ first: Grouping,
    _ second: Grouping
  ) -> [(total: Int32, parts: [Int32])]? {
    var found: [(total: Int32, parts: [Int32])] = []
    var witnesses = 0
    for cell in 0..<all.cellCount {
      let (labels, total) = (Array(all.coordinates(of: cell)), all.variables[cell])
      guard let left = first.variable(at: labels), let right = second.variable(at: labels),
        left != right, left != total, right != total,
        (numbers.kinds[Int(left)] == .sum) == (numbers.kinds[Int(total)] == .sum),
        (numbers.kinds[Int(right)] == .sum) == (numbers.kinds[Int(total)] == .sum)
      else { return nil }
      if let whole = numbers.value(of: total), let one = numbers.value(of: left),
        let other = numbers.value(of: right)
      {
        let (sum, overflow) = one.addingReportingOverflow(other)
        if overflow || sum != whole { return nil }
        if one != 0 && other != 0 { witnesses += 1 }
      }
      found.append((total, [left, right]))
    }
    return witnesses >= 3 ? found : nil
  }
}

extension Grouping {
  /// Whether it is cut by some of these and no other.
  fileprivate func places(in wider: [Int32]) -> Bool {
    dimensions.allSatisfy(wider.contains) && !dimensions.isEmpty
  }

  fileprivate func labels(at places: [Int], of cell: Int) -> [Int32] {
    let labels = coordinates(of: cell)
    return places.map { labels[labels.startIndex + $0] }
  }
}
