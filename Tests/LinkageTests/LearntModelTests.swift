import TestSupport
import Testing

@testable import Linkage
@testable import PipelineFile
@_spi(Pseudonymisation) @testable import Tabular

@Suite("A model that is kept")
struct LearntModelTests {
  private func link(
    _ people: MadeUpPeople,
    known: LearntModel? = nil
  ) throws -> (links: Links, report: LinkReport) {
    try MadeUpPeople.linked(people.residents, people.clients, rows: 1, known: known)
  }

  @Test("the next night weighs by it, and a night that is alike has not moved")
  func isUsed() throws {
    let first = MadeUpPeople(count: 3000, clientCount: 1000, seed: 41)
    let (links, report) = try link(first)
    let learnt = try #require(report.weighed?.learnt)
    #expect(report.weighed?.isKept == false)
    let (again, other) = try link(first, known: learnt)
    #expect(other.weighed?.isKept == true)
    #expect(other.weighed?.drift == [])
    #expect(again.persons == links.persons)
    #expect(again.weighed?.weights == links.weighed?.weights)
    // Another night weighs the same agreement the same.
    let (_, next) = try link(MadeUpPeople(count: 3000, clientCount: 1000, seed: 42), known: learnt)
    #expect(next.weighed?.columns.map(\.m) == learnt.columns.map(\.m))
    #expect(next.weighed?.learnt != learnt)
  }

  @Test("a column that agrees less than it did has moved, and is named")
  func drifts() throws {
    let (_, report) = try link(MadeUpPeople(count: 3000, clientCount: 1500, seed: 43))
    let learnt = try #require(report.weighed?.learnt)
    let moved = MadeUpPeople(
      count: 3000,
      clientCount: 1500,
      seed: 44,
      rates: { _ in MadeUpPeople.Rates(postcode: 2) }
    )
    let (_, next) = try link(moved, known: learnt)
    let drift = try #require(next.weighed?.drift)
    #expect(drift.contains { $0.column == "postcode" && $0.level == 1 && $0.bits >= 1 })
  }

  @Test("a model of other comparisons is not used")
  func isVoid() throws {
    let people = MadeUpPeople(count: 2000, clientCount: 600, seed: 45)
    let learnt = try #require(try link(people).report.weighed?.learnt)
    let other = LearntModel(columns: Array(learnt.columns.dropLast()), joints: [])
    #expect(try link(people, known: other).report.weighed?.isKept == false)
  }
}
