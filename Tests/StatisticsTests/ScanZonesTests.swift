import Testing

@testable import Statistics

@Suite("Zones of an area and its nearest")
struct ScanZonesTests {
  private func orders(_ zones: ScanZones) -> [[Int32]] {
    zip(zones.starts, zones.starts.dropFirst()).map { Array(zones.members[$0..<$1]) }
  }

  @Test("a tie of distance goes to the lower code, and the centre is first")
  func ties() {
    let zones = ScanZones(
      x: [0, 1, 2, 1],
      y: [0, 0, 0, 0],
      sizes: [1, 1, 1, 1],
      atMost: 1
    )
    #expect(orders(zones) == [[0, 1, 3, 2], [1, 3, 0, 2], [2, 1, 3, 0], [3, 1, 0, 2]])
  }

  @Test("a zone stops before it is larger than it may be")
  func sizes() {
    let zones = ScanZones(x: [0, 1, 2], y: [0, 0, 0], sizes: [3, 2, 5], atMost: 0.5)
    #expect(orders(zones) == [[0, 1], [1, 0], [2]])
    #expect(
      orders(ScanZones(x: [0, 1], y: [0, 0], sizes: [9, 1], atMost: 0.5)) == [[], [1]]
    )
  }

  @Test("an area of no known place is in no zone")
  func unknownPlace() {
    let zones = ScanZones(
      x: [0, .nan, 2, .infinity],
      y: [0, 0, 0, 0],
      sizes: [1, 1, 1, 1],
      atMost: 1
    )
    #expect(orders(zones) == [[0, 2], [], [2, 0], []])
  }

  @Test("by neighbours, the nearest are the fewest steps away; what no way leads to is left out")
  func steps() {
    let neighbours = AreaNeighbours(
      pairs: [(0, 3), (3, 1), (3, 0), (1, 2), (2, 2), (9, 0), (-1, 2)],
      areaCount: 5
    )
    #expect(neighbours.lists == [[3], [2, 3], [1], [0, 1], []])
    let zones = ScanZones(neighbours: neighbours, sizes: [1, 1, 1, 1, 1], atMost: 1)
    #expect(orders(zones) == [[0, 3, 1, 2], [1, 2, 3, 0], [2, 1, 3, 0], [3, 0, 1, 2], [4]])
  }
}
