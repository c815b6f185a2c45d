import Tabular

/// Care claims, one extract a month, ordered by day as they come in.
struct CareExtract {
  static let year = 2026
  static let months = 1...8

  private static let columns = [
    "claim_id", "insurer", "provider", "bsn", "care_type", "product", "date", "amount",
  ]

  private let population: Population
  private let seed: UInt64
  private let use: CareUse
  private var unusedNumbers: BsnSeries
  /// Who had a hip replaced in the months that were written.
  private(set) var hips: HipReplacements
  /// The hospital care that residents can be asked about.
  private(set) var visits: HospitalVisits

  init(population: Population, seed: UInt64) {
    self.population = population
    self.seed = seed
    use = CareUse(population: population, seed: seed, monthCount: Self.months.count)
    unusedNumbers = population.unusedNumbers()
    hips = HipReplacements(population: population, use: use, seed: seed)
    visits = HospitalVisits(residents: population.residentCount)
  }

  /// - Returns: how many claims.
  mutating func write(
    to folder: inout SampleFolder,
    truth: inout TruthRecords
  ) throws(SampleRegionError) -> Int {
    var claimCount = 0
    for month in Self.months {
      claimCount += try write(month: month, to: &folder, truth: &truth)
    }
    return claimCount
  }

  private mutating func write(
    month: Int,
    to folder: inout SampleFolder,
    truth: inout TruthRecords
  ) throws(SampleRegionError) -> Int {
    let days = claimsByDay(month: month)
    var file = try folder.gzipFile("care/claims_\(Self.year)-\(padded(month, 2)).csv.gz")
    file.text.append(row: Self.columns)
    var number = 0
    for (day, claims) in days.enumerated() {
      for claim in claims {
        number += 1
        let row = (Self.year * 100 + month) * 100_000_000 + number
        try append(claim, row: row, month: month, day: day + 1, to: &file.text, truth: &truth)
        try file.flush()
      }
    }
    try file.finish()
    return number
  }

  /// The claims of a month in one list a day; people come in random order.
  private mutating func claimsByDay(month: Int) -> [[CareClaim]] {
    var order = Array(population.persons.indices)
    var shuffling = RandomStream(seed, .order, month)
    shuffling.shuffle(&order)
    let dayCount = CivilDate.dayCount(ofMonth: month, in: Self.year)
    var days = [[CareClaim]](repeating: [], count: dayCount)
    let first = CivilDate(year: Self.year, month: month, day: 1)?.dayNumber ?? 0
    var claims: [HipReplacements.DatedClaim] = []
    for person in order {
      var random = RandomStream(seed, .care, person, month)
      let count = use.claimCount(of: person, &random)
      guard count > 0 else { continue }
      let choice = use.choice(of: person)
      claims.removeAll(keepingCapacity: true)
      for _ in 0..<count {
        let type = choice.pick(&random)
        let product = random.below(CareType.all[type].products.count)
        let amount = use.amountInCents(
          type: CareType.all[type],
          product: product,
          person: person,
          &random
        )
        var day = random.below(dayCount)
        // Most care is given on weekdays; 1970-01-01 was a Thursday.
        if isWeekend(day: day, month: month) && random.chance(0.8) {
          day = random.below(dayCount)
        }
        let claim = CareClaim(
          person: Int32(person),
          amountInCents: Int32(amount),
          type: UInt8(type),
          product: UInt8(product)
        )
        claims.append((day, claim))
      }
      hips.revise(&claims, of: person, month: month, firstDay: first)
      for (day, claim) in claims {
        visits.note(claim, day: first + day)
        days[day].append(claim)
      }
    }
    return days
  }

  private func isWeekend(day: Int, month: Int) -> Bool {
    guard let first = CivilDate(year: Self.year, month: month, day: 1) else { return false }
    return (first.dayNumber + day + 3) % 7 >= 5
  }

  private mutating func append(
    _ claim: CareClaim,
    row: Int,
    month: Int,
    day: Int,
    to text: inout [UInt8],
    truth: inout TruthRecords
  ) throws(SampleRegionError) {
    let person = Int(claim.person)
    let household = population.persons[person].household
    let type = CareType.all[Int(claim.type)]
    let fault = CareFault(seed: seed, row: row)
    text.append(number: row)
    text.append(.semicolon)
    text.append(number: 9_101 + Int(household) % 6)
    text.append(.semicolon)
    text.append(number: population.provider(of: claim))
    text.append(.semicolon)
    switch fault {
    case .bsnMissing: break
    case .bsnMistyped:
      text.append(number: TypingError.mistyped(Int(population.persons[person].bsn), row), width: 9)
    case .bsnOfNobody: text.append(number: unusedNumbers.next(), width: 9)
    default: text.append(number: Int(population.persons[person].bsn), width: 9)
    }
    text.append(.semicolon)
    text.append(text: type.code)
    text.append(.semicolon)
    text.append(text: claim.productCode)
    text.append(.semicolon)
    text.append(number: Self.year, width: 4)
    text.append(UInt8(ascii: "-"))
    text.append(number: month, width: 2)
    text.append(UInt8(ascii: "-"))
    text.append(number: fault == .dayOutsideCalendar ? 32 : day, width: 2)
    text.append(.semicolon)
    text.append(number: Int(claim.amountInCents))
    if fault == .amountNotNumber { text.append(UInt8(ascii: "x")) }
    text.append(.newline)
    guard fault != nil || !population.isResident(person) else { return }
    var planted = fault.map { [$0.rawValue] } ?? []
    if !population.isResident(person) { planted.append("outside") }
    try truth.add(source: "care", record: String(row), person: person, planted: planted)
  }
}
