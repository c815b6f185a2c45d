import Tabular

/// Numbers that are the same by what they are, where it must not be seen which cells are empty.
///
/// Else numbers of the same persons are one, and nobody asks why. But that all of an area are old, and
/// none are young, is then told by both being one number. So numbers stay apart, and equal are those
/// that are so in every cell: as a segment and the condition that makes it.
extension ReleaseSystem {
  /// Numbers cut alike, with at most one label of another dimension held.
  private struct Family {
    let signature: Signature
    /// By labels.
    let members: [[Int32]: Int32]
  }

  private struct Signature: Hashable {
    let sumOf: String
    let table: String
    let dimensions: [Int32]
    /// Sorted: labels and persons of each cell that has any.
    let cells: [[UInt128]]
  }

  /// Says of equal numbers that they are.
  mutating func addEqualNumbers() {
    guard variables.hidesZeros else { return }
    var restOfPart: [Int32: Int32] = [:]
    var wholes: Set<[Int32]> = []
    for (all, part, rest) in complements {
      restOfPart[part] = rest
      wholes.formUnion([[all, part], [all, rest]])
    }
    var first: [Signature: Family] = [:]
    var seen = Set(equations)
    for measure in groupings.indices {
      for grouping in groupings[measure] where grouping.cellCount > 0 {
        for family in families(of: grouping, measure, restOfPart) {
          guard let equal = first[family.signature] else {
            first[family.signature] = family
            continue
          }
          for (labels, number) in family.members.sorted(by: { $0.value < $1.value }) {
            // That all of a cell are alike in every cell is nobody's definition.
            guard let other = equal.members[labels], other != number,
              !wholes.contains([other, number]), !wholes.contains([number, other])
            else { continue }
            let equation = CellSystem.Equation(
              total: min(number, other),
              parts: [max(number, other)]
            )
            if seen.insert(equation).inserted { equations.append(equation) }
          }
        }
      }
    }
  }

  /// Those of a grouping, for each label held once, and those whom its parts leave out.
  private func families(
    of grouping: Grouping,
    _ measure: Int,
    _ restOfPart: [Int32: Int32]
  ) -> [Family] {
    var cells: [[Int32]: [(labels: [Int32], number: Int32)]] = [:]
    for cell in 0..<grouping.cellCount {
      let labels = Array(grouping.coordinates(of: cell))
      cells[[], default: []].append((labels, grouping.variables[cell]))
      for place in labels.indices {
        var rest = labels
        let held = rest.remove(at: place)
        cells[[Int32(place), held], default: []].append((rest, grouping.variables[cell]))
      }
    }
    var families: [Family] = []
    for (held, cells) in cells.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      var dimensions = grouping.dimensions
      if let place = held.first { dimensions.remove(at: Int(place)) }
      let rests = cells.compactMap { cell in restOfPart[cell.number].map { (cell.labels, $0) } }
      for members in [cells.map { ($0.labels, $0.number) }, rests] where !members.isEmpty {
        if let family = family(of: members, dimensions, measure) { families.append(family) }
      }
    }
    return families
  }

  /// Nil where it is not known who is behind its numbers, or nobody is.
  private func family(
    of members: [(labels: [Int32], number: Int32)],
    _ dimensions: [Int32],
    _ measure: Int
  ) -> Family? {
    var cells: [[UInt128]] = []
    for (labels, number) in members where variables.values[Int(number)] != 0 {
      let set = variables.sets[Int(number)]
      if set == .empty { return nil }
      cells.append(labels.map { UInt128(UInt32(bitPattern: $0)) } + [set.name])
    }
    guard let number = members.first?.number, !cells.isEmpty else { return nil }
    let identity = measures[measure].identity
    return Family(
      signature: Signature(
        sumOf: variables.isSum[Int(number)] ? identity.text : "",
        table: identity.table,
        dimensions: dimensions,
        cells: cells.sorted { $0.lexicographicallyPrecedes($1) }
      ),
      members: Dictionary(
        members.map { ($0.labels, $0.number) },
        uniquingKeysWith: { one, _ in one }
      )
    )
  }
}
