import Testing

@testable import SampleRegion

@Suite("Random streams")
struct RandomStreamTests {
  @Test("Streams of other purposes, records and seeds differ, equal ones agree")
  func streams() {
    func first(_ seed: UInt64, _ purpose: RandomStream.Purpose, _ record: Int, _ part: Int)
      -> UInt64
    {
      var stream = RandomStream(seed, purpose, record, part)
      return stream.next()
    }
    #expect(first(1, .care, 2, 3) == first(1, .care, 2, 3))
    let all = [
      first(1, .care, 2, 3), first(2, .care, 2, 3), first(1, .name, 2, 3), first(1, .care, 3, 3),
      first(1, .care, 2, 4), first(1, .care, 3, 2),
    ]
    #expect(Set(all).count == all.count)
  }

  @Test("Whole numbers stay within their bounds and reach them")
  func bounds() {
    var stream = RandomStream(9, .order)
    let drawn = Set((0..<2_000).map { _ in stream.within(-3...3) })
    #expect(drawn == Set(-3...3))
    #expect(stream.below(0) == 0 && stream.below(1) == 0)
  }

  @Test("Waiting times have mean 1, normal draws mean 0 and variance 1")
  func moments() {
    var stream = RandomStream(10, .frailty)
    let count = 50_000
    let waits = (0..<count).map { _ in stream.waitingTime() }
    let normals = (0..<count).map { _ in stream.normal() }
    #expect(abs(waits.reduce(0, +) / Double(count) - 1) < 0.03)
    #expect(abs(normals.reduce(0, +) / Double(count)) < 0.03)
    #expect(abs(normals.reduce(0) { $0 + $1 * $1 } / Double(count) - 1) < 0.03)
    #expect(waits.allSatisfy { $0 >= 0 && $0.isFinite })
  }
}
