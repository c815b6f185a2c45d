import Tabular

/// Whom conditions leave out: they are numbers too, whether or not somebody prints them.
extension ReleaseSystem {
  /// Whom a condition leaves out.
  mutating func addComplements(_ tables: [CellTable]) throws(DisclosureControlError) {
    var seen: Set<[Int32]> = []
    for (table, places) in zip(tables, variablesOfPlace) {
      guard let persons = places[.persons] else { continue }
      for (place, quantity) in Quantity.quantities(of: table) where quantity.kind == .part {
        guard let parts = places[place] else { continue }
        for cell in parts.indices {
          let (part, all) = (parts[cell], persons[cell])
          let rest = variables.values[Int(all)] - variables.values[Int(part)]
          // Nobody is left out, or nobody is counted: there is no other number, if everyone may know.
          let isTold =
            rest == 0 && !variables.isApart[Int(part)] && !variables.isUncertain[Int(part)]
          if part == all || isTold || variables.isToldZero(Int(part)) { continue }
          guard seen.insert([all, part]).inserted else { continue }
          let set = variables.sets[Int(all)] &- variables.sets[Int(part)]
          let isKnown =
            variables.sets[Int(all)] != .empty
            && (variables.sets[Int(part)] != .empty || variables.values[Int(part)] == 0)
          let entry = ReleaseVariables.Entry(
            name: quantity.name,
            value: rest,
            contributors: rest,
            largest: [],
            isSum: false,
            hasCredits: false,
            isPrinted: false,
            isPiece: variables.isOfStratum[Int(part)],
            isOfStratum: variables.isOfStratum[Int(part)],
            isUncertain: rest == 0,
            cost: 1,
            set: isKnown ? set : .empty,
            powerSums: PowerSums.difference(
              variables.powerSums[Int(all)],
              variables.powerSums[Int(part)]
            )
          )
          guard let variable = variables.add(entry, sumOf: "") else {
            throw .contradiction(table: table.name)
          }
          try add(all, [part, variable])
          complements.append((all, part, variable))
        }
      }
    }
  }

  /// The number of whom a condition leaves out in a cell, as anyone would call it.
  struct NamedComplement {
    /// The numbers of the measures of all, and of those for whom it holds.
    let all: Int
    let part: Int
    /// Of the cell, with all that they nest in.
    let dimensions: [Int32]
    let labels: [Int32]
    let rest: Int32
  }

  /// Where nobody is counted, and everyone may know, all are left out.
  ///
  /// - Parameter tables: as they were added.
  /// - Returns: one a cell in which somebody is left out, or may be.
  func namedComplements(of tables: [CellTable]) -> [NamedComplement] {
    var restOfPair: [[Int32]: Int32] = [:]
    for (all, part, rest) in complements { restOfPair[[all, part]] = rest }
    var found: [NamedComplement] = []
    for (table, places) in zip(tables, variablesOfPlace) {
      let shape = TableCoordinates(table, dimensions)
      let quantities = Quantity.quantities(of: table)
      guard let persons = places[.persons],
        let counted = quantities.first(where: { $0.0 == .persons })?.1
      else { continue }
      for (place, quantity) in quantities where quantity.kind == .part {
        guard let parts = places[place] else { continue }
        for (cell, (part, all)) in zip(parts, persons).enumerated() where part != all {
          let isOfAll = variables.isToldZero(Int(part)) && !variables.isToldZero(Int(all))
          guard let rest = restOfPair[[all, part]] ?? (isOfAll ? all : nil),
            let ofAll = measureOfIdentity[Identity(of: counted, cell, shape)],
            let ofPart = measureOfIdentity[Identity(of: quantity, cell, shape)]
          else { continue }
          let (dimensions, labels) = shape.coordinates(of: cell, withRows: false)
          found.append(
            NamedComplement(
              all: Int(ofAll),
              part: Int(ofPart),
              dimensions: dimensions,
              labels: labels,
              rest: rest
            )
          )
        }
      }
    }
    return found
  }
}
