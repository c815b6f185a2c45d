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
    #expect(coverage.linkedPercent == expected)
  }

  @Test(
    "what is covered is who could appear times what came; the less of it and of what is linked counts"
  )
  func tellsCoverage() {
    let coverage = Coverage(
      source: "care",
      linkedRows: 3,
      acceptedRows: 4,
      deliveries: (came: 11, expected: 12),
      persons: Coverage.Persons(covered: 2, residents: 3)
    )
    #expect(coverage.percent == "61.1")
    #expect(coverage.least == 0.611)
    #expect(Coverage(source: "care", linkedRows: 1, acceptedRows: 4).least == 0.25)
  }
}
