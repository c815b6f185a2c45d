package import Tabular

/// A published table as someone reads it who has nothing else: labels, figures and marks.
package struct OutsiderTable: Sendable {
  /// One column of numbers.
  package struct Column: Sendable {
    package let name: String
    /// One a cell, in stored units; `missingInteger` where nothing stands.
    package let values: [Int64]
    /// One a cell, or none where the table has no marks.
    package let marks: [CellMark]
    /// How many of its numbers make one: a power of ten.
    package let perOne: Int64

    package init(name: String, values: [Int64], marks: [CellMark], perOne: Int64 = 1) {
      self.name = name
      self.values = values
      self.marks = marks
      self.perOne = perOne
    }
  }

  /// What is read of one number.
  enum Reading: Sendable, Hashable {
    case exactly(Int64)
    case within(KnownRange)
    /// The mark says so, or the field is empty.
    case hidden
    /// The number of an earlier release stands there; nil where that tells nothing of it.
    case held(Int64?)

    /// What is known before any equation.
    func range(mayBeNegative: Bool) -> KnownRange {
      let floor: Int64? = mayBeNegative ? nil : 0
      switch self {
      case .exactly(let value): return .exactly(value)
      case .within(let range):
        return KnownRange(
          lower: mayBeNegative ? range.lower : max(0, range.lower ?? 0),
          upper: range.upper
        )
      case .hidden, .held: return KnownRange(lower: floor, upper: nil)
      }
    }
  }

  /// Its cells, with figures of their kinds; all numbers in it are 0.
  let shape: CellTable
  /// By place, one a cell.
  let readings: [Quantity.Place: [Reading]]
  /// What its ratios tell.
  let ratios: OutsiderRatios
  /// Measures that everyone knows anyway.
  let open: Set<String>
  /// Whether nobody told what its figures are.
  let isGuessed: Bool
  /// Tables of several releases are looked at together.
  private(set) var release = 0

  /// Whether anything in it may add up.
  package var hasNumbers: Bool { !readings.isEmpty }

  /// Takes a table for what a manifest says of it.
  ///
  /// - Parameters:
  ///   - name: of the table.
  ///   - dimensions: one code a cell each.
  ///   - columns: the others.
  ///   - measures: what the manifest tells; nil: every column of whole numbers may add up.
  ///   - protection: what was done to its numbers.
  package init(
    name: String,
    dimensions: [CellTable.Dimension],
    columns: [Column],
    measures: PublishedMeasures?,
    _ protection: PublishedProtection
  ) {
    isGuessed = measures == nil
    let measures = measures ?? Self.guess(columns)
    let cellCount = dimensions.first?.codes.count ?? columns.first?.values.count ?? 0
    let zeros = [Int64](repeating: 0, count: cellCount)
    var figures: [CellTable.Figure] = []
    var readings: [Quantity.Place: [Reading]] = [:]
    var places: [String: Quantity.Place] = [:]
    var means: [OutsiderRatios.Ratio] = []
    for told in measures.figures {
      let column = columns.first { $0.name == told.name }
      let number = figures.count
      figures.append(Self.figure(told, zeros))
      guard let column, column.values.count == cellCount else { continue }
      func persons(_ suffix: String) -> [Reading]? {
        columns.first { $0.name == told.name + suffix && $0.values.count == cellCount }
          .map { Self.persons($0, column.marks, protection) }
      }
      switch told.kind {
      case .count:
        readings[.persons] = Self.persons(column, column.marks, protection)
        places[told.name] = .persons
      case .part:
        readings[.value(figure: number)] = Self.persons(column, column.marks, protection)
        places[told.name] = .value(figure: number)
      case .sum:
        readings[.value(figure: number)] = Self.sums(column, told.unit, protection)
        places[told.name] = .value(figure: number)
      case .mean:
        let known = persons(CellTable.Companion.persons([]).suffix)
        readings[.behind(figure: number)] = known
        readings[.value(figure: number)] = Self.sums(ofMeans: column, known, told.unit, protection)
        if let known { means.append(Self.means(column, known, told.unit, figure: number)) }
      case .quantile:
        readings[.behind(figure: number)] = persons(CellTable.Companion.persons([]).suffix)
      case .other: break
      }
      if told.kind == .part || told.kind == .sum {
        for (place, suffix) in told.beside.enumerated() {
          readings[.companion(figure: number, place)] = persons(suffix)
          places[told.name + suffix] = .companion(figure: number, place)
        }
      }
    }
    shape = CellTable(
      name: name,
      dimensions: dimensions.map { dimension in
        CellTable.Dimension(
          name: dimension.name,
          labels: dimension.labels,
          codes: dimension.codes,
          isOfRows: measures.rowDimensions.contains(dimension.name)
        )
      },
      figures: figures,
      persons: zeros,
      scope: measures.scope
    )
    self.readings = readings
    var ratios = OutsiderRatios(columns, places, isGuessed ? nil : measures, protection)
    for ratio in means { ratios.add(means: ratio) }
    self.ratios = ratios
    open = Set(measures.figures.filter(\.isOpen).map(\.name))
  }

  /// The same table, as one of that release: what a measure is called may mean something else in each.
  package func of(release: Int) -> OutsiderTable {
    var table = self
    table.release = release
    return table
  }

  /// Without a manifest: columns of whole numbers, each a measure of that name.
  private static func guess(_ columns: [Column]) -> PublishedMeasures {
    let suffix = CellTable.Companion.persons([]).suffix
    let names = Set(columns.map(\.name))
    let printed = PrintedColumns(
      columns,
      counts: names,
      PublishedProtection(minimum: nil, method: .unknown)
    )
    let own = zip(columns, printed.all).filter { !printed.isLimit($1) }.map(\.0).filter { column in
      column.perOne == 1
        && !(column.name.hasSuffix(suffix)
          && names.contains(String(column.name.dropLast(suffix.count))))
    }
    return PublishedMeasures(
      scope: .population,
      figures: own.map { column in
        PublishedMeasures.Figure(
          name: column.name,
          kind: .sum,
          measure: "column \(column.name)",
          beside: names.contains(column.name + suffix) ? [suffix] : [],
          mayBeNegative: column.values.contains { $0 < 0 && $0 != missingInteger }
        )
      }
    )
  }

  private static func figure(
    _ told: PublishedMeasures.Figure,
    _ zeros: [Int64]
  ) -> CellTable.Figure {
    let kind: CellTable.Figure.Kind =
      switch told.kind {
      case .count: .count
      case .part: .part
      case .sum: .sum
      case .mean: .mean(known: zeros, .unknown)
      case .quantile: .quantile(known: zeros)
      case .other: .open
      }
    let hasCompanions = told.kind == .part || told.kind == .sum
    return CellTable.Figure(
      name: told.name,
      kind: kind,
      unit: told.unit,
      values: zeros,
      companions: hasCompanions
        ? told.beside.map { CellTable.Companion(suffix: $0, unit: .number, values: zeros) } : [],
      hasCredits: told.mayBeNegative,
      identity: told.measure
    )
  }

  // MARK: Readings

  private static func persons(
    _ column: Column,
    _ marks: [CellMark],
    _ protection: PublishedProtection
  ) -> [Reading] {
    readings(column, marks) { .within(protection.range(ofCount: $0)) }
  }

  private static func sums(
    _ column: Column,
    _ unit: FigureUnit,
    _ protection: PublishedProtection
  ) -> [Reading] {
    readings(column, column.marks) { .within(protection.range(ofSum: $0, unit)) }
  }

  private static func readings(
    _ column: Column,
    _ marks: [CellMark],
    changed: (Int64) -> Reading
  ) -> [Reading] {
    column.values.indices.map { cell in
      let value = column.values[cell]
      let mark = marks.indices.contains(cell) ? marks[cell] : .none
      guard value != missingInteger else {
        // There is no such number: nothing is told of it, and nothing is hidden.
        return mark == .missing ? .within(KnownRange(lower: nil, upper: nil)) : .hidden
      }
      switch mark {
      case .hidden: return .hidden
      case .held: return .held(value)
      case .changed: return changed(value)
      case .none, .missing, .few, .pooled, .snapshot, .stale: return .exactly(value)
      }
    }
  }

  /// A mean times its persons is a sum, up to how both are rounded.
  private static func sums(
    ofMeans column: Column,
    _ known: [Reading]?,
    _ unit: FigureUnit,
    _ protection: PublishedProtection
  ) -> [Reading] {
    let scale = scale(ofMeans: unit)
    return readings(column, column.marks) { _ in .hidden }.enumerated().map { cell, reading in
      if case .held = reading { return .held(nil) }
      guard case .exactly(let mean) = reading, let known, case .exactly(let count) = known[cell]
      else { return reading == .hidden ? .hidden : .within(KnownRange(lower: nil, upper: nil)) }
      let middle = Double(mean) / Double(column.perOne) * Double(count) * scale
      let error = Double(count) * scale / Double(column.perOne) / 2 + abs(middle) * 1e-12
      guard let lower = Int64(exactly: (middle - error).rounded(.up)),
        let upper = Int64(exactly: (middle + error).rounded(.down)), lower <= upper
      else { return .within(KnownRange(lower: nil, upper: nil)) }
      return .within(KnownRange(lower: lower, upper: upper))
    }
  }

  /// Where persons are hidden a mean tells how many sums of it there are of each of them.
  private static func means(
    _ column: Column,
    _ known: [Reading],
    _ unit: FigureUnit,
    figure: Int
  ) -> OutsiderRatios.Ratio {
    let unit = scale(ofMeans: unit) / Double(column.perOne)
    let readings = readings(column, column.marks) { _ in .hidden }
    return OutsiderRatios.Ratio(
      dividend: .value(figure: figure),
      divisor: .behind(figure: figure),
      limits: readings.enumerated().map { cell, reading in
        guard case .exactly(let mean) = reading, known[cell] == .hidden else { return nil }
        let off = 0.5 * (1 + 1e-6) + abs(Double(mean)) * 1e-12
        return (Double(mean) - off) * unit...(Double(mean) + off) * unit
      }
    )
  }

  /// Means have decimals of whole units, sums of theirs are stored finer.
  private static func scale(ofMeans unit: FigureUnit) -> Double {
    Double(unit == .cents ? 1 : unit.perWhole)
  }
}
