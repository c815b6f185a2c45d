import TestSupport
import Testing

@testable import Statistics

@Suite("The Gabriel graph")
struct GabrielTests {
  @Test("areas are neighbours where no third lies in the circle between them", arguments: 0..<80)
  func agreesWithEveryCircle(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 0...25, using: &random)
    // Few whole metres, so that places are shared and thirds lie on circles.
    var x = (0..<count).map { _ in Double(Int.random(in: 0...9, using: &random)) }
    let y = (0..<count).map { _ in Double(Int.random(in: 0...9, using: &random)) }
    if count > 3, seed % 4 == 0 { x[2] = .nan }
    let graph = AreaNeighbours(gabrielOf: x, y)
    for left in 0..<count {
      let wanted = (0..<count).filter { right in
        left != right && x[left].isFinite && x[right].isFinite
          && !(0..<count).contains { third in
            // Twice the middle and the radius are whole numbers: nothing is rounded.
            let east = 2 * x[third] - x[left] - x[right]
            let north = 2 * y[third] - y[left] - y[right]
            let across =
              (x[left] - x[right]) * (x[left] - x[right])
              + (y[left] - y[right]) * (y[left] - y[right])
            return third != left && third != right && east * east + north * north < across
          }
      }
      #expect(graph.lists[left] == wanted, "seed \(seed), area \(left)")
    }
  }

  @Test("in a row each area has the one before and the one behind")
  func row() {
    let graph = AreaNeighbours(gabrielOf: [0, 100, 250, 300], [5, 5, 5, 5])
    #expect(graph.lists == [[1], [0, 2], [1, 3], [2]])
  }
}
