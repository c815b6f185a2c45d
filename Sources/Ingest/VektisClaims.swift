import Diagnostics
import PipelineFile

/// The claims of a file, record by record.
///
/// - Note: Clear identifiers pass through here.
struct VektisClaims: EiRecords {
  /// Where in the file the next record is met.
  private enum State {
    case before
    case within
    /// Behind a closing record.
    case closed
  }

  let path: String
  private let file: Int
  private let known: [VektisColumns]
  private(set) var sink: EiSink
  private var state = State.before
  private var columns: VektisColumns?
  private var totals = VektisTotals()
  private var services = VektisServices()
  /// The values of a row by its columns; those of claim and insured person stay from row to row.
  private var values: [UInt64]
  private let noValues: [UInt64]
  private var tariffValues: [UInt64] = []
  /// Records 01 and 02 at hand: rows that are handed out take their values with them.
  private var openingRecord: [UInt8] = []
  private var insuredRecord: [UInt8] = []
  private var openingFault = Fault.none
  private var insuredFault = Fault.none
  private var facts: FileFacts
  private var firstRow = 0
  /// Whether a line stood in full length: then each that ends without line end must.
  private var hasFullLine = false

  init(_ known: [VektisColumns], columnCount: Int, encoding: Encoding, path: String, file: Int) {
    self.known = known
    self.path = path
    self.file = file
    sink = EiSink(encoding)
    facts = FileFacts(file: file)
    noValues = Array(repeating: 0, count: columnCount)
    values = noValues
  }

  /// Claims are read to their end.
  var isPassedOver: Bool { false }

  // MARK: rows

  /// Goes on in other rows.
  mutating func resume(_ rows: inout DocumentRows) {
    sink.begin(&rows)
    guard state == .within, let columns else { return }
    beginFacts(&rows)
    placeOpening(columns, &rows)
    if !insuredRecord.isEmpty { placeInsured(columns, &rows) }
  }

  /// Leaves the rows that were gone on in.
  func pause(_ rows: inout DocumentRows) {
    endFacts(&rows)
    sink.end(&rows)
  }

  private mutating func beginFacts(_ rows: inout DocumentRows) {
    rows.facts.append(facts)
    firstRow = rows.rows.count
  }

  private func endFacts(_ rows: inout DocumentRows) {
    guard state == .within, !rows.facts.isEmpty else { return }
    rows.facts[rows.facts.count - 1].rowCount = rows.rows.count - firstRow
  }

  // MARK: records

  /// Takes a record.
  ///
  /// - Returns: whether the rows may be handed out now.
  /// - Throws: `refused`.
  mutating func take(
    _ line: EiLines.Line,
    _ text: Span<UInt8>,
    _ rows: inout DocumentRows
  ) throws(IngestError) -> Bool {
    let record = eiRecordType(text)
    switch state {
    case .before, .closed:
      guard record == 1 || !line.isEnded && isCutOpening(text) else {
        throw refuse(state == .before ? .noOpeningRecord : .afterClosingRecord, line)
      }
      guard line.isEnded else { throw refuse(.noClosingRecord, line) }
      try open(line, text, &rows)
      return false
    case .within:
      guard let columns, record != 1 else { throw refuse(.noClosingRecord, line) }
      guard line.isEnded || record == 99 else { throw refuse(.noClosingRecord, line) }
      if record == 99 {
        try close(line, text, columns, &rows)
        return true
      }
      return try takeDetail(record, line, text, columns, &rows)
    }
  }

  /// To be called at the end of the file.
  func finish(lineCount: Int) throws(IngestError) {
    guard state == .closed else {
      throw .refused(.record(.noClosingRecord), Place(file: path, line: lineCount))
    }
  }

  private func isCutOpening(_ text: Span<UInt8>) -> Bool {
    text.count == 1 && text[0] == UInt8(ascii: "0")
  }

  private mutating func open(
    _ line: EiLines.Line,
    _ text: Span<UInt8>,
    _ rows: inout DocumentRows
  ) throws(IngestError) {
    let code = eiNumber(3...5, of: text).map { Int($0) }
    let version = eiNumber(6...9, of: text).map { Int($0) }
    guard let code, let version,
      let columns = known.first(where: { columns in
        columns.layout.version == version && columns.layout.careTypes.contains { $0.code == code }
      })
    else { throw refuse(.version(found: found(code, version), expected: VektisLayout.names), line) }
    let lengths = columns.ends[1]...columns.layout.length
    guard lengths.contains(line.fullLength) else {
      throw refuse(.length(record: 1, found: line.fullLength, expected: lengths), line)
    }
    guard text[VektisLayout.purpose - 1] != UInt8(ascii: "T") else { throw refuse(.testFile, line) }
    guard eiText(VektisLayout.currency, of: text) == Array("EUR".utf8) else {
      throw refuse(.currency, line)
    }
    hasFullLine = hasFullLine || line.fullLength == columns.layout.length
    self.columns = columns
    state = .within
    totals = VektisTotals()
    openingFault = line.fault
    openingRecord = copy(text)
    insuredRecord = []
    values = noValues
    tariffValues = Array(repeating: 0, count: columns.tariff.count)
    facts = FileFacts(file: file, opening: text)
    services.begin(at: rows.rows.count)
    beginFacts(&rows)
    placeOpening(columns, &rows)
  }

  private func found(_ code: Int?, _ version: Int?) -> String {
    guard let code, let version else { return "" }
    return "message code \(code) version \(version / 100).\(version % 100)"
  }

  private mutating func close(
    _ line: EiLines.Line,
    _ text: Span<UInt8>,
    _ columns: VektisColumns,
    _ rows: inout DocumentRows
  ) throws(IngestError) {
    services.finish(columns, file: file, &sink, &rows)
    // Where other lines have their filler, one without filler and line end was cut.
    let isCut = !line.isEnded && hasFullLine && line.fullLength < columns.layout.length
    let isShort = line.fullLength < columns.ends[99]
    guard line.isEnded || !isCut && !isShort && line.fault == Fault.none else {
      throw refuse(.noClosingRecord, line)
    }
    let lengths = columns.ends[99]...columns.layout.length
    guard lengths.contains(line.fullLength) else {
      throw refuse(.length(record: 99, found: line.fullLength, expected: lengths), line)
    }
    if let fault = totals.disagreement(with: text, columns.layout) { throw refuse(fault, line) }
    endFacts(&rows)
    state = .closed
  }

  private mutating func takeDetail(
    _ record: Int,
    _ line: EiLines.Line,
    _ text: Span<UInt8>,
    _ columns: VektisColumns,
    _ rows: inout DocumentRows
  ) throws(IngestError) -> Bool {
    guard record > 0, columns.ends[record] > 0 else {
      throw refuse(.unknownRecord(found: record < 0 ? nil : record), line)
    }
    if let fault = totals.count(record, text) { throw refuse(fault, line) }
    let length = columns.layout.length
    if line.fullLength == length && columns.ends[record] < length { hasFullLine = true }
    var fault = line.fault
    if fault == Fault.none, line.fullLength < columns.ends[record] || line.fullLength > length {
      fault = Fault.lineLength
    }
    var cents: Int64 = 0
    if record == columns.layout.amountRecord {
      guard let amount = eiAmount(columns.layout.amount, of: text) else {
        throw refuse(.amount(record: record), line)
      }
      cents = amount
      totals.add(cents)
    }
    switch record {
    case 2:
      beginInsured(fault, text, columns, &rows)
      return true
    case 4:
      takeActivity(fault, line, text, cents, columns, &rows)
    case 6:
      takeTariff(fault, line, text, cents, columns, &rows)
    default: return false
    }
    guard columns.layout.keys != nil else { return true }
    guard !services.isFull else {
      throw refuse(.insuredRecords(limit: VektisServices.limit), line)
    }
    return false
  }

  // MARK: details

  private mutating func beginInsured(
    _ fault: UInt8,
    _ text: Span<UInt8>,
    _ columns: VektisColumns,
    _ rows: inout DocumentRows
  ) {
    services.finish(columns, file: file, &sink, &rows)
    services.begin(at: rows.rows.count)
    insuredFault = fault
    insuredRecord = copy(text)
    placeInsured(columns, &rows)
  }

  private mutating func takeActivity(
    _ recordFault: UInt8,
    _ line: EiLines.Line,
    _ text: Span<UInt8>,
    _ cents: Int64,
    _ columns: VektisColumns,
    _ rows: inout DocumentRows
  ) {
    let forwarding = VektisLayout.forwarding
    // The patient objects to what follows being passed on: none of it is looked at.
    let isPassedOver = text.count >= forwarding && text[forwarding - 1] != UInt8(ascii: "1")
    let row = isPassedOver ? nil : rows.rows.count
    var fault = recordFault
    if let keys = columns.layout.keys, !services.takeActivity(text, keys.activity, row: row),
      fault == Fault.none
    {
      fault = Fault.unique
    }
    guard !isPassedOver else {
      rows.skipped[.objection, default: 0] += 1
      return
    }
    if !isOfInsured(text) { fault = fault == Fault.none ? Fault.parent : fault }
    if fault == Fault.none { fault = openingFault }
    if fault == Fault.none { fault = insuredFault }
    rows.rows.append(
      DocumentRows.Row(file: file, line: line.number, fault: fault, faultColumn: -1)
    )
    guard fault == Fault.none else {
      rows.values.append(contentsOf: noValues)
      return
    }
    sink.take(columns.activity, of: text, into: &values, &rows.bytes)
    if columns.layout.keys == nil, !columns.amounts.isEmpty {
      let amount = sink.take(number: cents, &rows.bytes)
      for column in columns.amounts { values[column] = amount }
    }
    rows.values.append(contentsOf: values)
  }

  private mutating func takeTariff(
    _ fault: UInt8,
    _ line: EiLines.Line,
    _ text: Span<UInt8>,
    _ cents: Int64,
    _ columns: VektisColumns,
    _ rows: inout DocumentRows
  ) {
    guard let keys = columns.layout.keys,
      let service = services.takeTariff(
        text,
        keys.tariff,
        cents: cents,
        fault: fault,
        line: line.number
      ),
      services.lacksValues(service)
    else { return }
    sink.take(columns.tariff, of: text, into: &tariffValues, &rows.bytes)
    services.keepValues(of: service, tariffValues)
  }

  /// Whether BSN, insurer and insured number are those of the record 02 above.
  private func isOfInsured(_ text: Span<UInt8>) -> Bool {
    let end = VektisLayout.insured.upperBound
    guard text.count >= end, insuredRecord.count >= end else { return false }
    for place in VektisLayout.insured.lowerBound - 1..<end where text[place] != insuredRecord[place]
    {
      return false
    }
    return true
  }

  private mutating func placeOpening(_ columns: VektisColumns, _ rows: inout DocumentRows) {
    let record = openingRecord
    sink.take(columns.opening, of: record.span, into: &values, &rows.bytes)
    guard !columns.careTypes.isEmpty else { return }
    let code = eiNumber(3...5, of: record.span).map { Int($0) }
    let careType = columns.layout.careTypes.first { $0.code == code }
    let value = sink.take(Array((careType?.word ?? "").utf8), &rows.bytes)
    for column in columns.careTypes { values[column] = value }
  }

  private mutating func placeInsured(_ columns: VektisColumns, _ rows: inout DocumentRows) {
    let record = insuredRecord
    sink.take(columns.insured, of: record.span, into: &values, &rows.bytes)
  }

  private func copy(_ text: Span<UInt8>) -> [UInt8] {
    unsafe text.withUnsafeBufferPointer { unsafe Array($0) }
  }
}

extension FileFacts {
  /// What the opening record of a claim tells.
  fileprivate init(file: Int, opening: Span<UInt8>) {
    self.init(file: file)
    for place in VektisLayout.senders {
      let sender = eiText(place, of: opening)
      guard !sender.isEmpty, sender.contains(where: { $0 != 0x30 }) else { continue }
      self.sender = sender
      break
    }
    identifier = eiText(VektisLayout.invoice, of: opening)
    day = eiNumber(VektisLayout.invoiceDate, of: opening).map { Int($0) } ?? 0
  }
}
