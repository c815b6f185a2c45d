/// The numbers of published tables, each once, with what is read of them.
struct OutsiderNumbers: Sendable {
  private(set) var readings: [OutsiderTable.Reading] = []
  private(set) var names: [String] = []
  private(set) var kinds: [Quantity.Kind] = []
  private(set) var mayBeNegative: [Bool] = []
  private(set) var isPrinted: [Bool] = []
  private(set) var isOpen: [Bool] = []
  /// Whether it only joins tables that nobody would cut so.
  private(set) var isPiece: [Bool] = []
  /// One a number: the table and the cell that it stands in first; −1 of what nobody prints.
  private(set) var places: [(table: Int32, cell: Int32)] = []
  /// What ratios tell of each beside what is read.
  private var told: [KnownRange] = []

  var count: Int { readings.count }

  /// Adds a number that a table prints.
  mutating func add(
    _ reading: OutsiderTable.Reading,
    of quantity: Quantity,
    isPrinted: Bool,
    isOpen: Bool,
    place: (table: Int32, cell: Int32)
  ) -> Int32 {
    add(reading, quantity.name, quantity.kind, quantity.hasCredits)
    self.isPrinted[count - 1] = isPrinted
    self.isOpen[count - 1] = isOpen
    places[count - 1] = place
    return Int32(count - 1)
  }

  /// Adds a number that no table prints.
  mutating func add(like other: Int32, isPiece: Bool = false) -> Int32 {
    let other = Int(other)
    add(.hidden, names[other], kinds[other], mayBeNegative[other])
    self.isPiece[count - 1] = isPiece
    return Int32(count - 1)
  }

  private mutating func add(
    _ reading: OutsiderTable.Reading,
    _ name: String,
    _ kind: Quantity.Kind,
    _ mayBeNegative: Bool
  ) {
    readings.append(reading)
    names.append(name)
    kinds.append(kind)
    self.mayBeNegative.append(mayBeNegative)
    isPrinted.append(false)
    isOpen.append(false)
    isPiece.append(false)
    places.append((-1, -1))
    told.append(KnownRange(lower: nil, upper: nil))
  }

  /// Reads a number in another place too.
  ///
  /// - Returns: false where it is another one there.
  mutating func read(
    _ reading: OutsiderTable.Reading,
    of variable: Int32,
    name: String,
    isPrinted: Bool,
    isOpen: Bool,
    place: (table: Int32, cell: Int32)
  ) -> Bool {
    let number = Int(variable)
    if isPrinted, !self.isPrinted[number] {
      self.isPrinted[number] = true
      names[number] = name
      places[number] = place
    }
    self.isOpen[number] = self.isOpen[number] || isOpen
    guard let both = readings[number].together(with: reading) else { return false }
    readings[number] = both
    return true
  }

  /// What is known of each before the equations are used.
  var ranges: [KnownRange] {
    readings.indices.map { range(of: Int32($0)) }
  }

  /// What is known of a number before the equations are used.
  func range(of variable: Int32) -> KnownRange {
    let number = Int(variable)
    let read = readings[number].range(mayBeNegative: mayBeNegative[number])
    return read.intersection(with: told[number]) ?? read
  }

  /// Learns from ratios between which numbers some lie; nothing where one of them cannot be.
  mutating func learn(_ ranges: [(variable: Int32, range: KnownRange)]) {
    let before = told
    for (variable, range) in ranges {
      guard self.range(of: variable).intersection(with: range) != nil,
        let all = told[Int(variable)].intersection(with: range)
      else {
        told = before
        return
      }
      told[Int(variable)] = all
    }
  }

  /// The number, where it can be read.
  func value(of variable: Int32) -> Int64? {
    if case .exactly(let value) = readings[Int(variable)] { value } else { nil }
  }
}

extension OutsiderTable.Reading {
  /// What both tell; nil where they contradict each other.
  func together(with other: Self) -> Self? {
    switch (self, other) {
    case (.exactly(let left), .exactly(let right)): return left == right ? self : nil
    case (.exactly(let value), .within(let range)), (.within(let range), .exactly(let value)):
      return (range.lower ?? value) <= value && value <= (range.upper ?? value)
        ? .exactly(value) : nil
    case (.within(let left), .within(let right)):
      let lower = [left.lower, right.lower].compactMap { $0 }.max()
      let upper = [left.upper, right.upper].compactMap { $0 }.min()
      if let lower, let upper, lower > upper { return nil }
      return .within(KnownRange(lower: lower, upper: upper))
    case (.hidden, _), (.held, .exactly), (.held, .within): return other
    case (_, .hidden), (.exactly, .held), (.within, .held), (.held, .held): return self
    }
  }
}
