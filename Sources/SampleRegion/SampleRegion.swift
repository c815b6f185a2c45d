// A made-up region with known truth, for demonstrations, tests and measurements.
//
// Owns people who do not exist and the kinds of extract that would be sent about them. It
// never reads a file, and never writes the truth into a folder of extracts.

/// A made-up region: its residents, what care and support they use, and the extracts of it.
///
/// Same residents and seed, same bytes: all numbers come from seeded streams, one a purpose and
/// record, and no clock, locale or C mathematics takes part.
package struct SampleRegion {
  /// How many residents can be made up.
  package static let residentLimits = 100...20_000_000

  private let residents: Int
  private let seed: UInt64

  /// A region that is yet to be written.
  ///
  /// - Parameters:
  ///   - residents: rows of the register, in `residentLimits`.
  ///   - seed: another seed, another region.
  package init(residents: Int, seed: UInt64) {
    self.residents = residents
    self.seed = seed
  }

  /// Writes the extracts and, apart from them, the truth.
  ///
  /// Makes `register`, `care`, `support`, `waiting-list`, `areas`, `survey` and `truth` in the
  /// folder, and a README.
  ///
  /// - Parameter folder: is made if need be; must be empty.
  /// - Returns: counts of what was written.
  /// - Throws: `residentCount`, `folderNotEmpty`, `cannotWrite` or `file`.
  package func write(to folder: String) throws(SampleRegionError) -> SampleSummary {
    guard Self.residentLimits.contains(residents) else {
      throw .residentCount(
        found: residents,
        least: Self.residentLimits.lowerBound,
        most: Self.residentLimits.upperBound
      )
    }
    var target = try SampleFolder(making: folder)
    let population = Population(residents: residents, seed: seed)
    try RegisterExtract(population: population).write(to: &target)

    var truth = try TruthRecords(in: &target)
    var care = CareExtract(population: population, seed: seed)
    let claimCount = try care.write(to: &target, truth: &truth)
    try AreaTable(geography: population.geography).write(to: &target)
    let survey = SurveyExtract(population: population, visits: care.visits)
    let answerCount = try survey.write(to: &target)
    let support = SupportExtract(population: population, seed: seed)
    let messageCount = try support.write(to: &target, truth: &truth)
    try truth.finish()
    try TruthTables(population: population).write(to: &target)
    let listed = try WaitingList(population: population, seed: seed).write(to: &target)

    let hotSpots = population.geography.neighbourhoods.filter(\.isHotSpot)
    let readme = SampleReadme(
      residents: residents,
      seed: seed,
      careClaims: claimCount,
      supportClients: support.clientCount,
      supportMessages: messageCount,
      waitingRows: listed,
      surveyAnswers: answerCount,
      hipReplacements: care.hips.count,
      hotSpots: hotSpots
    )
    try target.write(Array(readme.text.utf8), to: "README.md")
    return SampleSummary(
      residents: residents,
      households: population.residentHouseholdCount,
      careClaims: claimCount,
      supportClients: support.clientCount,
      supportMessages: messageCount,
      surveyAnswers: answerCount,
      files: target.fileCount,
      hotSpots: hotSpots.map(\.code)
    )
  }
}
