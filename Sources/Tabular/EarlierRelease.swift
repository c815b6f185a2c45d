/// A release of an earlier night: what was counted for it, and what of it anyone could read.
package struct EarlierRelease: Sendable {
  /// The day on which it was made, UTC, since 1970.
  package let day: Int32
  /// Whether persons and sets of persons have the same keys as tonight: they do within a release of
  /// pseudonyms.
  package let isJoinable: Bool
  /// Of its policy.
  package let minimum: Int64
  /// Its rule of dominance, as `DisclosureControl` writes it; empty where there was none.
  package let dominance: String
  /// As they were counted.
  package let tables: [CellTable]
  /// Tables that nobody published, of what joins the others.
  package let pieces: [CellTable]
  /// By table, by number in it, by cell: whether it was shown.
  ///
  /// The numbers of a table stand in the order in which `DisclosureControl` finds them.
  package let seen: [[[Bool]]]
  /// As they were published.
  package let published: [PublishedTable]

  package init(
    day: Int32,
    isJoinable: Bool,
    minimum: Int64,
    dominance: String,
    tables: [CellTable],
    pieces: [CellTable],
    seen: [[[Bool]]],
    published: [PublishedTable]
  ) {
    self.day = day
    self.isJoinable = isJoinable
    self.minimum = minimum
    self.dominance = dominance
    self.tables = tables
    self.pieces = pieces
    self.seen = seen
    self.published = published
  }
}

/// What of a table everyone could read.
package struct PublishedTable: Sendable {
  /// One figure, for every cell.
  package struct Figure: Sendable {
    package let name: String
    /// One a cell; `missingInteger` where there was none to read.
    package let values: [Int64]
    /// One a cell: the day of the release that this value is of, UTC, since 1970.
    package let days: [Int32]
    package let companions: [CellTable.Companion]

    package init(
      name: String,
      values: [Int64],
      days: [Int32],
      companions: [CellTable.Companion]
    ) {
      self.name = name
      self.values = values
      self.days = days
      self.companions = companions
    }
  }

  package let name: String
  package let dimensions: [CellTable.Dimension]
  package let figures: [Figure]

  package init(name: String, dimensions: [CellTable.Dimension], figures: [Figure]) {
    self.name = name
    self.dimensions = dimensions
    self.figures = figures
  }
}
