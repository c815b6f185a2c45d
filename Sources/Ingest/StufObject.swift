/// A person of a StUF-BG answer until it is a row: what is nil, and which digits of dates are noise.
///
/// - Note: Clear identifiers pass through here.
struct StufObject {
  /// Why an element has no value.
  enum Absence: UInt8 {
    /// It has one, or it is not there at all.
    case none
    /// `geenWaarde`: there certainly is none.
    case certain
    /// Nobody knows, or the sender may not tell.
    case unknown
  }

  private static let noValue = Array("noValue".utf8)
  private static let nilName = Array("nil".utf8)
  private static let precision = Array("indOnvolledigeDatum".utf8)

  private let layout: StufLayout
  private var row: XMLRow
  private var absences: [Absence]
  /// For each slot the letter of `indOnvolledigeDatum`; 0 for none, `?` for one that is no letter.
  private var precisions: [UInt8]
  /// For each slot whether anybody has had a value there, and whether it was nil.
  private var everFilled: [Bool]
  private var everAbsent: [Bool]
  private var attribute: [UInt8] = []

  init(_ layout: StufLayout) {
    self.layout = layout
    row = XMLRow(mixed: Array(repeating: false, count: layout.slotCount))
    absences = Array(repeating: .none, count: layout.slotCount)
    precisions = Array(repeating: 0, count: layout.slotCount)
    everFilled = Array(repeating: false, count: layout.slotCount)
    everAbsent = everFilled
  }

  mutating func begin(line: Int, _ bytes: [UInt8]) {
    row.begin(line: line, at: bytes.count)
    for slot in absences.indices {
      absences[slot] = .none
      precisions[slot] = 0
    }
  }

  /// Begins the element of a slot, and looks at what its attributes say of its value.
  mutating func beginText(_ slot: Int, of reader: borrowing XMLTreeReader, _ bytes: [UInt8]) {
    row.beginText(slot, bytes)
    guard reader.hasAttributes, row.repeatedSlot != slot else { return }
    if read(Self.noValue, StufLayout.stufSpace, of: reader) {
      absences[slot] = attribute == Array("geenWaarde".utf8) ? .certain : .unknown
    } else if read(Self.nilName, StufLayout.nilSpace, of: reader),
      attribute == Array("true".utf8) || attribute == Array("1".utf8)
    {
      absences[slot] = .unknown
    }
    if read(Self.precision, StufLayout.stufSpace, of: reader) {
      precisions[slot] = attribute.count == 1 ? attribute[0] : UInt8(ascii: "?")
    }
  }

  private mutating func read(
    _ name: [UInt8],
    _ space: [UInt8],
    of reader: borrowing XMLTreeReader
  ) -> Bool {
    attribute.removeAll(keepingCapacity: true)
    return reader.appendAttribute(name, space: space, to: &attribute) > 0
  }

  /// - Returns: false once the text is longer than any may be.
  mutating func takeText(
    _ slot: Int,
    of reader: borrowing XMLTreeReader,
    _ bytes: inout [UInt8]
  ) -> Bool {
    row.takeText(slot, of: reader, &bytes)
  }

  mutating func endText(_ slot: Int, _ bytes: inout [UInt8]) {
    row.endText(slot, &bytes)
    // What stands in an element that is nil is not its value.
    if absences[slot] != .none { row.replace(slot, with: 0) }
  }

  /// Puts the person behind the rows.
  mutating func end(file: Int, _ rows: inout DocumentRows) {
    let (fault, column) = row.fault(in: layout.columnSlots)
    note()
    let died = deceased
    settle(&rows.bytes)
    for number in layout.columnSlots.indices {
      if layout.isDeceased[number] {
        rows.values.append(word(died, &rows.bytes))
      } else {
        let slot = layout.columnSlots[number]
        rows.values.append(slot >= 0 ? row.values[slot] : 0)
      }
    }
    rows.rows.append(
      DocumentRows.Row(file: file, line: row.line, fault: fault, faultColumn: column)
    )
  }

  private mutating func note() {
    for slot in absences.indices {
      if row.values[slot] != 0 { everFilled[slot] = true }
      if absences[slot] != .none { everAbsent[slot] = true }
    }
  }

  /// The required columns that were nil for some persons and had a value for none.
  var withheldColumns: [String] {
    layout.required.filter { column, _ in
      let slot = layout.columnSlots[column]
      return slot >= 0 && everAbsent[slot] && !everFilled[slot]
    }.map(\.name)
  }

  private var deceased: StaticString {
    guard layout.death >= 0 else { return "unknown" }
    if row.values[layout.death] != 0 { return "yes" }
    return absences[layout.death] == .certain ? "no" : "unknown"
  }

  private mutating func settle(_ bytes: inout [UInt8]) {
    for slot in precisions.indices where precisions[slot] != 0 && row.values[slot] != 0 {
      settleDate(slot, &bytes)
    }
    if layout.sex >= 0 {
      let value = row.values[layout.sex]
      if value & 0xFFFF_FFFF == 1, let written = Lo3Elements.sexWord(bytes[Int(value >> 32)]) {
        row.replace(layout.sex, with: word(written, &bytes))
      }
    }
    // Seen where a partner has no prefix.
    if layout.partnerPrefix >= 0, textHolds(row.values[layout.partnerPrefix], "0", bytes) {
      row.replace(layout.partnerPrefix, with: 0)
    }
  }

  /// Makes zeros of the digits that are noise.
  private func noise(_ letter: UInt8) -> Int? {
    switch letter {
    case UInt8(ascii: "V"): 0
    case UInt8(ascii: "D"): 2
    case UInt8(ascii: "M"): 4
    default: nil
    }
  }

  private mutating func settleDate(_ slot: Int, _ bytes: inout [UInt8]) {
    if precisions[slot] == UInt8(ascii: "J") {
      row.replace(slot, with: 0)
      return
    }
    guard let count = noise(precisions[slot]) else {
      // A date of which we do not know what it tells is no date.
      row.replace(slot, with: word("?", &bytes))
      return
    }
    let start = Int(row.values[slot] >> 32)
    let length = Int(row.values[slot] & 0xFFFF_FFFF)
    guard length == 8 else { return }
    for place in start + length - count..<start + length { bytes[place] = UInt8(ascii: "0") }
  }
}
