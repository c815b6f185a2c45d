import Tabular

/// The values of a message where the reader stands: its header, the client at hand, the row at hand.
///
/// - Note: Clear identifiers pass through here.
struct IwmoValues {
  /// Where the text at hand begins in the bytes of the rows.
  private(set) var textStart = 0
  /// An element of the message that stands there twice; nil for none.
  private(set) var repeatedElement: String?
  /// Rows in which volume times tariff is not the amount.
  private(set) var mismatchCount = 0

  private let law: IwmoLaw
  /// For each slot: offset · 2³² + length; holds nothing where the slot is not filled.
  private var current: [UInt64]
  /// The slots that have been met; a message has fewer than 64.
  private var filled: UInt64 = 0
  /// For each slot of the message itself its text: it outlives the rows that are handed out.
  private var messageTexts: [[UInt8]]
  private var clientFaultColumn: Int?
  private var rowFaultColumn: Int?
  private var firstRowOfClient = 0
  private var firstRowOfDecision = 0
  private var rowLine = 0
  /// 2 for the address of the register, 1 for where the client stays, 0 for none.
  private var addressRank = 0
  private var address: [UInt64] = []
  /// What each row of the client corrects, as far as the row tells.
  private var corrections: [IwmoCorrection] = []
  /// What the rows so far add up to, in cents.
  private var sum: Int64 = 0
  private var isSumCertain = true

  init(_ layout: IwmoLayout, law: IwmoLaw) {
    self.law = law
    current = Array(repeating: 0, count: layout.levels.count)
    messageTexts = Array(repeating: [], count: layout.levels.count)
    if layout.messageNumber >= 0 {
      messageTexts[layout.messageNumber] = Array(String(layout.kind.message).utf8)
    }
    if layout.law >= 0 { messageTexts[layout.law] = Array(law.word.utf8) }
  }

  // MARK: texts

  mutating func beginText(at start: Int) { textStart = start }

  /// Takes what was added to the bytes as the value of a slot, without white space around it.
  ///
  /// - Parameters:
  ///   - slot: -1 for a text that is only checked.
  ///   - isDate: whether the text must be a day of the calendar.
  ///   - layout: of the message.
  ///   - bytes: those of the rows.
  /// - Returns: false if it is to be a day and is none.
  mutating func endText(
    _ slot: Int,
    isDate: Bool,
    _ layout: IwmoLayout,
    _ bytes: inout [UInt8]
  ) -> Bool {
    var value = trimmedText(from: textStart, &bytes)
    var isGood = true
    if isDate && value != 0 {
      // A time zone shifts no day.
      if let day = dayText(value, bytes) { value = day } else { isGood = false }
    }
    guard slot >= 0 else {
      bytes.removeLast(bytes.count - textStart)
      return isGood
    }
    let bit: UInt64 = 1 << UInt64(slot)
    if filled & bit != 0 { tellRepeated(slot, layout) }
    filled |= bit
    current[slot] = value
    if slot == layout.secret && value != 0 { current[slot] = secret(value, &bytes) }
    if layout.levels[slot] == .message { messageTexts[slot] = Array(bytes[range(slot)]) }
    return isGood
  }

  private mutating func tellRepeated(_ slot: Int, _ layout: IwmoLayout) {
    let column = layout.columnSlots.firstIndex(of: slot) ?? -1
    switch layout.levels[slot] {
    case .message:
      let node = layout.nodes.firstIndex { $0.slot == slot }
      repeatedElement = node.map { String(decoding: layout.names[$0], as: UTF8.self) }
    case .client, .decision, .address: clientFaultColumn = clientFaultColumn ?? column
    case .row: rowFaultColumn = rowFaultColumn ?? column
    }
  }

  /// 1 is yes and 2 is no, in a column where 1 and 0 are.
  private func secret(_ value: UInt64, _ bytes: inout [UInt8]) -> UInt64 {
    if textHolds(value, "1", bytes) { return word("yes", &bytes) }
    return textHolds(value, "2", bytes) ? word("no", &bytes) : word("?", &bytes)
  }

  // MARK: message

  /// Puts the values of the message itself into the bytes of other rows.
  mutating func placeMessageTexts(_ layout: IwmoLayout, _ rows: inout DocumentRows) {
    for slot in layout.levels.indices where layout.levels[slot] == .message {
      place(messageTexts[slot], slot, &rows.bytes)
    }
  }

  private mutating func place(_ text: [UInt8], _ slot: Int, _ bytes: inout [UInt8]) {
    current[slot] = text.isEmpty ? 0 : UInt64(bytes.count) << 32 | UInt64(text.count)
    if !text.isEmpty { filled |= 1 << UInt64(slot) }
    bytes += text
  }

  /// The text in a slot of the message; empty for none.
  func messageText(_ slot: Int) -> [UInt8] { slot >= 0 ? messageTexts[slot] : [] }

  /// The whole number in a slot of the message; nil if there is none.
  func number(_ slot: Int) -> Int64? { wholeNumber(messageText(slot)[...]) }

  /// Whether the total of the message is absent, or what its rows add up to.
  func agreesWithTotal(_ layout: IwmoLayout) -> Bool {
    guard layout.total >= 0, isFilled(layout.total) else { return true }
    guard isSumCertain, var total = number(layout.total) else { return false }
    if messageText(layout.totalDirection) == Array("C".utf8) { total = -total }
    return total == sum
  }

  /// What the message says of itself.
  func tell(_ facts: inout FileFacts, _ layout: IwmoLayout) {
    facts.sender = messageText(
      layout.kind.isFromMunicipality ? layout.municipality : layout.provider
    )
    facts.identifier = messageText(layout.messageId)
    let digits = messageText(layout.messageDate).filter { $0 ^ 0x30 <= 9 }
    facts.day = smallNumber(digits[...]) ?? 0
  }

  // MARK: client

  mutating func beginClient(_ layout: IwmoLayout, rowCount: Int) {
    empty(~layout.slots(of: .message))
    clientFaultColumn = nil
    addressRank = 0
    firstRowOfClient = rowCount
    corrections.removeAll(keepingCapacity: true)
  }

  mutating func beginDecision(_ layout: IwmoLayout, rowCount: Int) {
    empty(layout.slots(of: .decision))
    firstRowOfDecision = rowCount
  }

  mutating func endDecision(_ layout: IwmoLayout, _ rows: inout DocumentRows) {
    fill(.decision, firstRowOfDecision, layout, &rows)
    for number in max(0, firstRowOfDecision - firstRowOfClient)..<corrections.count {
      corrections[number].assignment = value(layout.assignment)
    }
  }

  mutating func beginAddress(_ layout: IwmoLayout) { empty(layout.slots(of: .address)) }

  /// Keeps the address if it is better than those before: the first of the register, else the first
  /// where the client stays.
  mutating func endAddress(_ layout: IwmoLayout, _ bytes: [UInt8]) {
    let kind = value(layout.addressKind)
    let rank = textHolds(kind, "01", bytes) ? 2 : textHolds(kind, "03", bytes) ? 1 : 0
    if rank > addressRank {
      addressRank = rank
      address = current.indices.map { value($0) }
    }
    beginAddress(layout)
  }

  /// Gives the rows of the client what they have in common.
  mutating func endClient(_ layout: IwmoLayout, _ rows: inout DocumentRows) {
    applyDateUse(layout, &rows.bytes)
    fill(.client, firstRowOfClient, layout, &rows)
    if addressRank > 0 { fill(.address, firstRowOfClient, layout, &rows) }
    for number in corrections.indices {
      var correction = corrections[number]
      correction.person = value(layout.person)
      let isFromMunicipality = layout.kind.isFromMunicipality
      correction.sender = value(isFromMunicipality ? layout.municipality : layout.provider)
      correction.receiver = value(isFromMunicipality ? layout.provider : layout.municipality)
      correction.messageDate = value(layout.messageDate)
      correction.messageId = value(layout.messageId)
      rows.rows[firstRowOfClient + number].correction = correction.appended(to: &rows.bytes)
    }
    guard let clientFaultColumn else { return }
    for row in firstRowOfClient..<rows.rows.count where rows.rows[row].fault == Fault.none {
      rows.rows[row].fault = Fault.structure
      rows.rows[row].faultColumn = clientFaultColumn
    }
  }

  private func fill(
    _ level: IwmoLayout.Level,
    _ first: Int,
    _ layout: IwmoLayout,
    _ rows: inout DocumentRows
  ) {
    let columnCount = layout.columnSlots.count
    for column in 0..<columnCount {
      let slot = layout.columnSlots[column]
      guard slot >= 0, layout.levels[slot] == level else { continue }
      let value = level == .address ? address[slot] : value(slot)
      for row in first..<rows.rows.count { rows.values[row * columnCount + column] = value }
    }
  }

  // `Datum` is complete even where `DatumGebruik` says that parts of it are unknown.
  private mutating func applyDateUse(_ layout: IwmoLayout, _ bytes: inout [UInt8]) {
    let use = value(layout.dateUse)
    let birth = value(layout.birthDate)
    guard use != 0, birth != 0 else { return }
    let start = Int(birth >> 32)
    let isDate = birth & 0xFFFF_FFFF == 10
    if textHolds(use, "1", bytes) && isDate {
      for place in [8, 9] { bytes[start + place] = 0x30 }
    } else if textHolds(use, "2", bytes) && isDate {
      for place in [5, 6, 8, 9] { bytes[start + place] = 0x30 }
    } else if textHolds(use, "3", bytes) {
      current[layout.birthDate] = 0
    } else if !textHolds(use, "0", bytes) {
      current[layout.birthDate] = word("?", &bytes)
    }
  }

  // MARK: row

  mutating func beginRow(_ layout: IwmoLayout, line: Int) {
    empty(layout.slots(of: .row))
    rowFaultColumn = nil
    rowLine = line
  }

  mutating func endRow(_ layout: IwmoLayout, file: Int, _ rows: inout DocumentRows) {
    var row = DocumentRows.Row(file: file, line: rowLine, fault: Fault.none, faultColumn: -1)
    if let rowFaultColumn {
      row.fault = Fault.structure
      row.faultColumn = rowFaultColumn
    }
    if layout.kind.message == 323 {
      row.role = .event
      addAmount(layout, &rows.bytes)
    } else if layout.isCorrectable {
      corrections.append(correction(layout, rows.bytes))
    }
    for slot in layout.columnSlots { rows.values.append(value(slot)) }
    rows.rows.append(row)
  }

  private func correction(_ layout: IwmoLayout, _ bytes: [UInt8]) -> IwmoCorrection {
    let status = value(layout.status)
    return IwmoCorrection(
      message: layout.kind.message,
      law: law,
      isNumbered: layout.kind.version == .v3,
      assignment: value(layout.assignment),
      category: value(layout.category),
      product: value(layout.product),
      start: value(layout.start),
      assignedDate: value(layout.assignedDate),
      assignedTime: value(layout.assignedTime),
      status: status & 0xFFFF_FFFF == 1 ? bytes[Int(status >> 32)] : nil
    )
  }

  /// Gives the amount its sign and adds it up; rows that are refused count too.
  private mutating func addAmount(_ layout: IwmoLayout, _ bytes: inout [UInt8]) {
    let amount = value(layout.amount)
    guard amount != 0 else { return }
    let cents = wholeNumber(bytes[range(layout.amount)])
    let direction = value(layout.direction)
    let isCredit = textHolds(direction, "C", bytes)
    if isCredit {
      let range = range(layout.amount)
      current[layout.amount] = UInt64(bytes.count) << 32 | UInt64(range.count + 1)
      bytes.append(UInt8(ascii: "-"))
      // Byte by byte: a slice of the array would make it copy itself whole.
      for place in range { bytes.append(bytes[place]) }
    } else if direction != 0, !textHolds(direction, "D", bytes) {
      current[layout.amount] = word("?", &bytes)
    }
    guard let cents else {
      isSumCertain = false
      return
    }
    let (added, overflow) = sum.addingReportingOverflow(isCredit ? -cents : cents)
    sum = added
    if overflow { isSumCertain = false }
    guard let volume = wholeNumber(bytes[range(layout.volume)]),
      let tariff = wholeNumber(bytes[range(layout.tariff)])
    else { return }
    let (product, isTooLarge) = volume.multipliedReportingOverflow(by: tariff)
    if isTooLarge || product != cents { mismatchCount += 1 }
  }

  // MARK: slots

  private mutating func empty(_ slots: UInt64) { filled &= ~slots }

  private func isFilled(_ slot: Int) -> Bool { filled & (1 << UInt64(slot)) != 0 }

  /// The value of a slot; 0 for none, and where the message has no such slot.
  private func value(_ slot: Int) -> UInt64 {
    slot >= 0 && isFilled(slot) ? current[slot] : 0
  }

  /// Where the value of a slot stands.
  private func range(_ slot: Int) -> Range<Int> {
    let value = value(slot)
    let start = Int(value >> 32)
    return start..<start + Int(value & 0xFFFF_FFFF)
  }
}

/// The number that up to seventeen digits make; nil for anything else.
private func wholeNumber(_ text: ArraySlice<UInt8>) -> Int64? {
  guard !text.isEmpty, text.count <= 17 else { return nil }
  var number: Int64 = 0
  for byte in text {
    guard byte ^ 0x30 <= 9 else { return nil }
    number = number * 10 + Int64(byte ^ 0x30)
  }
  return number
}

/// The day of an `xs:date` without its time zone: YYYY-MM-DD; nil if the calendar has no such day.
private func dayText(_ value: UInt64, _ bytes: [UInt8]) -> UInt64? {
  let start = Int(value >> 32)
  let length = Int(value & 0xFFFF_FFFF)
  guard length >= 10, bytes[start + 4] == 0x2D, bytes[start + 7] == 0x2D else { return nil }
  func number(_ places: Range<Int>) -> Int? {
    smallNumber(bytes[start + places.lowerBound..<start + places.upperBound])
  }
  guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), year >= 1,
    CivilDate(year: year, month: month, day: day) != nil
  else { return nil }
  if length > 10 {
    let zone = bytes[start + 10]
    let isHours =
      length == 16 && (zone == 0x2B || zone == 0x2D) && bytes[start + 13] == 0x3A
      && number(11..<13).map { $0 <= 14 } == true && number(14..<16).map { $0 <= 59 } == true
    guard isHours || (length == 11 && zone == UInt8(ascii: "Z")) else { return nil }
  }
  return UInt64(start) << 32 | 10
}
