import SampleRegion
import Testing

@Suite("Survey among patients")
struct SurveyExtractTests {
  @Test("Patients answer about hospital care that they had, four in ten or so of them")
  func answers() throws {
    let region = try WrittenRegion(residents: 2_000, seed: 62)
    let residents = Set(try region.rows("register/register.csv.gz").compactMap { $0["bsn"] })
    var had: [String: Set<[String]>] = [:]
    for claim in try region.claims() where claim["care_type"] == "hospital" {
      had[claim["bsn"] ?? "", default: []].insert([claim["provider"] ?? "", claim["product"] ?? ""])
    }
    let patients = had.keys.filter(residents.contains)
    let answers = try region.rows("survey/survey_2026.csv")
    #expect(answers.count == region.summary.surveyAnswers)
    #expect(Set(answers.compactMap { $0["bsn"] }).count == answers.count)
    #expect((patients.count * 3 / 10...patients.count / 2).contains(answers.count))
    var known = 0
    for answer in answers {
      let bsn = answer["bsn"] ?? ""
      #expect(residents.contains(bsn))
      // A claim whose BSN is missing or wrong does not lead back; there are few.
      if had[bsn]?.contains([answer["provider"] ?? "", answer["product"] ?? ""]) == true {
        known += 1
      }
      if let score = answer["prem"], !score.isEmpty {
        #expect(Double(score).map { (0...10).contains($0) } == true)
      }
      #expect(("2026-01-15"..."2026-08-31").contains(answer["date"] ?? ""))
    }
    #expect(known * 100 >= answers.count * 97)
    for column in ["prem", "gain"] {
      let missing = answers.count { $0[column]?.isEmpty != false }
      #expect(missing > 0 && missing * 5 < answers.count)
    }
  }
}
