import PipelineFile
import Tabular

extension PersonTable {
  /// Who stands behind each figure; nil where nobody asks.
  func contributors(
    _ drafts: [MeasureDraft],
    _ assembly: CellAssembly
  ) throws(PopulationTablesError) -> TableContributors? {
    if columns.keys.isEmpty { return nil }
    let everyone = self.everyone
    var measures: [CellContributors?] = []
    for (measure, draft) in zip(definition.measures, drafts) {
      measures.append(try contributors(to: measure, draft, assembly, everyone))
    }
    return TableContributors(everyone: everyone, measures: measures)
  }

  private var everyone: CellContributors {
    CellContributors(
      columns.keys.map { _ in true },
      keys: columns.keys,
      powerTerms: columns.powerTerms,
      cells
    )
  }

  private func contributors(
    to measure: Measure,
    _ draft: MeasureDraft,
    _ assembly: CellAssembly,
    _ everyone: CellContributors
  ) throws(PopulationTablesError) -> CellContributors? {
    func persons(_ truth: [Bool]) -> CellContributors {
      CellContributors(truth, keys: columns.keys, powerTerms: columns.powerTerms, cells)
    }
    func persons(with numbers: [Int64], leavesOutZeros: Bool) -> CellContributors {
      CellContributors(
        numbers: numbers,
        leavesOutZeros: leavesOutZeros,
        keys: columns.keys,
        powerTerms: columns.powerTerms,
        cells
      )
    }
    switch measure.kind {
    case .count: return everyone
    case .countWhere(let condition):
      let knowledge = try columns.knowledge(of: condition, for: measure.name)
      return persons(holding(knowledge))
    case .sum(let expression):
      let numbers = try columns.numbers(of: expression, for: measure.name).values
      return persons(with: numbers, leavesOutZeros: true)
    case .mean(let expression):
      let numbers = try columns.numbers(of: expression, for: measure.name).values
      return persons(with: numbers, leavesOutZeros: false)
    case .quantile(_, let expression):
      let numbers = try columns.numbers(of: expression, for: measure.name).values
      return persons(numbers.map { $0 != missingInteger })
    case .personYears:
      let numbers = try columns.partsOfYear(among: measure).map(PersonYears.millionths)
      return persons(with: numbers, leavesOutZeros: true)
    case .distinct:
      guard case .distinct(let codes) = draft else { return nil }
      let groups = assembly.groups(
        codes: cells.codes,
        cellCount: cells.cellCount,
        totalled: cells.codes.map { _ in false }
      )
      return CellContributors(
        sets: groups.groupOfCell.map { codes.set(of: groups.keys[Int($0)]) }
      )
    case .quotient, .standardised, .ratio, .rows, .sumColumn: return nil
    }
  }
}
