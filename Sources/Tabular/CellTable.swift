/// A population table before protection: one row a cell.
///
/// Cells are sorted by their labels, dimension by dimension, as UTF-8 bytes; a total comes after
/// the labels it adds up. A cell stands here when at least one person (or row) is in it.
package struct CellTable: Sendable {
  /// One cut of the table, as `neighbourhood`.
  package struct Dimension: Sendable {
    package let name: String
    /// Distinct, in byte order.
    package let labels: [String]
    /// One a cell: a row number of `labels`, or `CellTable.total`.
    package let codes: [Int32]
    /// It cuts rows: a person can be in several of its cells.
    package let isOfRows: Bool

    package init(name: String, labels: [String], codes: [Int32], isOfRows: Bool = false) {
      self.name = name
      self.labels = labels
      self.codes = codes
      self.isOfRows = isOfRows
    }
  }

  /// One figure, for every cell.
  package struct Figure: Sendable {
    /// How the values of cells become that of their total.
    package enum Adding: Sendable, Equatable {
      /// They add up.
      case values
      /// These add up, one a cell, of which so many make a stored one: values are rounded.
      case exact([Int64], perStored: Double)
      /// They do not.
      case never
    }

    /// Whom a figure is about.
    package enum Kind: Sendable, Equatable {
      /// All persons of the cell.
      case count
      /// Some persons of the cell: those who are not counted are a cell too.
      case part
      /// Persons of whom some may stand in other cells. One a cell: the least group of persons whose
      /// size would follow from it; 0 for none.
      case group(least: [Int64])
      /// A sum of numbers.
      case sum
      /// The mean of numbers: the values are their sum, `known` the persons of whom there is one.
      case mean(known: [Int64], Spread)
      /// The values lie between the numbers of single persons, in ten-thousandths; `missingInteger`
      /// where there are none. The contributors are those on the side of fewer persons, `known` the
      /// persons of whom there is a number.
      case quantile(known: [Int64])
      /// A figure of the table for so many of another, by their places; it has no values yet.
      case quotient(of: Int, per: Int64, by: Int, Spread)
      /// A figure of the table, by its place, for the number that is expected of each cell; it has no
      /// values yet.
      case ratio(of: Int, expected: [Double], Spread)
      /// What is told of the cell and not of its persons: an expectation, a weight, a path.
      case open
      /// What was computed of persons or of other cells; shown only where those figures, by their
      /// places, are shown.
      case fitted(of: [Int])
    }

    /// What the limits of a figure are made of.
    package enum Spread: Sendable, Equatable {
      /// It has no limits.
      case unknown
      /// Persons of persons.
      case share
      /// Persons, each counted once.
      case persons
      /// Events, of which a person can have several: one a cell, Σ f²·N_f over the N_f persons with
      /// exactly f of them.
      case events([Double])
      /// The standard deviation of the persons' numbers, in the stored unit; not a number where there
      /// is none. One a cell.
      case deviations([Double])
    }

    /// What is known of a value before protection.
    package enum Mark: UInt8, Sendable {
      case none
      /// Too few events, areas or persons for a number to mean anything.
      case few
      /// A stratum of nobody was joined with its neighbour.
      case pooled
      /// Of everyone in the extract, whenever they lived here.
      case snapshot
      /// Made of an earlier delivery.
      case stale
    }
    package let name: String
    package let kind: Kind
    package let unit: FigureUnit
    /// One a cell; `missingInteger` where there is none.
    package let values: [Int64]
    /// One a cell: the distinct persons who contribute to the value; 0 when nobody does.
    package let contributors: [Int64]
    /// For `text`: distinct, in any order.
    package let texts: [String]
    /// One a cell; empty where no cell has one.
    package let marks: [Mark]
    /// What stands beside it, as limits; shown where the figure is.
    package let companions: [Companion]
    /// One a cell: the persons behind the value; empty where nobody asked.
    ///
    /// Of a part those who are counted, of a sum those who bring something, of a mean those of whom
    /// there is a number; where rows are cut, all who have one in the cell.
    package let sets: [SetKey]
    /// Cell by cell, the same number of terms each: `PowerSums` of what persons bring; empty where
    /// nobody asked.
    package let powerSums: [UInt64]
    /// What the persons who bring most bring, as magnitudes in the unit of the value.
    ///
    /// `largest[rank][cell]`, the largest first, 0 where there are fewer persons. Empty of what is
    /// no sum of numbers, and where nobody asked.
    package let largest: [[Int64]]
    /// Some person brings less than nothing; false where nobody asked.
    package let hasCredits: Bool
    package let adding: Adding
    /// What single providers bring; nil where rows tell of none, or nobody asked.
    package internal(set) var providers: ProviderShares? = nil
    /// Its persons are told to be alike in what says something about health or support.
    package internal(set) var isSensitive = false
    /// Where nobody is counted, that may be because nobody can be: everyone knows it.
    package internal(set) var hasKnownZeros = false
    /// The counts of strata that it follows from; nil of what follows from none.
    package internal(set) var standardisation: StrataFigure? = nil
    /// What is measured, the same text in any table: `count where (age >= 18)`; empty of what is no
    /// measure.
    package let identity: String

    package init(
      name: String,
      kind: Kind,
      unit: FigureUnit,
      values: [Int64],
      contributors: [Int64] = [],
      texts: [String] = [],
      marks: [Mark] = [],
      companions: [Companion] = [],
      sets: [SetKey] = [],
      powerSums: [UInt64] = [],
      largest: [[Int64]] = [],
      hasCredits: Bool = false,
      identity: String = "",
      adding: Adding = .values,
      standardisation: StrataFigure? = nil
    ) {
      self.name = name
      self.kind = kind
      self.unit = unit
      self.values = values
      self.contributors = contributors
      self.texts = texts
      self.marks = marks
      self.companions = companions
      self.sets = sets
      self.powerSums = powerSums
      self.largest = largest
      self.hasCredits = hasCredits
      self.identity = identity
      self.adding = adding
      self.standardisation = standardisation
    }
  }

  /// Numbers that stand beside a figure, under its name and a suffix: `rate_lower`.
  package struct Companion: Sendable {
    /// As `_lower`.
    package let suffix: String
    package let unit: FigureUnit
    /// One a cell; `missingInteger` where there is none.
    package let values: [Int64]

    package init(suffix: String, unit: FigureUnit, values: [Int64]) {
      self.suffix = suffix
      self.unit = unit
      self.values = values
    }

    /// The persons behind a sum, as `_n`.
    package static func persons(_ counts: [Int64]) -> Companion {
      Companion(suffix: "_n", unit: .number, values: counts)
    }
  }

  /// The code of a cell that adds up all labels of a dimension.
  package static let total: Int32 = -1

  package let name: String
  package let dimensions: [Dimension]
  package internal(set) var figures: [Figure]
  /// One a cell: distinct persons.
  package let persons: [Int64]
  /// One a cell: all its persons; empty where nobody asked.
  package let sets: [SetKey]
  /// Cell by cell: `PowerSums` of its persons; empty where nobody asked.
  package let powerSums: [UInt64]
  package let scope: Scope
  /// The days that its rows and persons are of, since 1970: numbers of the same time are compared.
  package let days: ClosedRange<Int32>

  package init(
    name: String,
    dimensions: [Dimension],
    figures: [Figure],
    persons: [Int64],
    sets: [SetKey] = [],
    powerSums: [UInt64] = [],
    scope: Scope = .population,
    days: ClosedRange<Int32> = .min ... .max
  ) {
    self.name = name
    self.dimensions = dimensions
    self.figures = figures
    self.persons = persons
    self.sets = sets
    self.powerSums = powerSums
    self.scope = scope
    self.days = days
  }

  /// Whom a table counts, and how its numbers hang together with those of other tables.
  package enum Scope: Sendable, Hashable {
    /// All persons of the population, in the period of the run.
    case population
    /// Others, as the words say: those with rows of a source.
    case those(String)
    /// As the words say, empty for the population; and dimensions of a name are not those of other
    /// tables.
    case apart(String)
    /// Its numbers do not add up, or are of persons whom no other table counts: it is looked at by
    /// itself.
    case alone
  }

  /// The same table, of that scope.
  package func counting(_ scope: Scope) -> CellTable { with(scope: scope) }

  /// The same table, of rows and persons of those days.
  package func of(_ days: ClosedRange<Int32>) -> CellTable { with(days: days) }

  /// The same numbers, with what is given in the place of its own.
  func with(
    dimensions: [Dimension]? = nil,
    scope: Scope? = nil,
    days: ClosedRange<Int32>? = nil
  ) -> CellTable {
    CellTable(
      name: name,
      dimensions: dimensions ?? self.dimensions,
      figures: figures,
      persons: persons,
      sets: sets,
      powerSums: powerSums,
      scope: scope ?? self.scope,
      days: days ?? self.days
    )
  }

  package var cellCount: Int { persons.count }
}

/// What a missing value is called as a label.
package let unknownLabel = "unknown"
