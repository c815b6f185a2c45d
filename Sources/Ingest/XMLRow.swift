/// The values of a row of an XML document while it is read.
///
/// - Note: Clear identifiers pass through here.
struct XMLRow {
  /// For each slot: offset · 2³² + length in the bytes of the rows; 0 has no value.
  private(set) var values: [UInt64]
  private var isFilled: [Bool]
  /// The slots of elements with others of the tree in them: theirs come between pieces of their text.
  private let mixed: [Bool]
  /// The slots whose text may not be broken by an element.
  private let unbroken: [Bool]
  /// For each of them how many elements had begun before its last piece of text, or -1.
  private var lastPieces: [Int]
  private var pieces: [[UInt8]]
  /// The mixed slots whose pieces are being taken.
  private var isOpen: [Bool]
  /// The first slot that was filled twice or broken, or -1.
  private(set) var repeatedSlot = -1
  /// A row whose values take more than any may.
  private var isTooLong = false
  private(set) var line = 0
  private var rowStart = 0
  private var textStart = 0
  /// Nothing more is taken into the text at hand.
  private var isDropped = false

  init(mixed: [Bool], unbroken: [Bool] = []) {
    self.mixed = mixed
    self.unbroken = unbroken.isEmpty ? mixed.map { _ in false } : unbroken
    lastPieces = Array(repeating: -1, count: mixed.count)
    values = Array(repeating: 0, count: mixed.count)
    isFilled = Array(repeating: false, count: mixed.count)
    pieces = Array(repeating: [], count: mixed.count)
    isOpen = isFilled
  }

  /// Why the row is refused, and in which column: -1 where it is none of those with these slots.
  func fault(in columnSlots: [Int]) -> (fault: UInt8, column: Int) {
    if isTooLong { return (Fault.limit, -1) }
    guard repeatedSlot >= 0 else { return (Fault.none, -1) }
    return (Fault.structure, columnSlots.firstIndex(of: repeatedSlot) ?? -1)
  }

  mutating func begin(line: Int, at byteCount: Int) {
    for slot in values.indices {
      values[slot] = 0
      isFilled[slot] = false
      isOpen[slot] = false
    }
    repeatedSlot = -1
    isTooLong = false
    self.line = line
    rowStart = byteCount
  }

  /// Begins the text of a slot; one that has a value already keeps it.
  mutating func beginText(_ slot: Int, _ bytes: [UInt8]) {
    isDropped = isFilled[slot] || isTooLong
    if isFilled[slot] {
      if repeatedSlot < 0 { repeatedSlot = slot }
      return
    }
    isFilled[slot] = true
    lastPieces[slot] = -1
    if mixed[slot] {
      isOpen[slot] = !isTooLong
      pieces[slot].removeAll(keepingCapacity: true)
    } else {
      textStart = bytes.count
    }
  }

  /// Takes the piece of text at hand of a reader.
  ///
  /// - Returns: false once the text is longer than any may be.
  mutating func takeText(
    _ slot: Int,
    of reader: borrowing XMLTreeReader,
    _ bytes: inout [UInt8]
  ) -> Bool {
    // The texts of a slot that was filled before are dropped, so that they take no room.
    if mixed[slot] {
      if !isOpen[slot] { return true }
      noteBreak(slot, reader)
      reader.appendText(to: &pieces[slot])
      return pieces[slot].count <= reader.textLimit
    }
    if isDropped { return true }
    noteBreak(slot, reader)
    reader.appendText(to: &bytes)
    return bytes.count - textStart <= reader.textLimit
  }

  /// `1<z/>2` is not 12.
  @inline(__always)
  private mutating func noteBreak(_ slot: Int, _ reader: borrowing XMLTreeReader) {
    let count = reader.elementCount
    guard unbroken[slot], lastPieces[slot] != count, !reader.isBlankText else { return }
    if lastPieces[slot] >= 0, repeatedSlot < 0 { repeatedSlot = slot }
    lastPieces[slot] = count
  }

  /// Keeps what was taken since the text of the slot began.
  mutating func endText(_ slot: Int, _ bytes: inout [UInt8]) {
    if mixed[slot] {
      guard isOpen[slot] else { return }
      isOpen[slot] = false
      if isTooLong { return }
      textStart = bytes.count
      bytes += pieces[slot]
    } else if isDropped {
      return
    }
    set(slot, from: textStart, &bytes)
  }

  /// Keeps what was added to the bytes since `start` as the value of a slot.
  mutating func set(_ slot: Int, from start: Int, _ bytes: inout [UInt8]) {
    isFilled[slot] = true
    values[slot] = trimmedText(from: start, &bytes)
    guard bytes.count - rowStart > XMLLimits.rowLength else { return }
    isTooLong = true
    for slot in values.indices { values[slot] = 0 }
    bytes.removeLast(bytes.count - rowStart)
  }

  /// Gives a slot another value, or none.
  mutating func replace(_ slot: Int, with value: UInt64) { values[slot] = value }

  /// Takes an attribute of the element that a reader begun last.
  mutating func takeAttribute(
    _ slot: Int,
    _ name: [UInt8],
    space: [UInt8]?,
    of reader: borrowing XMLTreeReader,
    _ bytes: inout [UInt8]
  ) {
    let start = bytes.count
    let count = reader.appendAttribute(name, space: space, to: &bytes)
    guard count > 0 else { return }
    if count > 1 || isFilled[slot] || isTooLong {
      if !isTooLong && repeatedSlot < 0 { repeatedSlot = slot }
      bytes.removeLast(bytes.count - start)
      return
    }
    set(slot, from: start, &bytes)
  }
}
