/// Hips that are replaced, and the care that follows: a bundle with a beginning and a course.
///
/// Three in ten of those from 55 on waits for it from some month of the first half of the year; the
/// first hospital claim from then on is the replacement. In the ninety days after it much of the
/// other care is physiotherapy, or from 75 on district nursing. No claim is added or taken away.
struct HipReplacements {
  /// A claim and its day of the month, from 0.
  typealias DatedClaim = (day: Int, claim: CareClaim)

  /// The product by which a replacement is claimed.
  static let product = "ZH400"

  private static let courseInDays = 90
  private static let lastMonth = 6
  private static let medianInCents = 520_000.0

  private let population: Population
  private let use: CareUse
  private let seed: UInt64
  /// The day of each replacement so far, by person.
  private var days: [Int32: Int] = [:]

  init(population: Population, use: CareUse, seed: UInt64) {
    self.population = population
    self.use = use
    self.seed = seed
  }

  var count: Int { days.count }

  /// Turns claims of a person's month into those of a bundle; months must come in their order.
  mutating func revise(
    _ claims: inout [DatedClaim],
    of person: Int,
    month: Int,
    firstDay: Int
  ) {
    let age = (Population.registerDay - Int(population.persons[person].birthDay)) / 365
    guard age >= 55 else { return }
    var random = RandomStream(seed, .hip, person)
    guard random.chance(0.3) else { return }
    let waitsFrom = random.within(1...Self.lastMonth)
    var monthly = RandomStream(seed, .hip, person, month)
    if days[Int32(person)] == nil, (waitsFrom...Self.lastMonth).contains(month) {
      replace(&claims, of: person, firstDay: firstDay, &monthly)
    }
    guard let start = days[Int32(person)] else { return }
    follow(&claims, from: start, of: person, age: age, firstDay: firstDay, &monthly)
  }

  /// Makes the earliest hospital claim the replacement.
  private mutating func replace(
    _ claims: inout [DatedClaim],
    of person: Int,
    firstDay: Int,
    _ random: inout RandomStream
  ) {
    let hospital = claims.indices.filter {
      CareType.all[Int(claims[$0].claim.type)].code == CareType.hospitalCode
    }
    guard let first = hospital.min(by: { claims[$0].day < claims[$1].day }) else { return }
    let amount = Self.medianInCents * Arithmetic.exponential(0.15 * random.normal())
    claims[first].claim.isHipReplacement = true
    claims[first].claim.amountInCents = Int32(amount)
    days[Int32(person)] = firstDay + claims[first].day
  }

  private func follow(
    _ claims: inout [DatedClaim],
    from start: Int,
    of person: Int,
    age: Int,
    firstDay: Int,
    _ random: inout RandomStream
  ) {
    let code = age < 75 ? "fysiotherapie" : "wijkverpleging"
    guard let type = CareType.all.firstIndex(where: { $0.code == code }) else { return }
    for position in claims.indices {
      let daysAfter = firstDay + claims[position].day - start
      let found = CareType.all[Int(claims[position].claim.type)].code
      guard (1...Self.courseInDays).contains(daysAfter), found != CareType.hospitalCode,
        random.chance(0.4)
      else { continue }
      let product = random.below(CareType.all[type].products.count)
      let amount = use.amountInCents(
        type: CareType.all[type],
        product: product,
        person: person,
        &random
      )
      claims[position].claim.type = UInt8(type)
      claims[position].claim.product = UInt8(product)
      claims[position].claim.amountInCents = Int32(amount)
    }
  }
}
