/// What patients of hospitals say of their care and of what it gained them, ordered by BSN.
///
/// Two in five of those who are asked answer, and four in five after a replaced hip.
struct SurveyExtract {
  private static let columns = ["bsn", "date", "provider", "product", "prem", "gain"]
  /// The last day of the extracts: who would answer later has not answered yet.
  private static let lastDay = Population.registerDay + 242

  let population: Population
  let visits: HospitalVisits

  /// - Returns: how many answered.
  func write(to folder: inout SampleFolder) throws(SampleRegionError) -> Int {
    var file = try folder.textFile("survey/survey_2026.csv")
    file.text.append(row: Self.columns)
    var answerCount = 0
    for person in population.residentsByBsn() {
      guard let visit = visits.last[person] else { continue }
      var random = RandomStream(population.seed, .survey, person)
      guard random.chance(visit.claim.isHipReplacement ? 0.8 : 0.4) else { continue }
      let day = visit.day + random.within(14...42)
      guard day <= Self.lastDay else { continue }
      answerCount += 1
      append(visit, by: person, on: day, to: &file.text, &random)
      try file.flush()
    }
    try file.finish()
    return answerCount
  }

  private func append(
    _ visit: HospitalVisit,
    by person: Int,
    on day: Int,
    to text: inout [UInt8],
    _ random: inout RandomStream
  ) {
    let isHip = visit.claim.isHipReplacement
    let provider = population.provider(of: visit.claim)
    // A little is the municipality's doing, a little the provider's, most the patient's.
    let municipality = population.neighbourhood(of: person)?.municipalityNumber ?? 0
    let tenths =
      77 + 3 * (municipality % 3 - 1) + 2 * (provider % 3 - 1) + Int(12 * random.normal())
    let gain = (isHip ? 16 + 3 * (provider % 3) : 4) + Int((isHip ? 6 : 4) * random.normal())
    let hasScore = !random.chance(0.05)
    let hasGain = !random.chance(0.1)
    text.append(number: Int(population.persons[person].bsn), width: 9)
    text.append(.semicolon)
    text.append(day: day)
    text.append(.semicolon)
    text.append(number: provider)
    text.append(.semicolon)
    text.append(text: visit.claim.productCode)
    text.append(.semicolon)
    if hasScore {
      let held = min(100, max(0, tenths))
      text.append(number: held / 10)
      text.append(UInt8(ascii: "."))
      text.append(number: held % 10)
    }
    text.append(.semicolon)
    if hasGain { text.append(number: gain) }
    text.append(.newline)
  }
}
