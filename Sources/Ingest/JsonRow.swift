/// A row while it is made from a record.
///
/// - Note: Clear identifiers pass through here.
struct JsonRow {
  /// For each declared column where its value stands; 0 has no value.
  var values: [UInt64]
  /// Why the row is refused, as a `Fault`, and the declared column it is in, or -1.
  private(set) var fault = Fault.none
  private(set) var faultColumn = -1
  /// Texts that do not stand in the file as they are wanted.
  private(set) var added: [UInt8] = []
  /// Where `added` will stand.
  private var base: Int

  init(columnCount: Int, base: Int) {
    values = Array(repeating: 0, count: columnCount)
    self.base = base
  }

  /// Begins another row.
  mutating func clear() {
    for column in values.indices { values[column] = 0 }
    fault = Fault.none
    faultColumn = -1
  }

  /// Refuses the row, unless it is refused already.
  mutating func refuse(_ fault: UInt8, in column: Int) {
    guard self.fault == Fault.none else { return }
    self.fault = fault
    faultColumn = column
  }

  /// Gives a column the text of an entry.
  mutating func set(_ column: Int, to entry: JsonEntry) {
    values[column] = entry.place
    let fault = entry.fault
    if fault != Fault.none { refuse(fault, in: column) }
  }

  /// Gives a column a text of ours.
  mutating func set(_ column: Int, to text: some Collection<UInt8>) {
    values[column] = UInt64(base + added.count) << 32 | UInt64(text.count)
    added.append(contentsOf: text)
  }
}
