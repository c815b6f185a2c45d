/// The values of one person of LO3, until they are a row.
///
/// - Note: Clear identifiers pass through here.
struct Lo3Person {
  private let layout: Lo3Layout
  /// For each element: offset · 2³² + length in the bytes of the rows; 0 has no value.
  private var values: [UInt64]
  private var isFilled: [Bool]
  /// A bit for each category that the person has.
  private var categories: UInt64 = 0
  private var fault = Fault.none
  private var faultColumn = -1
  private var line = 0

  init(_ layout: Lo3Layout) {
    self.layout = layout
    values = Array(repeating: 0, count: Lo3Elements.all.count)
    isFilled = Array(repeating: false, count: Lo3Elements.all.count)
  }

  mutating func begin(line: Int) {
    for place in values.indices {
      values[place] = 0
      isFilled[place] = false
    }
    categories = 0
    fault = Fault.none
    faultColumn = -1
    self.line = line
  }

  /// Refuses the person; the first fault counts.
  mutating func refuse(_ fault: UInt8, at place: Int = -1) {
    guard self.fault == Fault.none else { return }
    self.fault = fault
    faultColumn = place >= 0 ? layout.columns[place] : -1
  }

  /// Begins what is current of a category, one of those that are read.
  mutating func beginCategory(_ category: Int) {
    let bit: UInt64 = 1 << UInt64(category & 63)
    if categories & bit != 0 { refuse(Fault.structure) }
    categories |= bit
  }

  /// The place of an element whose value is wanted, or -1; an element that is there twice refuses the
  /// person.
  mutating func beginElement(category: Int, number: Int) -> Int {
    let place = Lo3Elements.place(category: category, number: number)
    guard place >= 0, layout.isNeeded[place] else { return -1 }
    if isFilled[place] {
      refuse(Fault.structure, at: place)
      return -1
    }
    isFilled[place] = true
    return place
  }

  /// Takes what was added to the bytes since `start` as a value, without blanks and line ends around
  /// it.
  mutating func take(_ place: Int, from start: Int, _ bytes: inout [UInt8]) {
    values[place] = trimmedText(from: start, &bytes)
  }

  /// Drops the category if it is marked as wrong.
  mutating func endCategory(_ category: Int, _ bytes: [UInt8]) {
    let mark = Lo3Elements.place(category: category, number: Lo3Elements.correctness)
    guard mark >= 0, holds(mark, "O", bytes) else { return }
    for place in values.indices where Lo3Elements.all[place].category == category {
      values[place] = 0
    }
  }

  /// Puts the person behind the rows, or counts it as withdrawn.
  mutating func end(file: Int, _ rows: inout DocumentRows) {
    let isWithdrawn =
      holds(Lo3Layout.suspension, "F", rows.bytes) || holds(Lo3Layout.suspension, "W", rows.bytes)
    if fault == Fault.none && isWithdrawn {
      rows.skipped[.withdrawn, default: 0] += 1
      return
    }
    settleValues(&rows.bytes)
    let isDead =
      values[Lo3Layout.death] != 0 || holds(Lo3Layout.suspension, "O", rows.bytes)
    for filling in layout.fillings {
      switch filling {
      case .element(let place): rows.values.append(values[place])
      case .deceased: rows.values.append(word(isDead ? "yes" : "no", &rows.bytes))
      case .investigation:
        rows.values.append(word(isUnderInvestigation ? "yes" : "no", &rows.bytes))
      case .none: rows.values.append(0)
      }
    }
    rows.rows.append(
      DocumentRows.Row(file: file, line: line, fault: fault, faultColumn: faultColumn)
    )
  }

  private var isUnderInvestigation: Bool {
    for place in values.indices
    where Lo3Elements.all[place].number == Lo3Elements.investigation && values[place] != 0 {
      return true
    }
    return false
  }

  /// Replaces what the standard writes for "none" and for the sexes.
  private mutating func settleValues(_ bytes: inout [UInt8]) {
    if holds(Lo3Layout.surname, Lo3Elements.unknownSurname, bytes) { values[Lo3Layout.surname] = 0 }
    if holds(Lo3Layout.municipality, Lo3Elements.noMunicipality, bytes) {
      values[Lo3Layout.municipality] = 0
    }
    let sex = values[Lo3Layout.sex]
    if sex & 0xFFFF_FFFF == 1, let written = Lo3Elements.sexWord(bytes[Int(sex >> 32)]) {
      values[Lo3Layout.sex] = word(written, &bytes)
    }
  }

  private func holds(_ place: Int, _ wanted: StaticString, _ bytes: [UInt8]) -> Bool {
    textHolds(values[place], wanted, bytes)
  }
}
