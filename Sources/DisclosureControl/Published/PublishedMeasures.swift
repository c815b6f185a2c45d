package import Tabular

/// What everyone may know of the numbers of a published table before reading one.
///
/// Whom it counts, what each figure is, and which of them add up. It stands in the manifest.
package struct PublishedMeasures: Sendable, Hashable {
  /// Whom the table counts, in the words of its tables of cells.
  package let scope: CellTable.Scope
  /// Dimensions that cut rows: a person can be in several of their cells.
  package let rowDimensions: [String]
  /// In the order of the table.
  package let figures: [Figure]

  /// One figure of the table.
  package struct Figure: Sendable, Hashable {
    package let name: String
    package let kind: Kind
    /// What is measured, the same text in every table; empty of what is no measure.
    package let measure: String
    /// What the stored numbers are; of a mean those of its sum.
    package let unit: FigureUnit
    /// Suffixes of the columns beside it that count persons.
    package let beside: [String]
    /// Someone may bring less than nothing.
    package let mayBeNegative: Bool
    /// Everyone knows it anyway.
    package let isOpen: Bool

    package init(
      name: String,
      kind: Kind,
      measure: String,
      unit: FigureUnit = .number,
      beside: [String] = [],
      mayBeNegative: Bool = false,
      isOpen: Bool = false
    ) {
      self.name = name
      self.kind = kind
      self.measure = measure
      self.unit = unit
      self.beside = beside
      self.mayBeNegative = mayBeNegative
      self.isOpen = isOpen
    }
  }

  /// How the numbers of a figure hang together.
  package enum Kind: String, Sendable, CaseIterable {
    /// All persons of a cell.
    case count
    /// Some of them.
    case part
    case sum
    case mean
    case quantile
    /// It does not add up, or is made of figures that are shown.
    case other
  }

  package init(scope: CellTable.Scope, rowDimensions: [String] = [], figures: [Figure]) {
    self.scope = scope
    self.rowDimensions = rowDimensions
    self.figures = figures
  }

  /// What is to be told of a table.
  ///
  /// - Parameters:
  ///   - table: as it was counted.
  ///   - open: names of measures that everyone knows.
  package init(of table: CellTable, open: Set<String>) {
    scope = table.scope
    rowDimensions = table.dimensions.filter(\.isOfRows).map(\.name)
    figures = table.figures.map { figure in
      let isSum = if case .sum = figure.kind { true } else { false }
      let kind: Kind =
        switch figure.kind {
        case .count: .count
        case .part: .part
        case .sum: figure.adding == .never ? .other : .sum
        case .mean: .mean
        case .quantile: .quantile
        case .group, .quotient, .ratio, .open, .fitted: .other
        }
      let persons = CellTable.Companion.persons([]).suffix
      let beside: [String] =
        switch kind {
        case .count, .other: isSum ? figure.companions.map(\.suffix) : []
        case .part, .sum: figure.companions.map(\.suffix)
        case .mean, .quantile: [persons]
        }
      return Figure(
        name: figure.name,
        kind: kind,
        measure: figure.identity,
        unit: figure.unit,
        beside: beside,
        mayBeNegative: figure.hasCredits,
        isOpen: open.contains(figure.name)
      )
    }
  }

  /// Of a table whose numbers are looked at by themselves.
  package static let alone = PublishedMeasures(scope: .alone, figures: [])
}

extension PublishedMeasures {
  /// As the manifest has it.
  package var json: JSONValue {
    var members: [String: JSONValue] = [:]
    switch scope {
    case .population: members["counts"] = "population"
    case .those(let words):
      members["counts"] = "those"
      members["who"] = .string(words)
    case .apart(let words):
      members["counts"] = "apart"
      members["who"] = .string(words)
    case .alone: members["counts"] = "alone"
    }
    if !rowDimensions.isEmpty { members["of_rows"] = .array(rowDimensions.map { .string($0) }) }
    if !figures.isEmpty { members["figures"] = .array(figures.map(\.json)) }
    return .object(members)
  }

  /// Reads what a manifest has; nil for what none has.
  ///
  /// - Parameter json: the member `adds` of a table.
  package init?(_ json: JSONValue) {
    let words = json["who"]?.stringValue ?? ""
    switch json["counts"]?.stringValue {
    case "population": scope = .population
    case "those": scope = .those(words)
    case "apart": scope = .apart(words)
    case "alone": scope = .alone
    default: return nil
    }
    rowDimensions = (json["of_rows"]?.arrayValue ?? []).compactMap(\.stringValue)
    let told = json["figures"]?.arrayValue ?? []
    figures = told.compactMap(Figure.init)
    guard figures.count == told.count, Set(figures.map(\.name)).count == told.count else {
      return nil
    }
  }
}

extension PublishedMeasures.Figure {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = [
      "name": .string(name), "kind": .string(kind.rawValue), "unit": .string(unit.word),
    ]
    if !measure.isEmpty { members["measure"] = .string(measure) }
    if !beside.isEmpty { members["persons"] = .array(beside.map { .string(name + $0) }) }
    if mayBeNegative { members["may_be_negative"] = true }
    if isOpen { members["open"] = true }
    return .object(members)
  }

  fileprivate init?(_ json: JSONValue) {
    guard let name = json["name"]?.stringValue,
      let kind = json["kind"]?.stringValue.flatMap(PublishedMeasures.Kind.init),
      let unit = json["unit"]?.stringValue.flatMap(FigureUnit.init(word:))
    else { return nil }
    self.init(
      name: name,
      kind: kind,
      measure: json["measure"]?.stringValue ?? "",
      unit: unit,
      beside: (json["persons"]?.arrayValue ?? []).compactMap(\.stringValue).compactMap { column in
        column.hasPrefix(name) ? String(column.dropFirst(name.count)) : nil
      },
      mayBeNegative: json["may_be_negative"] == true,
      isOpen: json["open"] == true
    )
  }
}

extension FigureUnit {
  /// As the manifest names it.
  fileprivate var word: String {
    switch self {
    case .number: "number"
    case .cents: "cents"
    case .tenThousandths: "ten-thousandths"
    case .millionths: "millionths"
    case .text: "text"
    }
  }

  fileprivate init?(word: String) {
    let known: [FigureUnit] = [.number, .cents, .tenThousandths, .millionths, .text]
    guard let unit = known.first(where: { $0.word == word }) else { return nil }
    self = unit
  }
}
