/// Gives each resident one client at most, so that the total weight is greatest.
///
/// Components of up to 200 a side are solved exactly by the Hungarian method (Kuhn, 1955; Munkres,
/// 1957), larger ones by repeated mutual best.
struct GreatestMatching {
  /// A pair that may be matched; weights are at least 0.
  struct Edge: Sendable, Hashable {
    let left: Int32
    let right: Int32
    let weight: Int32
  }

  static let exactLimit = 200

  /// By edge, whether it is matched.
  private(set) var isMatched: [Bool]

  /// - Parameter edges: at most one a pair; in any order.
  init(_ edges: [Edge]) {
    isMatched = [Bool](repeating: false, count: edges.count)
    for component in Self.components(edges) {
      if component.count == 1 {
        isMatched[component[0]] = true
        continue
      }
      let lefts = Set(component.map { edges[$0].left }).sorted()
      let rights = Set(component.map { edges[$0].right }).sorted()
      if max(lefts.count, rights.count) <= Self.exactLimit {
        matchExactly(component, edges, lefts, rights)
      } else {
        matchMutualBest(component, edges)
      }
    }
  }

  /// Numbers of edges that hang together, each list ascending.
  private static func components(_ edges: [Edge]) -> [[Int]] {
    // Both sides as nodes of one forest.
    var nodes: [Int64: Int32] = [:]
    var parents: [Int32] = []
    func node(_ key: Int64) -> Int32 {
      if let known = nodes[key] { return known }
      let number = Int32(parents.count)
      nodes[key] = number
      parents.append(number)
      return number
    }
    func root(_ node: Int32) -> Int32 {
      var node = node
      while parents[Int(node)] != node {
        parents[Int(node)] = parents[Int(parents[Int(node)])]
        node = parents[Int(node)]
      }
      return node
    }
    var firsts = [Int32](repeating: 0, count: edges.count)
    for number in edges.indices {
      let left = root(node(Int64(edges[number].left)))
      let right = root(node(-1 - Int64(edges[number].right)))
      parents[Int(max(left, right))] = min(left, right)
      firsts[number] = left
    }
    var places: [Int32: Int] = [:]
    var components: [[Int]] = []
    for number in edges.indices {
      let key = root(firsts[number])
      if let place = places[key] {
        components[place].append(number)
      } else {
        places[key] = components.count
        components.append([number])
      }
    }
    return components
  }

  private mutating func matchMutualBest(_ component: [Int], _ edges: [Edge]) {
    let ordered = component.sorted {
      let (one, other) = (edges[$0], edges[$1])
      if one.weight != other.weight { return one.weight > other.weight }
      return one.right != other.right ? one.right < other.right : one.left < other.left
    }
    // Best first, an edge whose ends are both free is the best of both.
    var takenLeft: Set<Int32> = []
    var takenRight: Set<Int32> = []
    for number in ordered
    where !takenLeft.contains(edges[number].left) && !takenRight.contains(edges[number].right) {
      isMatched[number] = true
      takenLeft.insert(edges[number].left)
      takenRight.insert(edges[number].right)
    }
  }

  private mutating func matchExactly(
    _ component: [Int],
    _ edges: [Edge],
    _ lefts: [Int32],
    _ rights: [Int32]
  ) {
    let isTall = lefts.count > rights.count
    let rowCount = min(lefts.count, rights.count)
    let columnCount = max(lefts.count, rights.count)
    var weights = [Int64](repeating: 0, count: rowCount * columnCount)
    var numbers = [Int](repeating: -1, count: rowCount * columnCount)
    let leftPlaces = Dictionary(uniqueKeysWithValues: lefts.enumerated().map { ($1, $0) })
    let rightPlaces = Dictionary(uniqueKeysWithValues: rights.enumerated().map { ($1, $0) })
    for number in component {
      guard let left = leftPlaces[edges[number].left], let right = rightPlaces[edges[number].right]
      else { continue }
      let place = isTall ? right * columnCount + left : left * columnCount + right
      // Of equal totals the one with most pairs.
      weights[place] = Int64(edges[number].weight) * Int64(rowCount + 1) + 1
      numbers[place] = number
    }
    let columns = Self.assignment(weights, rowCount: rowCount, columnCount: columnCount)
    for row in 0..<rowCount {
      let number = numbers[row * columnCount + columns[row]]
      if number >= 0 { isMatched[number] = true }
    }
  }

  /// The column of each row in an assignment of greatest weight.
  ///
  /// Shortest augmenting paths with potentials (Jonker and Volgenant, 1987).
  ///
  /// - Complexity: O(*rows*² · *columns*).
  private static func assignment(
    _ weights: [Int64],
    rowCount: Int,
    columnCount: Int
  ) -> [Int] {
    var rowPotentials = [Int64](repeating: 0, count: rowCount + 1)
    var columnPotentials = [Int64](repeating: 0, count: columnCount + 1)
    // Row 0 and column 0 stand for nobody.
    var rowOfColumn = [Int](repeating: 0, count: columnCount + 1)
    var before = [Int](repeating: 0, count: columnCount + 1)
    for row in 1...rowCount {
      rowOfColumn[0] = row
      var column = 0
      var least = [Int64](repeating: .max, count: columnCount + 1)
      var isUsed = [Bool](repeating: false, count: columnCount + 1)
      repeat {
        isUsed[column] = true
        let current = rowOfColumn[column]
        var delta = Int64.max
        var next = 0
        for other in 1...columnCount where !isUsed[other] {
          let cost =
            -weights[(current - 1) * columnCount + other - 1]
            - rowPotentials[current] - columnPotentials[other]
          if cost < least[other] {
            least[other] = cost
            before[other] = column
          }
          if least[other] < delta {
            delta = least[other]
            next = other
          }
        }
        for other in 0...columnCount {
          if isUsed[other] {
            rowPotentials[rowOfColumn[other]] += delta
            columnPotentials[other] -= delta
          } else if least[other] < .max {
            least[other] -= delta
          }
        }
        column = next
      } while rowOfColumn[column] != 0
      repeat {
        let previous = before[column]
        rowOfColumn[column] = rowOfColumn[previous]
        column = previous
      } while column != 0
    }
    var columns = [Int](repeating: 0, count: rowCount)
    for column in 1...columnCount where rowOfColumn[column] > 0 {
      columns[rowOfColumn[column] - 1] = column - 1
    }
    return columns
  }
}
