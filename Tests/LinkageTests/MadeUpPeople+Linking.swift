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

  /// Links clients, of whom each identity has `rows` rows, to residents.
  static func linked(
    _ residents: [MadeUpPeople.Person],
    _ clients: [MadeUpPeople.Person],
    exact: [ExactPass] = [],
    model: ProbabilisticStage? = model,
    assignment: Assignment = .oneToOne,
    rows: Int32 = 2,
    known: LearntModel? = nil,
    workers: Int = 2,
    explaining asked: [AskedPair] = [],
    judged: [JudgedPair] = []
  ) throws -> (links: Links, report: LinkReport) {
    let (spine, spineFilters) = MadeUpPeople.side(residents)
    let (source, filters) = MadeUpPeople.side(clients)
    return try link(
      spine: ComparedSide(spine, filters: spineFilters),
      source: ComparedSide(source, filters: filters),
      rowCounts: clients.map { _ in rows },
      by: LinkStage(
        spine: "register",
        exact: exact,
        probabilistic: model,
        assign: ["clients": assignment],
        unlinked: UnlinkedThresholds(warnAbove: nil, failAbove: nil)
      ),
      source: "clients",
      known: known,
      workers: workers,
      explaining: asked,
      judged: judged
    )
  }
}
