/// A step that makes tables coarser, taken where they cannot be protected as they are.
package struct Recoding: Sendable, Hashable {
  /// What becomes of a dimension.
  package enum Change: Sendable, Hashable {
    /// A band of fewer cut points; each is one of the band before.
    case cuts([Int64])
    /// Its labels go, and the total stays.
    case total
    /// A level of areas goes to a coarser one.
    case level(String)
  }

  /// As tables show it.
  package let dimension: String
  package let change: Change

  package init(_ dimension: String, _ change: Change) {
    self.dimension = dimension
    self.change = change
  }

  /// As the file says it: `age_band: 0 18 65`.
  package var text: String {
    switch change {
    case .cuts(let cuts): "\(dimension): \(cuts.map { "\($0)" }.joined(separator: " "))"
    case .total: "\(dimension): total"
    case .level(let level): "\(dimension): \(level)"
    }
  }
}

extension TableDefinition {
  /// Whether steps of recoding change it: its cells are cut by `by` alone.
  package var isRecoded: Bool {
    switch content {
    case .measures, .lenses, .value: true
    case .segmentsReport, .hotSpots, .strata, .progress, .benchmark, .savings: false
    }
  }
}

extension AggregateStage {
  /// The stage after the next step of `protect.recode`, which stays taken.
  ///
  /// - Returns: the stage itself where no step is left.
  package var recoded: AggregateStage {
    guard let step = protect.recode.first else { return self }
    var stage = self
    stage.protect.recode.removeFirst()
    stage.protect.recoded.append(step)
    switch step.change {
    case .total:
      for place in stage.tables.indices where isCut(stage.tables[place], by: step) {
        stage.tables[place].total(printedNames.own(step.dimension, in: stage.tables[place].by))
      }
    case .level(let level):
      stage.coarserLevels.append(AreaStep(finer: step.dimension, coarser: level))
      for place in stage.tables.indices where isCut(stage.tables[place], by: step) {
        stage.tables[place].replace(step.dimension, with: level)
      }
    case .cuts(let cuts):
      guard let place = persons.firstIndex(where: { $0.name == step.dimension }),
        case .band(let number, _) = persons[place].expression.expression
      else { return stage }
      // No file can have such a name; tables are shown under the old one.
      let name = step.text
      stage.persons.insert(
        DerivedColumn(
          name: name,
          expression: TypedExpression(.band(number, cuts), type: .text)
        ),
        at: place + 1
      )
      for place in stage.tables.indices where isCut(stage.tables[place], by: step) {
        let own = printedNames.own(step.dimension, in: stage.tables[place].by)
        stage.tables[place].replace(own, with: name)
      }
      stage.printedNames[name] = step.dimension
    }
    return stage
  }

  private func isCut(_ table: TableDefinition, by step: Recoding) -> Bool {
    table.isRecoded && table.by.contains { (printedNames[$0] ?? $0) == step.dimension }
  }

  /// Dimensions of a table as it shows them.
  func printed(_ names: [String]) -> [String] { names.map { printedNames[$0] ?? $0 } }
}

/// A level of areas that persons get from a finer one.
package struct AreaStep: Sendable, Hashable {
  package let finer: String
  package let coarser: String
}

extension TableDefinition {
  /// The same table with the total of a dimension alone.
  fileprivate mutating func total(_ dimension: String) {
    if !totals.contains(dimension) { totals.append(dimension) }
    onlyTotals.insert(dimension)
  }

  /// The same table with another dimension in the place of one, or without it where it is there.
  fileprivate mutating func replace(_ old: String, with new: String) {
    func replaced(_ names: [String]) -> [String] {
      names.contains(new) ? names.filter { $0 != old } : names.map { $0 == old ? new : $0 }
    }
    by = replaced(by)
    totals = replaced(totals)
    nests = nests.map(replaced).filter { $0.count > 1 }
  }
}

extension [String: String] {
  /// The name among these that is shown as that.
  fileprivate func own(_ printed: String, in names: [String]) -> String {
    names.first { (self[$0] ?? $0) == printed } ?? printed
  }
}
