/// What a region saves against a baseline, and who brings and takes of it.
package struct SavingsDefinition: Sendable {
  /// The costs of single sources, each by the name of its source.
  package let costs: [Measure]
  /// Without a gap, the earliest first; all before the period of the run.
  package let baseline: [Period]
  /// The columns of persons whose values make the strata.
  package let adjust: [String]
  /// The growth of costs that is expected anyhow, in 0...1.
  package let trend: Double
  /// Savings and losses up to this part of the baseline are shared with nobody, in 0...1.
  package let corridor: Double
  /// The part of a saving or a loss that is paid out, in 0...1.
  package let share: Double
  /// The greatest part of the baseline that is paid out, in 0...1.
  package let cap: Double
  /// Tables of progress, each with a target.
  package let quality: [TableDefinition]
  /// Who invested how much; nil where nobody did.
  package internal(set) var invested: InvestmentFile?
  /// Who pays the costs of which source; nil where nobody asks.
  package internal(set) var payers: PayerFile?

  /// The name of the person-years beside the costs; no source has such a name.
  package static let personYears = "person years"
}

extension AggregateStage {
  /// What counts one period of a table of savings; of the stage of that period.
  ///
  /// - Parameter name: of the table.
  /// - Returns: a stage with that table alone, which has the person-years and the costs of each stratum,
  ///   and what it needs; nil for another table.
  package func counting(savingsOf name: String) -> AggregateStage? {
    guard let table = tables.first(where: { $0.name == name }),
      case .savings(let savings) = table.content
    else { return nil }
    let asked = savings.costs.compactMap { $0.kind.expression?.expression }
    var stage = keepingColumns(Set(asked.flatMap(\.columnNames) + savings.adjust))
    stage.tables = [
      TableDefinition(
        name: name,
        rows: [],
        by: savings.adjust,
        totals: [],
        content: .measures(
          [Measure(name: SavingsDefinition.personYears, kind: .personYears)] + savings.costs
        ),
        place: table.place
      )
    ]
    return stage
  }

  /// The stage with its files of investments and payers as these read them.
  package func readingSavings<Fault: Error>(
    invested: (InvestmentFile) throws(Fault) -> InvestmentFile,
    payers: (PayerFile, [String]) throws(Fault) -> PayerFile
  ) throws(Fault) -> AggregateStage {
    var stage = self
    for table in tables.indices {
      guard case .savings(var savings) = tables[table].content else { continue }
      if let file = savings.invested { savings.invested = try invested(file) }
      if let file = savings.payers { savings.payers = try payers(file, savings.costs.map(\.name)) }
      stage.tables[table].content = .savings(savings)
    }
    return stage
  }
}
