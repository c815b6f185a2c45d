import PipelineFile
import Tabular

/// Turns the fields of a block of rows into cells, column by column.
///
/// - Note: Clear identifiers pass through here.
struct ColumnStage {
  private let columns: [SourceColumn]
  private let forms: [NumberForm]
  private var maps: [CodeMap?]
  private let encoding: Encoding
  /// Texts other than the empty one that mean "no value".
  private let missingTexts: [[UInt8]]
  /// Texts are filled up with blanks.
  private let isPadded: Bool
  /// A date of zeros is none.
  private let hasZeroDates: Bool
  private let months = MonthTable()
  /// The last day on which somebody may be born, as a cell of a partial date.
  private let lastBirth: Int64
  /// For each column whether that day judges it: what happened to a person may have happened later.
  private let isJudged: [Bool]
  /// For each column: values of the chunk that are none of its codes.
  private(set) var unknownCodes: [Int]
  private var lookups: [RegionLookup]
  private let isLookedUp: [Bool]
  /// By column: rows that are completed from others may lack it for now; empty for none.
  var isAwaited: [Bool] = []
  /// For each column: values of the chunk that are not of its type, or not allowed.
  private(set) var faulty: [Int]

  /// - Throws: `pattern`.
  init(
    source: Source,
    lastDay: CivilDate?,
    lookups tables: [Int: RegionTable] = [:]
  ) throws(IngestError) {
    lastBirth = lastDay.map(partialDateCell) ?? .max
    isJudged = source.columns.map { column in
      source.format.known == nil || ["birth_date", "death_date"].contains(column.sourceName)
    }
    columns = source.columns
    unknownCodes = Array(repeating: 0, count: source.columns.count)
    isLookedUp = source.columns.map { $0.lookup != nil }
    lookups = tables.sorted { $0.key < $1.key }.compactMap {
      RegionLookup(column: $0.key, table: $0.value, columns: source.columns)
    }
    faulty = unknownCodes
    var maps: [CodeMap?] = []
    for column in source.columns {
      let known = source.format.known?.columns.first { $0.name == column.sourceName }
      maps.append(try CodeMap(column, codes: known?.values ?? []))
    }
    self.maps = maps
    encoding = source.format.encoding
    let dialect = source.format.dialect
    let mark = dialect?.decimal ?? UInt8(ascii: ".")
    let thousands = dialect?.thousands
    missingTexts = (dialect?.missing ?? []).filter { !$0.isEmpty }.map { Array($0.utf8) }
    isPadded = dialect?.padded ?? false
    hasZeroDates = dialect?.zeroDates ?? false
    forms = source.columns.map { column in
      switch column.type {
      case .money:
        NumberForm(
          decimalCount: 2,
          mark: column.euros ? mark : nil,
          thousands: thousands,
          fault: Fault.money
        )
      case .decimal:
        NumberForm(decimalCount: 4, mark: mark, thousands: thousands, fault: Fault.number)
      default: NumberForm(decimalCount: 0, mark: nil, thousands: thousands, fault: Fault.number)
      }
    }
  }

  /// To be called once a chunk.
  mutating func beginChunk() {
    for column in maps.indices { maps[column]?.beginChunk() }
    for column in unknownCodes.indices {
      unknownCodes[column] = 0
      faulty[column] = 0
    }
    for number in lookups.indices { lookups[number].beginChunk() }
  }

  /// Fills the values of the block, and its row faults where a row is refused.
  ///
  /// - Parameters:
  ///   - block: rows that were split.
  ///   - text: what the fields of the block point into.
  ///   - added: texts that the columns make.
  ///   - base: where `added` will stand in the bytes of the chunk.
  ///   - blanked: for each column, faulty values that became missing.
  ///   - isSuspect: texts could hold what no text may hold; false if that was ruled out.
  mutating func parse(
    _ block: RowBlock,
    of text: UnsafeMutablePointer<UInt8>,
    added: inout [UInt8],
    base: Int,
    blanked: inout [Int],
    isSuspect: Bool = true
  ) {
    for column in columns.indices where !isLookedUp[column] {
      let slice = unsafe block.slice(column, of: text)
      let type = columns[column].type
      if isPadded && type.isText { trim(slice) }
      if !missingTexts.isEmpty { dropMissingTexts(slice, trimming: isPadded || !type.isText) }
      if hasZeroDates && (type == .date || type == .partialDate) { dropZeroDates(slice) }
      parseValues(slice, column, isSuspect)
      maps[column]?.map(slice, added: &added, base: base)
      if let range = columns[column].range { checkRange(slice, range) }
      settle(block, slice, column, &blanked)
    }
    for number in lookups.indices {
      let column = lookups[number].column
      unsafe lookups[number].fill(block, of: text, added: &added, base: base)
      unsafe settle(block, block.slice(column, of: text), column, &blanked)
    }
  }

  /// For each column the codes of the chunk that nobody knows and that stay nonetheless.
  var keptCodes: [Int] { maps.map { $0?.unknownCount ?? 0 } }

  private func parseValues(_ slice: ColumnSlice, _ column: Int, _ isSuspect: Bool) {
    switch columns[column].type {
    case .bsn: parseBsns(slice)
    case .text, .name, .code:
      placeTexts(slice)
      if isSuspect { checkTexts(slice, encoding) }
    case .integer, .decimal, .money: parseNumbers(slice, forms[column])
    case .date: parseDates(slice, months)
    case .partialDate:
      parsePartialDates(slice, months, last: isJudged[column] ? lastBirth : .max)
    case .postcode: parsePostcodes(slice)
    case .yesNo: parseYesNo(slice)
    }
  }

  /// Takes the blanks off both ends.
  private func trim(_ slice: ColumnSlice) {
    for row in 0..<slice.count {
      let (start, length) = trimmed(slice, row)
      unsafe slice.starts[row] = start
      unsafe slice.lengths[row] = length
    }
  }

  private func trimmed(_ slice: ColumnSlice, _ row: Int) -> (start: UInt32, length: UInt32) {
    var start = unsafe slice.starts[row]
    var length = unsafe slice.lengths[row]
    while length > 0, unsafe slice.text[Int(start &+ length &- 1)] == UInt8(ascii: " ") {
      length &-= 1
    }
    while length > 0, unsafe slice.text[Int(start)] == UInt8(ascii: " ") {
      start &+= 1
      length &-= 1
    }
    return (start, length)
  }

  private func dropMissingTexts(_ slice: ColumnSlice, trimming: Bool) {
    for row in 0..<slice.count {
      let (start, length) =
        trimming ? trimmed(slice, row) : unsafe (slice.starts[row], slice.lengths[row])
      let field = unsafe UnsafeMutableBufferPointer(
        start: slice.text + Int(start),
        count: Int(length)
      )
      for missing in missingTexts where missing.count == field.count {
        if unsafe missing.elementsEqual(field) { unsafe slice.lengths[row] = 0 }
      }
    }
  }

  private func dropZeroDates(_ slice: ColumnSlice) {
    for row in 0..<slice.count where unsafe slice.lengths[row] > 0 {
      let field = unsafe slice.text + Int(slice.starts[row])
      // Most dates begin with another digit.
      guard unsafe field[0] == UInt8(ascii: "0") else { continue }
      let all = unsafe UnsafeMutableBufferPointer(start: field, count: Int(slice.lengths[row]))
      if unsafe all.allSatisfy({ $0 == UInt8(ascii: "0") }) { unsafe slice.lengths[row] = 0 }
    }
  }

  /// How many of the values are none; every value of an extract comes by.
  ///
  /// Of all numbers only `missingInteger`, the least, has its lowest bit in the place of the sign:
  /// nothing is compared, and the compiler takes several values at a time.
  private func missingCount(_ slice: ColumnSlice) -> Int {
    var missing: UInt64 = 0
    for row in 0..<slice.count {
      let value = unsafe slice.values[row]
      missing &+= UInt64(bitPattern: value & (0 &- value)) &>> 63
    }
    return Int(truncatingIfNeeded: missing)
  }

  /// Decides what the faults of a column cost: the row, or the value.
  private mutating func settle(
    _ block: RowBlock,
    _ slice: ColumnSlice,
    _ column: Int,
    _ blanked: inout [Int]
  ) {
    let isRequired = columns[column].required
    let missingCount = missingCount(slice)
    unsafe block.missingCounts[column] = missingCount
    // Nearly always there is nothing to settle.
    var anyFault = Fault.none
    for row in 0..<slice.count { anyFault |= unsafe slice.faults[row] }
    if anyFault == Fault.none && !(isRequired && missingCount > 0) { return }
    defer { unsafe block.missingCounts[column] = self.missingCount(slice) }
    for row in 0..<slice.count {
      var fault = unsafe slice.faults[row]
      if fault == Fault.none {
        guard isRequired, unsafe slice.values[row] == missingInteger else { continue }
        if !isAwaited.isEmpty && isAwaited[column] && block.isAwaiting(row) { continue }
        fault = Fault.required
      }
      unsafe slice.faults[row] = Fault.none
      unsafe slice.values[row] = missingInteger
      if fault != Fault.required { faulty[column] += 1 }
      if unsafe block.rowFaults[row] != Fault.none { continue }
      if fault == Fault.code || fault == Fault.codeRefused { unknownCodes[column] += 1 }
      if isRequired || Fault.refusesRow(fault) {
        unsafe block.rowFaults[row] = fault
        unsafe block.rowFaultColumns[row] = Int32(truncatingIfNeeded: column)
      } else {
        blanked[column] += 1
      }
    }
  }
}

extension ColumnType {
  /// Whether blanks at its ends could be meant.
  fileprivate var isText: Bool { self == .text || self == .name || self == .code }
}
