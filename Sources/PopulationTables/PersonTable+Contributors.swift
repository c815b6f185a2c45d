import PipelineFile
import Tabular

extension PersonTable {
  /// Who stands behind each figure; nil where nobody asks.
  func contributors(
    _ drafts: [MeasureDraft],
    _ assembly: CellAssembly
  ) throws(PopulationTablesError) -> TableContributors? {
    if columns.keys.isEmpty { return nil }
    var measures: [CellContributors?] = []
    for (measure, draft) in zip(definition.measures, drafts) {
      measures.append(try contributors(to: measure, draft, assembly))
    }
    return TableContributors(everyone: everyone, measures: measures)
  }

  private var everyone: CellContributors {
    CellContributors(columns.keys.map { _ in true }, keys: columns.keys, cells)
  }

  private func contributors(
    to measure: Measure,
    _ draft: MeasureDraft,
    _ assembly: CellAssembly
  ) throws(PopulationTablesError) -> CellContributors? {
    let keys = columns.keys
    switch measure.kind {
    case .count: return everyone
    case .countWhere(let condition):
      let knowledge = try columns.knowledge(of: condition, for: measure.name)
      return CellContributors(holding(knowledge), keys: keys, cells)
    case .sum(let expression):
      let numbers = try columns.numbers(of: expression, for: measure.name).values
      return CellContributors(numbers: numbers, leavesOutZeros: true, keys: keys, cells)
    case .mean(let expression):
      let numbers = try columns.numbers(of: expression, for: measure.name).values
      return CellContributors(numbers: numbers, leavesOutZeros: false, keys: keys, cells)
    case .quantile(_, let expression):
      let numbers = try columns.numbers(of: expression, for: measure.name).values
      return CellContributors(numbers.map { $0 != missingInteger }, keys: keys, cells)
    case .personYears:
      let numbers = try columns.partsOfYear(among: measure).map(PersonYears.millionths)
      return CellContributors(numbers: numbers, leavesOutZeros: true, keys: keys, cells)
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
