import TestSupport
import Testing

@testable import Statistics

@Suite("Gi*")
struct GetisOrdTests {
  private let line = AreaNeighbours(pairs: [(0, 1), (1, 2), (2, 3), (3, 4)], areaCount: 5)

  @Test("five areas in a line get the page's values")
  func knownAnswer() {
    let found = getisOrd([0.8, 0.9, 1.9, 2.1, 1.0], neighbours: line)
    let known = [-1.464809, -0.627775, 1.315339, 1.464809, 0.627775]
    for (found, known) in zip(found, known) {
      #expect(isPrinted(found, known))
    }
  }

  @Test("an area without a value counts nowhere, as if it were not there")
  func missing() {
    let six = AreaNeighbours(
      pairs: [(0, 1), (1, 2), (2, 4), (4, 5), (3, 2), (3, 4)],
      areaCount: 6
    )
    var found = getisOrd([0.8, 0.9, 1.9, nil, 2.1, 1.0], neighbours: six)
    #expect(found.remove(at: 3) == nil)
    #expect(found == getisOrd([0.8, 0.9, 1.9, 2.1, 1.0], neighbours: line))
  }

  @Test("it has mean 0 and variance 1 over all orders of the values")
  func moments() {
    // Exact under permutation (Ord & Getis, 1995): all 120 orders of five values.
    var sum = 0.0
    var squares = 0.0
    for order in orders([0.3, 1.1, 0.8, 2.9, 1.4]) {
      let found = getisOrd(order, neighbours: line)[1] ?? .nan
      sum += found
      squares += found * found
    }
    #expect(abs(sum) < 1e-9)
    #expect(abs(squares / 120 - 1) < 1e-9)
  }

  @Test("equal values, one area, or all for neighbours have none")
  func undefined() {
    #expect(getisOrd([1, 1, 1, 1, 1], neighbours: line) == [nil, nil, nil, nil, nil])
    #expect(getisOrd([nil, 2, nil, nil, nil], neighbours: line) == [nil, nil, nil, nil, nil])
    #expect(getisOrd([], neighbours: AreaNeighbours(pairs: [], areaCount: 0)) == [])
    let pair = AreaNeighbours(pairs: [(0, 1)], areaCount: 2)
    #expect(getisOrd([1, 2], neighbours: pair) == [nil, nil])
  }

  private func orders(_ values: [Double]) -> [[Double]] {
    guard values.count > 1 else { return [values] }
    return values.indices.flatMap { place -> [[Double]] in
      var rest = values
      let first = rest.remove(at: place)
      return orders(rest).map { [first] + $0 }
    }
  }
}
