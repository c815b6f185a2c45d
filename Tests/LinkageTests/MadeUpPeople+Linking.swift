@testable import PipelineFile

@testable import Linkage
@_spi(Pseudonymisation) @testable import Tabular

extension MadeUpPeople {
  /// Without sex, and first names equal or not.
  static let smallModel = ProbabilisticStage(
    blocks: [["birth_date"], ["surname", "postcode"], ["first_names", "birth_date_year"]]
      .map { BlockingRule(columns: $0) },
    comparisons: [
      Comparison(column: "surname", levels: [.exact, .dice(hundredths: 70)], usesFrequency: true),
      Comparison(column: "first_names", levels: [.exact], usesFrequency: true),
      Comparison(column: "birth_date", levels: [.exact, .part(column: "birth_date_year")]),
      Comparison(column: "postcode", levels: [.exact]),
    ]
  )

  static let model = ProbabilisticStage(
    blocks: [["birth_date"], ["surname", "postcode"], ["first_names", "birth_date_year"]]
      .map { BlockingRule(columns: $0) },
    comparisons: [
      Comparison(column: "surname", levels: [.exact, .dice(hundredths: 70)], usesFrequency: true),
      Comparison(
        column: "first_names",
        levels: [.exact, .dice(hundredths: 70)],
        usesFrequency: true
      ),
      Comparison(column: "birth_date", levels: [.exact, .part(column: "birth_date_year")]),
      Comparison(column: "postcode", levels: [.exact]),
      Comparison(column: "sex", levels: [.exact]),
    ]
  )

  /// Links clients to residents, of whom each identity has two rows.
  static func linked(
    _ residents: [MadeUpPeople.Person],
    _ clients: [MadeUpPeople.Person],
    exact: [ExactPass] = [],
    model: ProbabilisticStage = model,
    assignment: Assignment = .oneToOne,
    workers: Int = 2
  ) throws -> (links: Links, report: LinkReport) {
    let (spine, spineFilters) = MadeUpPeople.side(residents)
    let (source, filters) = MadeUpPeople.side(clients)
    return try link(
      spine: ComparedSide(spine, filters: spineFilters),
      source: ComparedSide(source, filters: filters),
      rowCounts: clients.map { _ in 2 },
      by: LinkStage(
        spine: "register",
        exact: exact,
        probabilistic: model,
        assign: ["clients": assignment],
        unlinked: UnlinkedThresholds(warnAbove: nil, failAbove: nil)
      ),
      source: "clients",
      workers: workers
    )
  }
}
