import Tabular

/// Numbers of a table that may have to be hidden: persons, some of them, or a sum over them.
struct Quantity: Sendable {
  /// What is measured; the same in every table that measures it.
  let identity: String
  /// The name of its figure.
  private(set) var name = ""
  let kind: Kind
  /// One a cell.
  let values: [Int64]
  /// One a cell: the distinct persons behind the value.
  let contributors: [Int64]
  /// One a cell; empty where nobody asked.
  let sets: [SetKey]
  /// Cell by cell; empty where nobody asked.
  let powerSums: [UInt64]
  /// By rank, one a cell: the largest contributions of single persons.
  let largest: [[Int64]]
  let hasCredits: Bool
  /// What single providers bring; nil where nobody can tell, or nobody asked.
  private(set) var providers: ProviderShares? = nil
  let isPrinted: Bool
  /// Its persons are told to be alike in what says something about health or support.
  private(set) var isSensitive = false
  /// Those whom it leaves out are a group like those whom it counts.
  private(set) var tellsRest = false
  /// That nobody is behind it says something about persons.
  private(set) var tellsZero = true

  /// Whose number it is.
  enum Kind: Sendable {
    /// All persons that the table counts.
    case persons
    /// Some of them: the others are a number too.
    case part
    /// A sum; it adds up over rows as well.
    case sum
  }

  /// Where a quantity stands in its table.
  enum Place: Hashable, Sendable {
    case persons
    /// The values of a figure; of a mean its sum.
    case value(figure: Int)
    /// The persons behind a figure.
    case behind(figure: Int)
    /// Numbers beside a figure.
    case companion(figure: Int, Int)
  }

  private init(
    _ identity: String,
    _ kind: Kind,
    _ values: [Int64],
    contributors: [Int64]? = nil,
    sets: [SetKey] = [],
    powerSums: [UInt64] = [],
    largest: [[Int64]] = [],
    hasCredits: Bool = false,
    isPrinted: Bool = true
  ) {
    self.identity = identity
    self.kind = kind
    self.values = values
    self.contributors = contributors ?? values
    self.sets = sets
    self.powerSums = powerSums
    self.largest = largest
    self.hasCredits = hasCredits
    self.isPrinted = isPrinted
  }

  /// The power sums of a cell; empty where they are not known.
  func powerSums(of cell: Int) -> [UInt64] {
    guard !powerSums.isEmpty, !values.isEmpty else { return [] }
    let count = powerSums.count / values.count
    return Array(powerSums[cell * count..<(cell + 1) * count])
  }

  /// The quantities of a table, each once.
  static func quantities(of table: CellTable) -> [(place: Place, quantity: Quantity)] {
    let counted: String
    switch table.scope {
    case .population: counted = ""
    case .those(let words), .apart(let words): counted = words
    case .alone: return []
    }
    let all = "persons \(counted)"
    let isCountPrinted = table.figures.contains { $0.kind == .count }
    var found: [(place: Place, quantity: Quantity)] = [
      (
        .persons,
        Quantity(
          all,
          .persons,
          table.persons,
          sets: table.sets,
          powerSums: table.powerSums,
          isPrinted: isCountPrinted
        )
      )
    ]
    // What is summed does not depend on who is counted, but on when.
    let period = if case .apart(let words) = table.scope { words } else { "" }
    for (number, figure) in table.figures.enumerated() {
      // A figure without a name of its own is like no other.
      let identity =
        (figure.identity.isEmpty ? "\(table.name).\(figure.name)" : figure.identity)
        + period
      let sumIdentity = identity.hasPrefix("mean ") ? "sum" + identity.dropFirst(4) : identity
      switch figure.kind {
      case .part:
        found.append(
          (
            .value(figure: number),
            Quantity(
              identity,
              .part,
              figure.values,
              sets: figure.sets,
              powerSums: figure.powerSums
            )
          )
        )
        for (place, companion) in figure.companions.enumerated() {
          found.append(
            (
              .companion(figure: number, place),
              Quantity("\(companion.suffix) of \(identity)", .part, companion.values)
            )
          )
        }
      case .sum:
        if figure.adding != .never {
          found.append(
            (.value(figure: number), sum(figure, sumIdentity, contributors: figure.contributors))
          )
        }
        for (place, companion) in figure.companions.enumerated() {
          found.append(
            (
              .companion(figure: number, place),
              Quantity(
                "\(companion.suffix) of \(identity)",
                .part,
                companion.values,
                sets: companion.suffix == "_n" ? figure.sets : []
              )
            )
          )
        }
      case .mean(let known, _):
        found.append(
          (.value(figure: number), sum(figure, sumIdentity, contributors: figure.contributors))
        )
        found.append(
          (
            .behind(figure: number),
            Quantity("known \(identity)", .part, known, sets: figure.sets)
          )
        )
      case .quantile(let known):
        found.append(
          (
            .behind(figure: number),
            Quantity(
              "known \(identity)",
              .part,
              known,
              sets: figure.sets,
              powerSums: figure.powerSums
            )
          )
        )
      case .count, .group, .quotient, .ratio, .open, .fitted: continue
      }
    }
    for place in found.indices {
      found[place].quantity.providers = providers(of: found[place].place, in: table)
      switch found[place].place {
      case .value(let number):
        let isPart = table.figures[number].kind == .part
        found[place].quantity.name = table.figures[number].name
        found[place].quantity.isSensitive = isPart && table.figures[number].isSensitive
        let hasKnownZeros = table.figures[number].hasKnownZeros
        found[place].quantity.tellsRest = isPart && !hasKnownZeros
        found[place].quantity.tellsZero = !hasKnownZeros
      case .behind(let number):
        let suffix = CellTable.Companion.persons([]).suffix
        found[place].quantity.name = table.figures[number].name + suffix
      case .companion(let number, let beside):
        let figure = table.figures[number]
        let suffix = figure.companions[beside].suffix
        let isOfSum = suffix == CellTable.Companion.persons([]).suffix
        found[place].quantity.name = figure.name + suffix
        found[place].quantity.isSensitive = isOfSum && figure.isSensitive
        found[place].quantity.tellsZero = isOfSum && !figure.hasKnownZeros
      case .persons:
        found[place].quantity.name = table.figures.first { $0.kind == .count }?.name ?? "persons"
      }
    }
    return found
  }

  /// Of a sum what they bring, and of the persons behind it those who were with them.
  private static func providers(of place: Place, in table: CellTable) -> ProviderShares? {
    switch place {
    case .value(let figure): return table.figures[figure].providers
    case .persons: return table.figures.first { $0.kind == .count }?.providers
    case .companion(let figure, let beside):
      let isOfSum =
        table.figures[figure].companions[beside].suffix == CellTable.Companion.persons([]).suffix
      return isOfSum ? table.figures[figure].providers : nil
    case .behind: return nil
    }
  }

  /// What each provider brings to a cell, or of persons how many are with each; empty where nobody
  /// can tell.
  func parts(of cell: Int) -> [ProviderPart] {
    guard let providers else { return [] }
    return providers.range(of: cell).map { share in
      ProviderPart(
        name: providers.names[Int(providers.providers[share])],
        amount: kind == .sum ? providers.amounts[share] : providers.persons[share]
      )
    }
  }

  private static func sum(
    _ figure: CellTable.Figure,
    _ identity: String,
    contributors: [Int64]
  ) -> Quantity {
    var values = figure.values.map { $0 == missingInteger ? 0 : $0 }
    var largest = figure.largest
    if case .exact(let exact, let perStored) = figure.adding {
      values = exact
      largest = largest.map { rank in
        rank.map { $0 == 0 ? 0 : Int64((Double($0) * perStored).rounded(.up)) }
      }
    }
    return Quantity(
      identity,
      .sum,
      values,
      contributors: contributors,
      sets: figure.sets,
      powerSums: figure.powerSums,
      largest: largest,
      hasCredits: figure.hasCredits
    )
  }
}
