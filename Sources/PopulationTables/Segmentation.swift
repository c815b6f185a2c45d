import PipelineFile
import Tabular

/// Who is in which segment, and what each rule came to.
struct Segmentation: Sendable {
  /// What one rule came to, in persons.
  struct Account: Sendable, Equatable {
    /// The first of whose rules holds for them.
    var size: Int64 = 0
    /// For whom the rule holds, whatever came before.
    var meets: Int64 = 0
    /// Of those, whom an earlier segment took.
    var taken: Int64 = 0
    /// Whom no earlier segment took and the rule might have, but for a missing value.
    var unknown: Int64 = 0
    /// Whom no earlier segment took.
    var reached: Int64 = 0
  }

  /// In the order of the rules.
  let names: [String]
  /// One a segment.
  let accounts: [Account]
  /// One a person: a row number of `names`.
  let codes: [Int32]

  /// Finds everyone's segment: the first whose rule holds.
  ///
  /// - Throws: `segments` when somebody is in none, and what evaluating a rule throws.
  init(_ segments: [Segment], of columns: PersonColumns) throws(PopulationTablesError) {
    names = segments.map(\.name)
    var codes = [Int32](repeating: missingCode, count: columns.count)
    var accounts: [Account] = []
    for (number, segment) in segments.enumerated() {
      let rule = segment.rule?.expression ?? .boolean(true)
      let known = try columns.evaluator(for: segment.name).knowledge(of: rule)
      let truth = spread(known.truth, over: columns.count)
      let unknown = spread(known.unknown ?? [false], over: columns.count)
      var account = Account()
      for person in codes.indices {
        let isFree = codes[person] == missingCode
        account.reached += isFree ? 1 : 0
        if truth[person] {
          account.meets += 1
          if isFree { codes[person] = Int32(number) } else { account.taken += 1 }
        } else if isFree && unknown[person] {
          account.unknown += 1
        }
      }
      accounts.append(account)
    }
    // Sizes are counted from where people are, not from the rules: that is what is proved.
    for code in codes where accounts.indices.contains(Int(code)) { accounts[Int(code)].size += 1 }
    self.codes = codes
    self.accounts = accounts
    try prove(of: Segment.column, accounts.reduce(0) { $0 + $1.size }, Int64(columns.count))
    for account in accounts {
      try prove(of: Segment.column, account.size + account.taken, account.meets)
    }
  }

  /// The column that tables are cut by.
  var vector: Vector { .codes(codes, dictionary: names) }

  /// Checks that in every area the sizes of the segments add up to the persons.
  ///
  /// - Parameters:
  ///   - names: of person columns.
  ///   - columns: of the same persons.
  /// - Returns: how many areas those are.
  /// - Throws: `segments` with the column of an area where they do not.
  func prove(
    in names: [String],
    of columns: PersonColumns
  ) throws(PopulationTablesError) -> Int {
    var areaCount = 0
    let own = LabelledCodes(vector)
    for name in names {
      let area = LabelledCodes(try columns.vector(named: name).spread(over: columns.count))
      var persons = [Int64](repeating: 0, count: area.labels.count)
      for code in area.codes { persons[Int(code)] += 1 }
      let cells = PersonCells([area, own], personCount: columns.count)
      var sizes = [Int64](repeating: 0, count: cells.cellCount)
      for cell in cells.cellOfPerson { sizes[Int(cell)] += 1 }
      var sums = [Int64](repeating: 0, count: area.labels.count)
      for cell in sizes.indices { sums[Int(cells.codes[0][cell])] += sizes[cell] }
      for (sum, count) in zip(sums, persons) { try prove(of: name, sum, count) }
      areaCount += persons.count { $0 > 0 }
    }
    return areaCount
  }

  private func prove(
    of name: String,
    _ sum: Int64,
    _ persons: Int64
  ) throws(PopulationTablesError) {
    if sum != persons { throw .segments(by: name) }
  }
}

private func spread(_ values: [Bool], over count: Int) -> [Bool] {
  values.count == 1 ? [Bool](repeating: values[0], count: count) : values
}
