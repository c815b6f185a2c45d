import TestSupport
import Testing

@testable import PipelineFile
@testable import PopulationTables
@testable import Tabular

@Suite struct CoveredPersonsTests {
  @Test(
    "Those who could appear in a source are those who count and for whom the condition holds",
    arguments: 0..<40 as Range<UInt64>
  )
  func agreesWithPlain(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let region = SmallRegion(random: &random)
    var stage = smallStage(random: &random)
    let condition = Expression.comparison(.greaterOrEqual, .column("age"), .integer(40))
    stage.covers = ["care": TypedExpression(condition, type: .boolean)]
    let found = try CoveredPersons(stage, residents: region.residents)

    let calendar = PlainCalendar(stage: stage)
    let counted = region.persons.filter { calendar.counts($0) }
    let age = stage.persons[0].expression.expression
    let covered = counted.count { person in
      (plainValue(age, person) { _ in .missing }.integer ?? -1) >= 40
    }
    #expect(found.residents == counted.count, "seed \(seed)")
    #expect(found.covered == ["care": covered], "seed \(seed)")
  }
}
