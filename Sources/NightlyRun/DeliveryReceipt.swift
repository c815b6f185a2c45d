/// What became of the files of a source, as manifest and privacy log tell it.
struct DeliveryReceipt: Sendable, Equatable {
  /// One file, in the order of the deliveries.
  struct File: Sendable, Equatable {
    /// `accepted`, `duplicate` or `replaced`.
    let state: String
    /// The name of the file that counts instead; nil when none of this delivery does.
    var counted: String?
    /// The period whose file counts instead.
    var countedPeriod: String?
    /// The period that it is of, where windows look at it beside that of the run.
    var otherPeriod: String?
    /// The SHA-256 of each file that it takes the place of, sorted.
    var replaces: [String] = []
  }

  /// The period whose files stand in for those that have not come; nil for a delivery in time.
  var stalePeriod: String?
  /// The periods that windows look at of which no file counts, the earliest first.
  var absentPeriods: [String] = []
  /// Nothing has come, and what needs it is left out.
  var isAbsent = false
  var files: [File] = []

  /// Of the periods whose files are looked for, in how many there were some.
  var deliveries: (came: Int, expected: Int) {
    let others = Set(files.compactMap(\.otherPeriod))
    let own = isAbsent || stalePeriod != nil ? 0 : 1
    return (own + others.count, 1 + others.union(absentPeriods).count)
  }
}
