/// Cells that lie near one, by the equations they share: nearest first.
///
/// Reused from search to search, so that a search costs what it finds and not what there is.
struct CellNeighbourhood: Sendable {
  private let system: CellSystem
  /// One a cell: the search that met it last.
  private var metBy: [Int32]
  private var readBy: [Int32]
  /// One an equation: the search that met a cell of it last.
  private var touchedBy: [Int32]
  /// Cell by cell its equations, small ones first: they hold a change near.
  private var smallFirst: [Int32] = []
  private var search: Int32 = 0

  init(_ system: CellSystem) {
    self.system = system
    metBy = [Int32](repeating: 0, count: system.cellCount)
    readBy = [Int32](repeating: 0, count: system.equationCount)
    touchedBy = readBy
    for cell in 0..<system.cellCount {
      smallFirst += system.equations(of: cell).sorted {
        let (left, right) = (system.cellCount(of: Int($0)), system.cellCount(of: Int($1)))
        return left == right ? $0 < $1 : left < right
      }
    }
  }

  /// The cells near a cell.
  ///
  /// - Parameters:
  ///   - cell: comes first.
  ///   - limit: how many cells are enough; the equation that passes it is still read.
  ///   - width: how many cells of an equation are taken at most: those that share most other
  ///     equations with cells that were met, and of these the cheapest.
  ///   - cost: of a cell; nil of one that may not change: it is not met.
  /// - Returns: distinct cells.
  mutating func cells(
    near cell: Int,
    limit: Int,
    ofEquation width: Int,
    cost: (Int) -> Double?
  ) -> [Int32] {
    search += 1
    var found = [Int32(cell)]
    metBy[cell] = search
    touch(cell)
    var next = 0
    var members: [(cell: Int32, shared: Int, cost: Double)] = []
    while next < found.count, found.count < limit {
      let places = system.equationPlaces(of: Int(found[next]))
      next += 1
      for place in places {
        let equation = smallFirst[place]
        if readBy[Int(equation)] == search { continue }
        readBy[Int(equation)] = search
        members.removeAll(keepingCapacity: true)
        for member in system.cells(of: Int(equation)) where metBy[Int(member)] != search {
          if let cost = cost(Int(member)) { members.append((member, 0, cost)) }
        }
        if members.count > width {
          // A change must come back by other equations: cells of the same few areas close it.
          for place in members.indices {
            members[place].shared = system.equationPlaces(of: Int(members[place].cell)).count {
              touchedBy[Int(system.equation(at: $0))] == search
            }
          }
          members.sort {
            if $0.shared != $1.shared { return $0.shared > $1.shared }
            return $0.cost == $1.cost ? $0.cell < $1.cell : $0.cost < $1.cost
          }
          members.removeLast(members.count - width)
        }
        for (member, _, _) in members {
          metBy[Int(member)] = search
          touch(Int(member))
          found.append(member)
        }
        if found.count >= limit { break }
      }
    }
    return found
  }

  private mutating func touch(_ cell: Int) {
    for place in system.equationPlaces(of: cell) {
      touchedBy[Int(system.equation(at: place))] = search
    }
  }
}
