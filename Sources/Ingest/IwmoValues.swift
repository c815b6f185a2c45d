/// The values of a message where the reader stands: its header, the client at hand, the row at hand.
///
/// - Note: Clear identifiers pass through here.
struct IwmoValues {
  /// Where the text at hand begins in the bytes of the rows.
  private(set) var textStart = 0
  /// An element of the message that stands there twice; nil for none.
  private(set) var repeatedElement: String?

  /// For each slot: offset · 2³² + length; 0 has no value.
  private var current: [UInt64] = []
  private var isFilled: [Bool] = []
  /// For each slot of the message itself its text: it outlives the rows that are handed out.
  private var messageTexts: [[UInt8]] = []
  private var clientFaultColumn: Int?
  private var rowFaultColumn: Int?
  private var firstRowOfClient = 0
  private var rowLine = 0
  /// 2 for the address of the register, 1 for where the client stays, 0 for none.
  private var addressRank = 0
  private var address: [UInt64] = []
  /// What the rows so far add up to, in cents.
  private var sum: Int64 = 0
  private var isSumCertain = true

  // MARK: texts

  mutating func beginText(at start: Int) { textStart = start }

  /// Takes what was added to the bytes as the value of a slot, without white space around it.
  mutating func endText(_ slot: Int, _ layout: IwmoLayout, _ bytes: inout [UInt8]) {
    trimText(&bytes)
    let length = bytes.count - textStart
    if isFilled[slot] { tellRepeated(slot, layout) }
    isFilled[slot] = true
    current[slot] = length == 0 ? 0 : UInt64(textStart) << 32 | UInt64(length)
    if layout.levels[slot] == .message { messageTexts[slot] = Array(bytes[textStart...]) }
  }

  private func trimText(_ bytes: inout [UInt8]) {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }
    while bytes.count > textStart, let last = bytes.last, isSpace(last) { bytes.removeLast() }
    var start = textStart
    while start < bytes.count, isSpace(bytes[start]) { start += 1 }
    if start > textStart { bytes.removeSubrange(textStart..<start) }
    // Line ends and tabs within a text are blanks (XML Schema, whiteSpace of token).
    for place in textStart..<bytes.count where bytes[place] < 0x20 { bytes[place] = 0x20 }
  }

  private mutating func tellRepeated(_ slot: Int, _ layout: IwmoLayout) {
    let column = layout.columnSlots.firstIndex(of: slot) ?? -1
    switch layout.levels[slot] {
    case .message:
      let node = layout.nodes.firstIndex { $0.slot == slot }
      repeatedElement = node.map { String(decoding: layout.names[$0], as: UTF8.self) }
    case .client, .address: clientFaultColumn = clientFaultColumn ?? column
    case .row: rowFaultColumn = rowFaultColumn ?? column
    }
  }

  // MARK: message

  mutating func beginMessage(_ layout: IwmoLayout, _ rows: inout DocumentRows) {
    current = Array(repeating: 0, count: layout.levels.count)
    isFilled = Array(repeating: false, count: layout.levels.count)
    messageTexts = Array(repeating: [], count: layout.levels.count)
    address = current
    if layout.messageNumber >= 0 {
      messageTexts[layout.messageNumber] = Array(String(layout.message).utf8)
    }
    if layout.law >= 0 { messageTexts[layout.law] = Array("wmo".utf8) }
    placeMessageTexts(layout, &rows)
  }

  /// Puts the values of the message itself into the bytes of other rows.
  mutating func placeMessageTexts(_ layout: IwmoLayout, _ rows: inout DocumentRows) {
    for slot in layout.levels.indices where layout.levels[slot] == .message {
      place(messageTexts[slot], slot, &rows)
    }
  }

  private mutating func place(_ text: [UInt8], _ slot: Int, _ rows: inout DocumentRows) {
    current[slot] = text.isEmpty ? 0 : UInt64(rows.bytes.count) << 32 | UInt64(text.count)
    rows.bytes += text
  }

  /// The whole number in a slot of the message; nil if there is none.
  func number(_ slot: Int) -> Int64? {
    slot >= 0 && messageTexts.indices.contains(slot) ? wholeNumber(messageTexts[slot][...]) : nil
  }

  /// Whether the total of the message is absent, or what its rows add up to.
  func agreesWithTotal(_ layout: IwmoLayout) -> Bool {
    guard layout.total >= 0, isFilled[layout.total] else { return true }
    guard isSumCertain, var total = number(layout.total) else { return false }
    if layout.totalDirection >= 0, messageTexts[layout.totalDirection] == Array("C".utf8) {
      total = -total
    }
    return total == sum
  }

  // MARK: client

  mutating func beginClient(_ layout: IwmoLayout, rowCount: Int) {
    for slot in layout.levels.indices where layout.levels[slot] != .message { empty(slot) }
    clientFaultColumn = nil
    addressRank = 0
    firstRowOfClient = rowCount
  }

  mutating func beginAddress(_ layout: IwmoLayout) {
    for slot in layout.levels.indices where layout.levels[slot] == .address { empty(slot) }
  }

  /// Keeps the address if it is better than those before: the first of the register, else the first
  /// where the client stays.
  mutating func endAddress(_ layout: IwmoLayout, _ bytes: [UInt8]) {
    let isRegister = holds(layout.addressKind, "01", bytes)
    let rank = isRegister ? 2 : holds(layout.addressKind, "03", bytes) ? 1 : 0
    if rank > addressRank {
      addressRank = rank
      address = current
    }
    beginAddress(layout)
  }

  /// Gives the rows of the client what they have in common.
  mutating func endClient(_ layout: IwmoLayout, _ rows: inout DocumentRows) {
    applyDateUse(layout, &rows)
    let columnCount = layout.columnSlots.count
    for column in 0..<columnCount {
      let slot = layout.columnSlots[column]
      guard slot >= 0, layout.levels[slot] != .row else { continue }
      var value = current[slot]
      if layout.levels[slot] == .address { value = addressRank > 0 ? address[slot] : 0 }
      for row in firstRowOfClient..<rows.rows.count {
        rows.values[row * columnCount + column] = value
      }
    }
    if let clientFaultColumn {
      for row in firstRowOfClient..<rows.rows.count where rows.rows[row].fault == Fault.none {
        rows.rows[row].fault = Fault.structure
        rows.rows[row].faultColumn = clientFaultColumn
      }
    }
  }

  // `Datum` is complete even where `DatumGebruik` says that parts of it are unknown.
  private mutating func applyDateUse(_ layout: IwmoLayout, _ rows: inout DocumentRows) {
    guard layout.birthDate >= 0, layout.dateUse >= 0, current[layout.dateUse] != 0 else { return }
    let use = text(layout.dateUse, rows.bytes)
    guard current[layout.birthDate] != 0 else { return }
    let start = Int(current[layout.birthDate] >> 32)
    let isDate = current[layout.birthDate] & 0xFFFF_FFFF == 10
    switch use {
    case Array("1".utf8) where isDate: erase([8, 9], from: start, &rows.bytes)
    case Array("2".utf8) where isDate: erase([5, 6, 8, 9], from: start, &rows.bytes)
    case Array("3".utf8): current[layout.birthDate] = 0
    case Array("0".utf8): break
    default: place(Array("?".utf8), layout.birthDate, &rows)
    }
  }

  private func erase(_ places: [Int], from start: Int, _ bytes: inout [UInt8]) {
    for place in places { bytes[start + place] = UInt8(ascii: "0") }
  }

  // MARK: row

  mutating func beginRow(_ layout: IwmoLayout, line: Int) {
    for slot in layout.levels.indices where layout.levels[slot] == .row { empty(slot) }
    rowFaultColumn = nil
    rowLine = line
  }

  mutating func endRow(_ layout: IwmoLayout, file: Int, _ rows: inout DocumentRows) {
    var row = DocumentRows.Row(file: file, line: rowLine, fault: Fault.none, faultColumn: -1)
    if let rowFaultColumn {
      row.fault = Fault.structure
      row.faultColumn = rowFaultColumn
    } else if layout.status >= 0 {
      // Corrections of earlier rows (2 replaces, 3 removes) come with a later version.
      if holds(layout.status, "2", rows.bytes) || holds(layout.status, "3", rows.bytes) {
        row.fault = Fault.structure
        row.faultColumn = DocumentRows.statusColumn
      }
    }
    addAmount(layout, &rows)
    for slot in layout.columnSlots { rows.values.append(slot >= 0 ? current[slot] : 0) }
    rows.rows.append(row)
  }

  /// Gives the amount its sign and adds it up; rows that are refused count too.
  private mutating func addAmount(_ layout: IwmoLayout, _ rows: inout DocumentRows) {
    guard layout.amount >= 0, current[layout.amount] != 0 else { return }
    let number = wholeNumber(rows.bytes[range(layout.amount)])
    let isCredit = holds(layout.direction, "C", rows.bytes)
    if isCredit {
      place(Array("-".utf8) + text(layout.amount, rows.bytes), layout.amount, &rows)
    } else if layout.direction >= 0, current[layout.direction] != 0,
      !holds(layout.direction, "D", rows.bytes)
    {
      place(Array("?".utf8), layout.amount, &rows)
    }
    guard let number else {
      isSumCertain = false
      return
    }
    let (added, overflow) = sum.addingReportingOverflow(isCredit ? -number : number)
    sum = added
    if overflow { isSumCertain = false }
  }

  private mutating func empty(_ slot: Int) {
    current[slot] = 0
    isFilled[slot] = false
  }

  /// Where the value of a slot stands.
  private func range(_ slot: Int) -> Range<Int> {
    let start = Int(current[slot] >> 32)
    return start..<start + Int(current[slot] & 0xFFFF_FFFF)
  }

  private func text(_ slot: Int, _ bytes: [UInt8]) -> [UInt8] { Array(bytes[range(slot)]) }

  /// Whether the value of a slot is this; false where the message has no such slot.
  private func holds(_ slot: Int, _ wanted: StaticString, _ bytes: [UInt8]) -> Bool {
    guard slot >= 0, Int(current[slot] & 0xFFFF_FFFF) == wanted.utf8CodeUnitCount else {
      return false
    }
    let start = Int(current[slot] >> 32)
    for position in 0..<wanted.utf8CodeUnitCount {
      guard unsafe bytes[start + position] == wanted.utf8Start[position] else { return false }
    }
    return true
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
