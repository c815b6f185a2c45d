import Foundation
import PipelineFile
import Tabular

@testable import Linkage

/// Joins records to persons by comparing every pair, in `Double`.
///
/// What agreement is worth is taken from a report; all else is done anew, without codes, batches or blocks.
struct PlainDeduplicator {
  let records: [MadeUpPeople.Person]
  let filters: [String: FieldFilters]
  let report: ProbabilisticReport
  let accept: Double

  private func value(_ column: String, _ record: Int) -> Int {
    let person = records[record]
    return switch column {
    case "surname": person.surname * 100 + person.surnameErrors
    case "first_names": person.firstName * 100 + person.firstNameErrors
    case "birth_date": person.birthDay
    case "birth_date_year": person.birthDay / 365
    case "postcode": person.postcode
    default: person.sex
    }
  }

  private func agree(_ column: String, _ one: Int, _ other: Int) -> Bool {
    value(column, one) == value(column, other)
  }

  private func dice(_ column: String, _ one: Int, _ other: Int) -> Double {
    guard let filters = filters[column] else { return 0 }
    let first = filters.filter(Int(filters.numbers[one]))
    let second = filters.filter(Int(filters.numbers[other]))
    let shared = zip(first, second).reduce(0) { $0 + ($1.0 & $1.1).nonzeroBitCount }
    let all = (first + second).reduce(0) { $0 + $1.nonzeroBitCount }
    return 2 * Double(shared) / Double(all)
  }

  private func level(_ comparison: Comparison, _ one: Int, _ other: Int) -> Int {
    comparison.levels.firstIndex { level in
      switch level {
      case .exact: agree(comparison.column, one, other)
      case .dice(let hundredths): dice(comparison.column, one, other) >= Double(hundredths) / 100
      case .part(let column): agree(column, one, other)
      }
    } ?? comparison.levels.count
  }

  /// log₂ of m/u of a pair.
  func weight(_ one: Int, _ other: Int) -> Double {
    let levels = report.columns.map { level($0.comparison, one, other) }
    let names = report.columns.map(\.comparison.column)
    let joint = report.joints.sorted { $0.columns.count > $1.columns.count }.first { joint in
      joint.columns.allSatisfy { name in levels[names.firstIndex(of: name) ?? 0] == 0 }
    }
    var weight = -(joint?.bits ?? 0)
    for (column, level) in zip(report.columns, levels) {
      weight += log2(column.m[level] / column.u[level])
      let name = column.comparison.column
      guard column.comparison.usesFrequency, level == 0, joint?.columns.contains(name) != true
      else { continue }
      let count = records.indices.count { agree(name, $0, one) }
      weight += log2(column.u[0] / (Double(count) / Double(records.count)))
    }
    let others = report.relatives.reduce(0.0) { sum, kin in
      sum
        + zip(zip(report.columns, kin.levels), levels).reduce(kin.share) { product, level in
          product * level.0.1[level.1] / level.0.0.m[level.1]
        }
    }
    return others > 0 ? min(weight, -log2(others)) : weight
  }

  /// The totals of all pairs, and which of them a rule makes.
  func totals(_ blocks: [BlockingRule], prior: Double) -> (totals: [[Double]], blocked: [[Bool]]) {
    let all = records.indices
    var totals = all.map { _ in all.map { _ in 0.0 } }
    var blocked = all.map { _ in all.map { _ in false } }
    for one in all {
      for other in all where other > one {
        let total = weight(one, other) + prior
        totals[one][other] = total
        totals[other][one] = total
        blocked[one][other] = blocks.contains { $0.columns.allSatisfy { agree($0, one, other) } }
      }
    }
    return (totals, blocked)
  }

  /// Clusters of records: pairs best first, joined while the mean total is not below 0.
  static func clusters(
    _ totals: [[Double]],
    pairs: [(one: Int, other: Int)]
  ) -> [Set<Int>] {
    var clusters = totals.indices.map { Set([$0]) }
    for (one, other) in pairs.sorted(by: { totals[$0.one][$0.other] > totals[$1.one][$1.other] }) {
      guard let first = clusters.first(where: { $0.contains(one) }), !first.contains(other),
        let second = clusters.first(where: { $0.contains(other) }),
        first.count + second.count <= 20
      else { continue }
      let sum = first.reduce(0.0) { sum, left in
        second.reduce(sum) { $0 + totals[left][$1] }
      }
      if sum >= 0 {
        clusters.removeAll { $0 == first || $0 == second }
        clusters.append(first.union(second))
      }
    }
    return clusters
  }
}
