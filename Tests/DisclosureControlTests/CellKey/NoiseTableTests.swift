import Diagnostics
import Glibc
import TestSupport
import Testing

@testable import DisclosureControl
@testable import PipelineFile

/// The usual noise, unless told otherwise.
func noise(
  atMost: Int64 = 5,
  variance: Int64 = 3,
  gap: Int64 = 2,
  ofLargest: Int64 = 100_000
) -> CellKeyNoise {
  CellKeyNoise(
    atMost: atMost,
    variance: variance,
    gap: gap,
    ofLargest: ofLargest,
    place: Place(file: "test.yaml")
  )
}

@Suite("Noise of counts")
struct NoiseTableTests {
  @Test("the row of 4 is that of the design")
  func knownRow() throws {
    let row = try NoiseTable(noise()).rows[3]
    #expect(row.moves == [-4, -1, 0, 1, 2, 3, 4, 5])
    #expect(
      row.chances.map { ($0 * 1e6).rounded() } == [
        83_280, 289_317, 265_765, 190_127, 105_929, 45_963, 15_532, 4_088,
      ]
    )
  }

  @Test("a count of 2 whose set draws 0.078478 moves by −2, as in the design")
  func knownDraw() throws {
    let table = try NoiseTable(noise())
    #expect(table.move(of: 2, at: 337_060_902) == -2)
    #expect(table.move(of: 2, at: 0) == -2)
    #expect(table.move(of: 2, at: .max) == 5)
    #expect(table.move(of: 0, at: .max) == 0)
  }

  @Test(
    "every row keeps mean, variance and limits, makes no count of the gap, and has a bit",
    arguments: [(5, 3, 2), (5, 3, 0), (3, 2, 0), (10, 8, 1), (5, 4, 2), (2, 1, 0)]
      as [(Int64, Int64, Int64)]
  )
  func keepsMoments(atMost: Int64, variance: Int64, gap: Int64) throws {
    let table = try NoiseTable(noise(atMost: atMost, variance: variance, gap: gap))
    for (number, row) in table.rows.enumerated() {
      let count = Int64(number + 1)
      func moment(_ power: (Double) -> Double) -> Double {
        zip(row.moves, row.chances).reduce(0) { $0 + power(Double($1.0)) * $1.1 }
      }
      #expect(abs(moment { _ in 1 } - 1) < 1e-12)
      #expect(abs(moment { $0 }) < 1e-12, "count \(count)")
      #expect(abs(moment { $0 * $0 } - Double(variance)) < 1e-11, "count \(count)")
      #expect(row.entropy >= 1)
      #expect(row.chances.allSatisfy { $0 >= 0 })
      for move in row.moves {
        #expect(abs(move) <= atMost)
        #expect(count + move == 0 || count + move > gap)
      }
    }
    #expect(table.rows.last?.moves == Array(-atMost...atMost))
  }

  @Test("no other moves with the same mean and variance are more random")
  func isMostRandom() throws {
    var random = SeededGenerator(seed: 5)
    for row in try NoiseTable(noise()).rows where row.moves.count >= 4 {
      for _ in 0..<50 {
        // A direction in which neither sum, mean nor variance changes: a third difference.
        let chosen = row.moves.indices.shuffled(using: &random).prefix(4).sorted()
        let v = chosen.map { Double(row.moves[$0]) }
        var direction: [Double] = []
        for place in v.indices {
          var product = 1.0
          for other in v.indices where other != place { product *= v[place] - v[other] }
          direction.append(1 / product)
        }
        let own = chosen.map { row.chances[$0] }
        let furthest = zip(own, direction).map { $0 / abs($1) }.min() ?? 0
        for step in [-0.5 * furthest, 0.5 * furthest] {
          var chances = row.chances
          for place in v.indices { chances[chosen[place]] += step * direction[place] }
          let entropy = chances.reduce(0.0) { $0 - $1 * log2($1) }
          #expect(entropy < row.entropy)
        }
      }
    }
  }

  @Test("a row that is too sure or cannot be is refused by its count")
  func refuses() {
    let asked: [(noise: CellKeyNoise, count: Int64, hasBits: Bool)] = [
      (noise(variance: 6), 1, false), (noise(variance: 5, gap: 1), 1, true),
      (noise(atMost: 10, variance: 8), 1, true), (noise(atMost: 3, variance: 1), 1, false),
      (noise(atMost: 4, variance: 2, gap: 0), 0, false),
    ]
    for (noise, count, hasBits) in asked {
      do throws(DisclosureControlError) {
        _ = try NoiseTable(noise)
        #expect(count == 0)
      } catch {
        guard case .noise(count, let bits) = error else {
          Issue.record("\(error) of \(noise)")
          continue
        }
        #expect((bits != nil) == hasBits)
        #expect(bits ?? 0 < 1)
      }
    }
  }

  @Test("over a million sets the moves of counts from 8 on have mean 0 and variance 3")
  func overMany() throws {
    let table = try NoiseTable(noise())
    var random = SeededGenerator(seed: 1)
    var (sum, squares) = (0.0, 0.0)
    let count = 1_000_000
    for _ in 0..<count {
      let move = Double(
        table.move(
          of: Int64.random(in: 8...500, using: &random),
          at: UInt32.random(in: 0 ... .max, using: &random)
        )
      )
      sum += move
      squares += move * move
    }
    let mean = sum / Double(count)
    #expect(abs(mean) < 0.006)
    #expect(abs(squares / Double(count) - mean * mean - 3) < 0.015)
  }
}
