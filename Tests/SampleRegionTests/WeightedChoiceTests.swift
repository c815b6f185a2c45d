import Testing

@testable import SampleRegion

@Suite("Weighted choice")
struct WeightedChoiceTests {
  @Test("A weighted choice follows its weights and never picks what weighs nothing")
  func weights() {
    var stream = RandomStream(12, .care)
    let choice = WeightedChoice([1, 0, 3])
    var counts = [0, 0, 0]
    for _ in 0..<8_000 { counts[choice.pick(&stream)] += 1 }
    #expect(counts[1] == 0)
    #expect((1_800...2_200).contains(counts[0]))
    #expect(WeightedChoice([]).pick(&stream) == 0)
  }
}
