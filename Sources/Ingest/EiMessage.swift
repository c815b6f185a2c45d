import Diagnostics
import PipelineFile

/// A message in EI records, record by record.
///
/// - Note: Clear identifiers pass through here.
struct EiMessage: EiRecords {
  let path: String
  private let file: Int
  private let layouts: [Int: EiLayout]
  private(set) var sink: EiSink
  private var layout: EiLayout?
  private var totals = VektisTotals()
  private var isClosed = false
  /// By columns, then by `EiLayout.Slot`.
  private var values: [UInt64] = []
  /// Records 01 and 02 at hand: rows that are handed out take their values with them.
  private var header: [UInt8] = []
  private var client: [UInt8] = []
  private var headerFault = Fault.none
  private var clientFault = Fault.none
  /// 2 for the address of the register, 1 for where the client stays, 0 for none.
  private var addressRank = 0
  private var firstRow = 0
  private var firstRowOfClient = 0
  private var corrections: [(row: Int, correction: IwmoCorrection)] = []
  private var hasFullLine = false

  init(layouts: [Int: EiLayout], path: String, file: Int, encoding: Encoding) {
    sink = EiSink(encoding)
    self.layouts = layouts
    self.path = path
    self.file = file
  }

  // MARK: rows

  /// Goes on in other rows.
  mutating func resume(_ rows: inout DocumentRows) {
    sink.begin(&rows)
    corrections.removeAll(keepingCapacity: true)
    guard let layout, !isClosed else { return }
    beginRows(layout, &rows)
    if !client.isEmpty { placeClient(layout, &rows) }
  }

  /// Leaves the rows that were gone on in; only between clients.
  mutating func pause(_ rows: inout DocumentRows) {
    sink.end(&rows)
    for (row, correction) in corrections {
      rows.rows[row].correction = correction.appended(to: &rows.bytes)
    }
    if layout != nil, !rows.facts.isEmpty {
      rows.facts[rows.facts.count - 1].rowCount = rows.rows.count - firstRow
    }
  }

  private mutating func beginRows(_ layout: EiLayout, _ rows: inout DocumentRows) {
    firstRow = rows.rows.count
    firstRowOfClient = firstRow
    let record = header
    var facts = FileFacts(file: file)
    facts.sender = eiText(layout.message == 301 ? 10...13 : 14...21, of: record.span)
    facts.identifier = eiText(22...33, of: record.span)
    facts.day = eiNumber(34...41, of: record.span).map { Int($0) } ?? 0
    rows.facts.append(facts)
    sink.hasMetControl = false
    sink.take(layout.header, of: record.span, into: &values, &rows.bytes)
    if sink.hasMetControl { headerFault = Fault.encoding }
    let message = sink.take(Array(String(layout.message).utf8), &rows.bytes)
    for column in layout.messages { values[column] = message }
    let law = sink.take(Array("wmo".utf8), &rows.bytes)
    for column in layout.laws { values[column] = law }
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
    guard !isClosed else { throw refuse(.afterClosingRecord, line) }
    let record = eiRecordType(text)
    guard let layout else {
      guard record == 1 || !line.isEnded && text.count == 1 else {
        throw refuse(.noOpeningRecord, line)
      }
      guard line.isEnded else { throw refuse(.noClosingRecord, line) }
      try open(line, text, &rows)
      return false
    }
    guard line.isEnded || record == 99 else { throw refuse(.noClosingRecord, line) }
    if record == 99 {
      try close(line, text, layout, &rows)
      return true
    }
    guard record > 1, layout.ends[record] > 0 else {
      throw refuse(.unknownRecord(found: record < 0 ? nil : record), line)
    }
    if let fault = totals.count(record, text) { throw refuse(fault, line) }
    let end = layout.ends[record]
    if line.fullLength == layout.length && end < layout.length { hasFullLine = true }
    var fault = line.fault
    if fault == Fault.none, line.fullLength < end || line.fullLength > layout.length {
      fault = Fault.lineLength
    }
    switch record {
    case 2:
      endClient(layout, &rows)
      beginClient(fault, text, layout, &rows)
      return true
    case 4: takeAddress(fault, text, layout, &rows)
    case layout.rowRecord: takeRow(fault, line, text, layout, &rows)
    default: break
    }
    return false
  }

  /// To be called at the end of the file.
  func finish(lineCount: Int) throws(IngestError) {
    guard isClosed else {
      throw .refused(.record(.noClosingRecord), Place(file: path, line: lineCount))
    }
  }

  /// Whether the message is passed over as a whole.
  private(set) var isPassedOver = false

  private mutating func open(
    _ line: EiLines.Line,
    _ text: Span<UInt8>,
    _ rows: inout DocumentRows
  ) throws(IngestError) {
    let code = eiNumber(3...5, of: text).map { Int($0) }
    let version = eiNumber(6...9, of: text).map { Int($0) }
    guard let code, version == EiLayout.version,
      EiLayout.messages[code] != nil || EiLayout.returnCodes.contains(code)
    else {
      let found = code.flatMap { code in
        version.map { "message code \(code) version \($0 / 100).\($0 % 100)" }
      }
      throw refuse(
        .version(found: found ?? "", expected: "message code 414, 418, 420 or 444 version 2.0"),
        line
      )
    }
    guard let message = EiLayout.messages[code], let layout = layouts[message] else {
      rows.skipped[EiLayout.messages[code] == nil ? .returnMessage : .notAsked, default: 0] += 1
      isPassedOver = true
      isClosed = true
      return
    }
    let lengths = layout.ends[1]...layout.length
    guard lengths.contains(line.fullLength) else {
      throw refuse(.length(record: 1, found: line.fullLength, expected: lengths), line)
    }
    if line.fullLength == layout.length { hasFullLine = true }
    self.layout = layout
    headerFault = line.fault
    header = copy(text)
    values = Array(repeating: 0, count: layout.columnCount + EiLayout.Slot.allCases.count)
    beginRows(layout, &rows)
  }

  private mutating func close(
    _ line: EiLines.Line,
    _ text: Span<UInt8>,
    _ layout: EiLayout,
    _ rows: inout DocumentRows
  ) throws(IngestError) {
    endClient(layout, &rows)
    // Where other lines have their filler, one without filler and line end was cut.
    let isCut = !line.isEnded && hasFullLine && line.fullLength < layout.length
    let isShort = line.fullLength < layout.ends[99]
    guard line.isEnded || !isCut && !isShort && line.fault == Fault.none else {
      throw refuse(.noClosingRecord, line)
    }
    let lengths = layout.ends[99]...layout.length
    guard lengths.contains(line.fullLength) else {
      throw refuse(.length(record: 99, found: line.fullLength, expected: lengths), line)
    }
    if let fault = totals.disagreement(with: text, layout.counts) { throw refuse(fault, line) }
    isClosed = true
  }

  // MARK: client

  private mutating func beginClient(
    _ fault: UInt8,
    _ text: Span<UInt8>,
    _ layout: EiLayout,
    _ rows: inout DocumentRows
  ) {
    clientFault = fault
    addressRank = 0
    for column in layout.addressColumns { values[column] = 0 }
    client = copy(text)
    placeClient(layout, &rows)
  }

  private mutating func placeClient(_ layout: EiLayout, _ rows: inout DocumentRows) {
    let record = client
    firstRowOfClient = rows.rows.count
    sink.hasMetControl = false
    sink.take(layout.client, of: record.span, into: &values, &rows.bytes)
    if sink.hasMetControl && clientFault == Fault.none { clientFault = Fault.encoding }
    applyPrecision(layout, &rows.bytes)
  }

  /// The date is complete even where the precision says that parts of it are unknown.
  private mutating func applyPrecision(_ layout: EiLayout, _ bytes: inout [UInt8]) {
    let precision = values[layout.columnCount + EiLayout.Slot.precision.rawValue]
    guard precision != 0 else { return }
    let digit = bytes[Int(precision >> 32)]
    for column in layout.birthDates where values[column] != 0 {
      let start = Int(values[column] >> 32)
      let isDate = values[column] & 0xFFFF_FFFF == 8
      switch digit {
      case 0x30: break
      case 0x31 where isDate: for place in start + 6..<start + 8 { bytes[place] = 0x30 }
      case 0x32 where isDate: for place in start + 4..<start + 8 { bytes[place] = 0x30 }
      case 0x33: values[column] = 0
      default: values[column] = sink.take([UInt8(ascii: "?")], &bytes)
      }
    }
  }

  /// Keeps the address of the client if it is better than those before.
  ///
  /// Best is the first of the register, else the first where the client stays. One of a relation is
  /// not looked at.
  private mutating func takeAddress(
    _ fault: UInt8,
    _ text: Span<UInt8>,
    _ layout: EiLayout,
    _ rows: inout DocumentRows
  ) {
    guard layout.message == 301, text.count >= EiLayout.addressKind.upperBound else {
      if layout.message == 301 && clientFault == Fault.none { clientFault = fault }
      return
    }
    guard eiText(EiLayout.relationNumber, of: text).isEmpty else { return }
    if clientFault == Fault.none { clientFault = isOfClient(text, layout) ? fault : Fault.parent }
    let kind = eiNumber(EiLayout.addressKind, of: text)
    let rank = kind == 1 ? 2 : kind == 3 ? 1 : 0
    guard rank > addressRank else { return }
    addressRank = rank
    sink.hasMetControl = false
    sink.take(layout.address, of: text, into: &values, &rows.bytes)
    if sink.hasMetControl && clientFault == Fault.none { clientFault = Fault.encoding }
  }

  /// Gives the rows of the client what they have in common.
  private mutating func endClient(_ layout: EiLayout, _ rows: inout DocumentRows) {
    for row in firstRowOfClient..<rows.rows.count {
      for column in layout.addressColumns {
        rows.values[row * layout.columnCount + column] = values[column]
      }
      if rows.rows[row].fault == Fault.none { rows.rows[row].fault = clientFault }
    }
    firstRowOfClient = rows.rows.count
  }

  // MARK: row

  private mutating func takeRow(
    _ recordFault: UInt8,
    _ line: EiLines.Line,
    _ text: Span<UInt8>,
    _ layout: EiLayout,
    _ rows: inout DocumentRows
  ) {
    var fault = recordFault
    if fault == Fault.none && !isOfClient(text, layout) { fault = Fault.parent }
    if fault == Fault.none { fault = headerFault }
    sink.hasMetControl = false
    sink.take(layout.row, of: text, into: &values, &rows.bytes)
    if fault == Fault.none && sink.hasMetControl { fault = Fault.encoding }
    if fault == Fault.none {
      corrections.append((rows.rows.count, correction(layout, rows.bytes)))
    }
    rows.rows.append(
      DocumentRows.Row(file: file, line: line.number, fault: fault, faultColumn: -1)
    )
    rows.values.append(contentsOf: values[..<layout.columnCount])
  }

  private func isOfClient(_ text: Span<UInt8>, _ layout: EiLayout) -> Bool {
    let own = EiLayout.ownerNumber
    let known = layout.clientNumber
    guard text.count >= own.upperBound, client.count >= known.upperBound else { return false }
    for place in 0..<own.count
    where text[own.lowerBound - 1 + place] != client[known.lowerBound - 1 + place] {
      return false
    }
    return true
  }

  private func correction(_ layout: EiLayout, _ bytes: [UInt8]) -> IwmoCorrection {
    func value(_ slot: EiLayout.Slot) -> UInt64 { values[layout.columnCount + slot.rawValue] }
    let status = value(.status)
    return IwmoCorrection(
      message: layout.message,
      law: .wmo,
      isNumbered: false,
      sender: value(.sender),
      receiver: value(.receiver),
      person: value(.person),
      assignment: value(.assignment),
      category: value(.category),
      product: value(.product),
      start: value(.start),
      assignedDate: value(.assignedDate),
      assignedTime: value(.assignedTime),
      messageDate: value(.messageDate),
      messageId: value(.messageId),
      status: status == 0 ? nil : bytes[Int(status >> 32)]
    )
  }

  private func copy(_ text: Span<UInt8>) -> [UInt8] {
    unsafe text.withUnsafeBufferPointer { unsafe Array($0) }
  }
}
