/// The activities of one insured person whose amounts stand in tariff records, before or behind them.
///
/// All are held until the next insured person; a claim has some dozens, more than `limit` records
/// refuse it.
///
/// - Note: Clear identifiers pass through here.
struct VektisServices {
  static let limit = 1 << 17
  /// Above this many a table finds them; below, looking through is faster.
  private static let tableThreshold = 32
  // Instead of a row: none was met yet; it was passed over.
  private static let noRow = -1
  private static let passedOver = -2

  /// What makes an activity unlike all others: insured, code list, activity, start, sequence.
  private typealias Key = SIMD8<UInt64>

  private struct Service {
    var row = VektisServices.noRow
    var cents: Int64 = 0
    /// Where the values of its first tariff record begin in `tariffValues`; -1 for none.
    var firstValue = -1
    /// What is wrong with one of its tariff records.
    var fault = Fault.none
  }

  private var keys: [Key] = []
  private var services: [Service] = []
  private var table: [Key: Int] = [:]
  private var tariffValues: [UInt64] = []
  /// Tariff records that had no activity when they were met.
  private var waiting: [(line: Int, service: Int)] = []
  /// The service that was met last: most records are about the same one.
  private var last = 0
  /// The first row of the insured person in the rows at hand.
  private var firstRow = 0

  var isFull: Bool { services.count + waiting.count >= Self.limit }

  /// Begins an insured person.
  mutating func begin(at firstRow: Int) {
    keys.removeAll(keepingCapacity: true)
    services.removeAll(keepingCapacity: true)
    tariffValues.removeAll(keepingCapacity: true)
    waiting.removeAll(keepingCapacity: true)
    if !table.isEmpty { table = [:] }
    last = 0
    self.firstRow = firstRow
  }

  /// Takes an activity.
  ///
  /// - Parameters:
  ///   - text: the record.
  ///   - key: where its key stands.
  ///   - row: its row; nil if it is passed over.
  /// - Returns: false if another activity has its key: amounts cannot be told apart.
  mutating func takeActivity(_ text: Span<UInt8>, _ key: VektisLayout.Key, row: Int?) -> Bool {
    guard let made = Self.key(of: text, key) else { return true }
    let place = find(made)
    guard services[place].row == Self.noRow else { return false }
    services[place].row = row ?? Self.passedOver
    return true
  }

  /// Takes a tariff record.
  ///
  /// - Parameters:
  ///   - text: the record, with its key.
  ///   - key: where its key stands.
  ///   - cents: its amount.
  ///   - fault: what is wrong with it.
  ///   - line: where it stands.
  /// - Returns: its service.
  mutating func takeTariff(
    _ text: Span<UInt8>,
    _ key: VektisLayout.Key,
    cents: Int64,
    fault: UInt8,
    line: Int
  ) -> Int? {
    guard let made = Self.key(of: text, key) else { return nil }
    let place = find(made)
    services[place].cents += cents
    if services[place].fault == Fault.none { services[place].fault = fault }
    if services[place].row == Self.noRow { waiting.append((line, place)) }
    return place
  }

  /// Keeps the values of the first tariff record of a service; asked for that record only.
  mutating func keepValues(of service: Int, _ values: [UInt64]) {
    services[service].firstValue = tariffValues.count
    tariffValues += values
  }

  /// Whether a service lacks the values of a tariff record.
  func lacksValues(_ service: Int) -> Bool { services[service].firstValue < 0 }

  /// Gives the rows their amounts, and refuses tariff records that have no activity.
  mutating func finish(
    _ columns: VektisColumns,
    file: Int,
    _ sink: inout EiSink,
    _ rows: inout DocumentRows
  ) {
    for service in services where service.row >= 0 && rows.rows[service.row].fault == Fault.none {
      guard service.fault == Fault.none else {
        rows.rows[service.row].fault = service.fault
        continue
      }
      let first = service.row * columns.columnCount
      if !columns.amounts.isEmpty {
        let amount = sink.take(number: service.cents, &rows.bytes)
        for column in columns.amounts { rows.values[first + column] = amount }
      }
      guard service.firstValue >= 0 else { continue }
      for (slot, column) in columns.tariffColumns.enumerated() {
        rows.values[first + column] = tariffValues[service.firstValue + slot]
      }
    }
    addOrphans(columns.columnCount, file: file, &rows)
  }

  private func addOrphans(_ columnCount: Int, file: Int, _ rows: inout DocumentRows) {
    var count = 0
    for (line, service) in waiting where services[service].row == Self.noRow {
      count += 1
      rows.rows.append(
        DocumentRows.Row(file: file, line: line, fault: Fault.orphan, faultColumn: -1)
      )
      rows.values.append(contentsOf: repeatElement(0, count: columnCount))
    }
    guard count > 0 else { return }
    // Rows are told in the order of the file.
    let order = (firstRow..<rows.rows.count).sorted { rows.rows[$0].line < rows.rows[$1].line }
    let sorted = order.map { rows.rows[$0] }
    let values = order.flatMap { rows.values[$0 * columnCount..<($0 + 1) * columnCount] }
    rows.rows.replaceSubrange(firstRow..., with: sorted)
    rows.values.replaceSubrange((firstRow * columnCount)..., with: values)
  }

  /// The place of the service with this key, made if there is none.
  private mutating func find(_ key: Key) -> Int {
    if last < keys.count, keys[last] == key { return last }
    last = table.isEmpty ? keys.lastIndex(of: key) ?? -1 : table[key] ?? -1
    guard last < 0 else { return last }
    last = keys.count
    keys.append(key)
    services.append(Service())
    if !table.isEmpty {
      table[key] = last
    } else if keys.count > Self.tableThreshold {
      for (place, known) in keys.enumerated() { table[known] = place }
    }
    return last
  }

  private static func key(of text: Span<UInt8>, _ key: VektisLayout.Key) -> Key? {
    guard text.count >= max(VektisLayout.insured.upperBound, key.sequence + 1) else { return nil }
    let insured = VektisLayout.insured.lowerBound
    return Key(
      word(insured, 8, of: text),
      word(insured + 8, 8, of: text),
      word(insured + 16, 8, of: text),
      word(insured + 24, 4, of: text),
      word(key.start, 8, of: text),
      word(key.activity, 6, of: text),
      word(key.codeList, 3, of: text),
      word(key.sequence, 2, of: text)
    )
  }

  /// Up to eight bytes from a place that counts from 1.
  @inline(__always)
  private static func word(_ start: Int, _ count: Int, of text: Span<UInt8>) -> UInt64 {
    var word: UInt64 = 0
    for place in start - 1..<start - 1 + count { word = word << 8 | UInt64(text[place]) }
    return word
  }
}
