import Tabular
import TestSupport

/// Made-up persons of some areas and strata, counted as a pipeline counts them for standardised rates.
struct RandomRates {
  /// How large a region is.
  struct Size {
    let areas: ClosedRange<Int>
    let bands: ClosedRange<Int>
    /// Of one area.
    let persons: ClosedRange<Int>
    /// Of one area, about.
    let events: ClosedRange<Int>
    /// Whether everyone knows the persons of each area and stratum.
    var isOpen = false
  }

  static let (residents, part) = ("residents", "admitted")
  static let (rate, ratio) = ("rate", "smr")
  static let per: Int64 = 1000

  let areaCount: Int
  /// Two sexes each; a stratum is twice its band and its sex.
  let bandCount: Int
  /// By area, by stratum.
  let population: [[Int]]
  let observed: [[Int]]
  /// One a stratum; nil where the region's persons are the standard.
  let standard: [Double]?
  let persons: [Person]
  /// Of the policy, where what persons bring is told to nights to come; else nil.
  let minimum: Int64?
  /// The table by area, with what is standardised; then that of all persons, where everyone knows it.
  private(set) var tables: [CellTable] = []
  /// The counts of strata.
  private(set) var pieces: [CellTable] = []

  var strataCount: Int { 2 * bandCount }

  struct Person {
    var area: Int
    var stratum: Int
    var isCounted: Bool
    let key: SetKey
  }

  /// All of it follows from the seed.
  init(seed: UInt64, _ size: Size, minimum: Int64? = nil) {
    var random = SeededGenerator(seed: seed)
    let areaCount = Int.random(in: size.areas, using: &random)
    let bandCount = Int.random(in: size.bands, using: &random)
    let strataCount = 2 * bandCount
    // Some strata are rare, and some persons are counted more often.
    let shares = (0..<strataCount).map { _ in Double.random(in: 0.15...1, using: &random) }
    let odds = (0..<strataCount).map { _ in Double.random(in: 0.2...1.5, using: &random) }
    let all = zip(shares, odds).reduce(0) { $0 + $1.0 * $1.1 } / shares.reduce(0, +)
    var persons: [Person] = []
    for area in 0..<areaCount {
      let count = Int.random(in: size.persons, using: &random)
      let events = Int.random(in: size.events, using: &random)
      let own = shares.map { $0 * Double.random(in: 0.4...1, using: &random) }
      for _ in 0..<count {
        var left = Double.random(in: 0..<own.reduce(0, +), using: &random)
        var stratum = 0
        while stratum < strataCount - 1, left >= own[stratum] {
          left -= own[stratum]
          stratum += 1
        }
        let chance = Double(events) / Double(count) * odds[stratum] / all
        persons.append(
          Person(
            area: area,
            stratum: stratum,
            isCounted: Double.random(in: 0..<1, using: &random) < chance,
            key: SetKey(
              name: UInt128(random.next()) << 64 | UInt128(random.next()),
              countDraw: 0,
              sumDraw: 0
            )
          )
        )
      }
    }
    self.init(
      persons,
      areaCount: areaCount,
      bandCount: bandCount,
      standard: Bool.random(using: &random)
        ? (0..<strataCount).map { _ in Double(Int.random(in: 50...500, using: &random)) } : nil,
      isOpen: size.isOpen,
      minimum: minimum
    )
  }

  /// The region of such persons.
  init(
    _ persons: [Person],
    areaCount: Int,
    bandCount: Int,
    standard: [Double]?,
    isOpen: Bool,
    minimum: Int64?
  ) {
    (self.areaCount, self.bandCount, self.standard) = (areaCount, bandCount, standard)
    (self.persons, self.minimum) = (persons, minimum)
    var population = [[Int]](
      repeating: [Int](repeating: 0, count: 2 * bandCount),
      count: areaCount
    )
    var observed = population
    for person in persons {
      population[person.area][person.stratum] += 1
      if person.isCounted { observed[person.area][person.stratum] += 1 }
    }
    self.population = population
    self.observed = observed
    pieces = [table(named: "strata", persons, byStrata: true, hasPart: true)]
    tables = [standardised(table(named: "areas", persons, byStrata: false, hasPart: true))]
    if isOpen {
      tables.append(table(named: "everyone", persons, byStrata: true, hasPart: false))
    }
  }

  /// The number of a row of the first table: an area, or all of them, which comes last.
  var rowCount: Int { areaCount + 1 }

  /// By stratum, what a row of the first table is made of.
  func counts(of row: Int) -> (observed: [Int], population: [Int]) {
    let areas = row < areaCount ? [row] : Array(0..<areaCount)
    func sum(_ counts: [[Int]]) -> [Int] {
      (0..<strataCount).map { stratum in areas.reduce(0) { $0 + counts[$1][stratum] } }
    }
    return (sum(observed), sum(population))
  }

  /// What rates are made with.
  var reading: RateReading {
    RateReading(
      standard ?? counts(of: areaCount).population.map(Double.init),
      bandCount: bandCount,
      per: Double(Self.per),
      mostEvents: counts(of: areaCount).observed.reduce(0, +)
    )
  }

  // MARK: Tables

  private func table(
    named name: String,
    _ persons: [Person],
    byStrata: Bool,
    hasPart: Bool
  ) -> CellTable {
    var cells: [[Int32]: [Person]] = [:]
    for person in persons {
      let strata = byStrata ? [Int32(person.stratum / 2), Int32(person.stratum % 2)] : []
      cells[[Int32(person.area)] + strata, default: []].append(person)
      cells[[Int32.max] + strata, default: []].append(person)
    }
    let places = cells.keys.sorted { $0.lexicographicallyPrecedes($1) }
    let all = places.map { cells[$0] ?? [] }
    func sets(_ groups: [[Person]]) -> [SetKey] {
      groups.map { $0.reduce(SetKey.empty) { $0 &+ $1.key } }
    }
    func counts(_ groups: [[Person]]) -> [Int64] { groups.map { Int64($0.count) } }
    func sums(_ groups: [[Person]]) -> [UInt64] {
      guard let minimum else { return [] }
      let terms = PowerSums.termCount(minimum: minimum)
      return groups.flatMap { group in
        var sums = [UInt64](repeating: 0, count: terms)
        for person in group {
          PowerSums.add(1, of: person.key, to: &sums, at: 0, termCount: terms)
        }
        return sums
      }
    }
    var figures: [CellTable.Figure] = []
    if !byStrata || !hasPart {
      figures.append(
        CellTable.Figure(
          name: Self.residents,
          kind: .count,
          unit: .number,
          values: counts(all),
          sets: sets(all),
          powerSums: sums(all),
          identity: "count"
        )
      )
    }
    if hasPart {
      let part = all.map { $0.filter(\.isCounted) }
      figures.append(
        CellTable.Figure(
          name: Self.part,
          kind: .part,
          unit: .number,
          values: counts(part),
          contributors: counts(part),
          sets: sets(part),
          powerSums: sums(part),
          identity: "count where admitted"
        )
      )
    }
    let labels = [
      (0..<areaCount).map { "BU7701010\($0 + 1)" }, (0..<bandCount).map { "band\($0)" },
      ["men", "women"],
    ]
    return CellTable(
      name: name,
      dimensions: ["neighbourhood", "age_band", "sex"].prefix(byStrata ? 3 : 1).enumerated()
        .map { place, name in
          CellTable.Dimension(
            name: name,
            labels: labels[place],
            codes: places.map { $0[place] == .max ? CellTable.total : $0[place] }
          )
        },
      figures: figures,
      persons: counts(all),
      sets: sets(all),
      powerSums: sums(all)
    )
  }

  /// The table with a rate and a ratio.
  private func standardised(_ table: CellTable) -> CellTable {
    let region = counts(of: areaCount)
    let rows = (0..<rowCount).map { counts(of: $0) }
    let made = rows.map { reading.exact($0.observed, $0.population) }
    func strata(_ method: StrataFigure.Method) -> StrataFigure {
      StrataFigure(
        pieces: "strata",
        strata: ["age_band", "sex"],
        observed: Self.part,
        population: nil,
        method: method
      )
    }
    let ofStrata = (0..<strataCount).compactMap { stratum -> StrataFigure.Standard? in
      // Of the region's persons a stratum of nobody is none.
      standard == nil && region.population[stratum] == 0
        ? nil
        : StrataFigure.Standard(
          labels: ["band\(stratum / 2)", stratum % 2 == 0 ? "men" : "women"],
          group: stratum % 2,
          band: stratum / 2,
          weight: standard?[stratum]
        )
    }
    return CellTable(
      name: table.name,
      dimensions: table.dimensions,
      figures: table.figures + [
        CellTable.Figure(
          name: Self.rate,
          kind: .fitted(of: [1, 0]),
          unit: .millionths,
          values: made.map { $0.map { Int64($0.value) } ?? missingInteger },
          marks: zip(rows, made).map { row, made in
            guard let made else { return row.observed.reduce(0, +) < 10 ? .few : .none }
            return made.isPooled ? .pooled : .none
          },
          companions: [
            CellTable.Companion(
              suffix: "_lower",
              unit: .millionths,
              values: made.map { $0.map { Int64($0.lower) } ?? missingInteger }
            ),
            CellTable.Companion(
              suffix: "_upper",
              unit: .millionths,
              values: made.map { $0.map { Int64($0.upper) } ?? missingInteger }
            ),
          ],
          standardisation: strata(.direct(per: Self.per, ofStrata))
        ),
        CellTable.Figure(
          name: Self.ratio,
          kind: .ratio(
            of: 1,
            expected: rows.map { RateReading.expected($0.population, region) },
            .persons
          ),
          unit: .millionths,
          values: [],
          standardisation: strata(.indirect)
        ),
      ],
      persons: table.persons,
      sets: table.sets,
      powerSums: table.powerSums
    )
  }
}
