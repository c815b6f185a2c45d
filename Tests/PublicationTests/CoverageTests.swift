import Testing

@testable import Publication

@Suite("Coverage")
struct CoverageTests {
  @Test(
    "a share is told in percent with one decimal, never higher than it is",
    arguments: [
      (984, 1000, "98.4"), (0, 7, "0.0"), (7, 7, "100.0"), (1999, 2000, "99.9"), (2, 3, "66.6"),
      (0, 0, ""), (Int.max, Int.max, "100.0"), (Int.max - 1, Int.max, "99.9"), (-1, 5, "0.0"),
      (6, 5, "100.0"), (1, -5, ""),
    ]
  )
  func tellsPercent(linked: Int, accepted: Int, expected: String) {
    let coverage = Coverage(source: "care", linkedRows: linked, acceptedRows: accepted)
    #expect(coverage.percent == expected)
  }
}
