import Glibc
import Tabular

/// Made-up persons of neighbourhoods, districts and municipalities, counted by age and sex.
struct MadeUpAreas {
  let neighbourhoodCount: Int
  let neighbourhoodsInDistrict: Int
  let districtsInMunicipality: Int
  let ageCount: Int
  let personCount: Int
  /// The standard deviation of the logarithm of how many live in a neighbourhood.
  let spread: Double

  /// One table a level of areas, with totals over age and sex: no number stands in two of them.
  func tables() -> [CellTable] {
    var random = SplitMix64(seed: 7)
    let districtCount =
      (neighbourhoodCount + neighbourhoodsInDistrict - 1) / neighbourhoodsInDistrict
    let areas = cumulative((0..<neighbourhoodCount).map { _ in exp(spread * normal(&random)) })
    // Fewer are old than young.
    let ages = cumulative((0..<ageCount).map { $0 * 3 < ageCount * 2 ? 1 : 0.4 })
    let municipalityCount = (districtCount + districtsInMunicipality - 1) / districtsInMunicipality
    let areaCounts = [neighbourhoodCount, districtCount, municipalityCount]
    let perArea = (ageCount + 1) * 3
    var counts = areaCounts.map { [Int64](repeating: 0, count: $0 * perArea) }
    var sets = areaCounts.map { [SetKey](repeating: .empty, count: $0 * perArea) }
    for _ in 0..<personCount {
      let key = SetKey(
        name: UInt128(random.next()) << 64 | UInt128(random.next()),
        countDraw: 0,
        sumDraw: 0
      )
      let neighbourhood = draw(areas, &random)
      let (age, sex) = (draw(ages, &random), Int.random(in: 0..<2, using: &random))
      let district = neighbourhood / neighbourhoodsInDistrict
      let places = [neighbourhood, district, district / districtsInMunicipality]
      for (level, area) in places.enumerated() {
        for age in [age, ageCount] {
          for sex in [sex, 2] {
            let cell = area * perArea + age * 3 + sex
            counts[level][cell] += 1
            sets[level][cell] = sets[level][cell] &+ key
          }
        }
      }
    }
    let municipality = { (number: Int) in padded(7700 + number, 4) }
    let district = { (number: Int) in
      municipality(number / districtsInMunicipality) + padded(number % districtsInMunicipality, 2)
    }
    return [
      table("neighbourhood", counts[0], sets[0]) {
        "BU" + district($0 / neighbourhoodsInDistrict) + padded($0 % neighbourhoodsInDistrict, 2)
      },
      table("district", counts[1], sets[1]) { "WK" + district($0) },
      table("municipality", counts[2], sets[2]) { "GM" + municipality($0) },
    ]
  }

  private func table(
    _ name: String,
    _ counts: [Int64],
    _ sets: [SetKey],
    _ label: (Int) -> String
  ) -> CellTable {
    let perArea = (ageCount + 1) * 3
    let present = counts.indices.filter { counts[$0] > 0 }
    func code(_ number: Int, of count: Int) -> Int32 {
      number == count ? CellTable.total : Int32(number)
    }
    let persons = present.map { counts[$0] }
    let own = present.map { sets[$0] }
    return CellTable(
      name: name,
      dimensions: [
        CellTable.Dimension(
          name: name,
          labels: (0..<counts.count / perArea).map(label),
          codes: present.map { Int32($0 / perArea) }
        ),
        CellTable.Dimension(
          name: "age",
          labels: (0..<ageCount).map { "age " + padded($0, 2) },
          codes: present.map { code($0 % perArea / 3, of: ageCount) }
        ),
        CellTable.Dimension(
          name: "sex",
          labels: ["M", "V"],
          codes: present.map { code($0 % 3, of: 2) }
        ),
      ],
      figures: [
        CellTable.Figure(
          name: "residents",
          kind: .count,
          unit: .number,
          values: persons,
          sets: own,
          identity: "count"
        )
      ],
      persons: persons,
      sets: own
    )
  }

  private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private func cumulative(_ weights: [Double]) -> [Double] {
    var sum = 0.0
    return weights.map { weight in
      sum += weight
      return sum
    }
  }

  private func draw(_ cumulative: [Double], _ random: inout SplitMix64) -> Int {
    let point = Double.random(in: 0..<(cumulative.last ?? 1), using: &random)
    var (low, high) = (0, cumulative.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] > point { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private func normal(_ random: inout SplitMix64) -> Double {
    let (first, second) = (
      Double.random(in: 1e-12..<1, using: &random), Double.random(in: 0..<1, using: &random)
    )
    return sqrt(-2 * log(first)) * cos(2 * .pi * second)
  }
}
