import Testing

@testable import Statistics

@Suite("Progress towards a target")
struct ProgressTests {
  private let path = TargetPath(baseline: 52, target: 40, periods: 35, better: .lower)

  @Test("the path is a straight line to the target, and stays there")
  func pathValues() {
    #expect(isPrinted(path.value(after: 8), 49.257143))
    #expect(path.value(after: 0) == 52)
    #expect(path.value(after: -3) == 52)
    #expect(path.value(after: 35) == 40)
    #expect(path.value(after: 99) == 40)
    let atOnce = TargetPath(baseline: 52, target: 40, periods: 0, better: .lower)
    #expect(atOnce.value(after: 0) == 40)
  }

  @Test("only a whole interval that is worse than the path is behind")
  func verdicts() {
    // The path after 8 periods is at 49.26.
    #expect(path.verdict(40, Interval(lower: 38, upper: 42), after: 8) == .reached)
    #expect(path.verdict(47, Interval(lower: 45, upper: 49), after: 8) == .onCourse)
    #expect(path.verdict(52, Interval(lower: 49.2, upper: 55), after: 8) == .onCourse)
    #expect(path.verdict(52, Interval(lower: 49.3, upper: 55), after: 8) == .behind)
    #expect(path.verdict(52, Interval(lower: 49.3, upper: 55), after: 2) == .onCourse)
    let rising = TargetPath(baseline: 10, target: 20, periods: 10, better: .higher)
    #expect(rising.verdict(20, Interval(lower: 18, upper: 22), after: 1) == .reached)
    #expect(rising.verdict(13, Interval(lower: 11, upper: 15), after: 5) == .onCourse)
    #expect(rising.verdict(13, Interval(lower: 11, upper: 14.9), after: 5) == .behind)
  }

  @Test("the effect is the change beside that of the comparator")
  func effect() throws {
    let found = try #require(
      ComparedChange(
        before: .init(events: 240, per: 4000),
        after: .init(events: 180, per: 4100),
        comparatorBefore: .init(events: 300, per: 5200),
        comparatorAfter: .init(events: 285, per: 5250)
      )
    )
    let limits = found.interval(.ninetyFive)
    #expect(isPrinted(found.effect, 0.777624))
    #expect(isPrinted(limits.lower, 0.604252))
    #expect(isPrinted(limits.upper, 1.000741))
  }

  @Test("a count of zero, or nobody to count among, has no effect", arguments: 0..<4)
  func missing(place: Int) {
    func change(_ events: Int, _ denominator: Double) -> ComparedChange? {
      var rates = [ComparedChange.Rate](repeating: .init(events: 5, per: 100), count: 4)
      rates[place] = .init(events: events, per: denominator)
      return ComparedChange(
        before: rates[0],
        after: rates[1],
        comparatorBefore: rates[2],
        comparatorAfter: rates[3]
      )
    }
    #expect(change(5, 100)?.effect == 1)
    #expect(change(0, 100) == nil)
    #expect(change(5, 0) == nil)
  }
}
