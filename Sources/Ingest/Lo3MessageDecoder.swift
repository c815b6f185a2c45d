import Diagnostics

/// Reads Lg01 messages, one after the other, perhaps with line ends between them.
///
/// A message whose lengths do not nest costs its own row, if what follows tells where the next one
/// begins: the end of the file, a line end, or the head of a message. If nothing does, the file is
/// refused: its lengths are all that tells where a message ends.
///
/// - Note: Clear identifiers pass through here.
final class Lo3MessageDecoder: DocumentDecoder {
  /// Key, kind, time, A-number and old A-number; then the length of what follows.
  static let headLength = 49
  static let lengthDigits = 5
  private static let bodyStart = headLength + lengthDigits
  private static let longest = bodyStart + 99_999
  private static let kind: StaticString = "Lg01"

  private let input: DocumentInput
  private let path: String
  private let file: Int
  private let teletex = Teletex()
  private var person: Lo3Person
  /// Bytes of the file that are at hand; those before `position` are done with.
  private var bytes: [UInt8] = []
  private var position = 0
  private var isAtEnd = false
  /// A message counts as a line, so that it has a number where lines have none.
  private var line = 1
  private var messageCount = 0
  private var facts: FileFacts

  init(_ input: DocumentInput, layout: Lo3Layout, path: String, file: Int) {
    self.input = input
    self.path = path
    self.file = file
    person = Lo3Person(layout)
    facts = FileFacts(file: file)
  }

  func read(into rows: inout DocumentRows, byteLimit: Int) throws(IngestError) -> Bool {
    let firstRow = rows.rows.count
    var isDone = false
    if messageCount == 0 { try checkStart() }
    while true {
      try passLineEnds()
      guard try has(1) else {
        isDone = true
        break
      }
      try readMessage(&rows)
      if rows.isFull(byteLimit) { break }
    }
    if messageCount == 0 { throw refuse(.truncated) }
    // The key of one message is that of a file only if nothing else is in it.
    if messageCount > 1 || !isDone { facts.identifier = [] }
    facts.rowCount = rows.rows.count - firstRow
    rows.facts.append(facts)
    return isDone
  }

  private func refuse(_ fault: FileFault) -> IngestError {
    .refused(fault, Place(file: path, line: line))
  }

  // MARK: bytes

  /// Whether so many bytes are there behind the position; reads on as needed.
  private func has(_ count: Int) throws(IngestError) -> Bool {
    while bytes.count - position < count && !isAtEnd {
      if position > 0 {
        bytes.removeSubrange(..<position)
        position = 0
      }
      let piece = input.peek()
      if let failure = input.failure { throw .file(failure) }
      guard !piece.isEmpty else {
        isAtEnd = true
        break
      }
      let taken = piece.prefix(1 << 16)
      bytes += taken
      input.skip(taken.count)
    }
    return bytes.count - position >= count
  }

  private func checkStart() throws(IngestError) {
    _ = try has(4096)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw refuse(.byteOrderMark(found: "utf-8", declared: "teletex"))
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw refuse(.byteOrderMark(found: "utf-16", declared: "teletex"))
    }
    if bytes.prefix(4096).contains(0) { throw refuse(.nul) }
  }

  private func passLineEnds() throws(IngestError) {
    var isFirst = true
    while try has(1), isLineEnd(bytes[position]) {
      if bytes[position] == 0x0A {
        // The message before it counted as a line.
        if !isFirst || messageCount == 0 { line += 1 }
        isFirst = false
      }
      position += 1
    }
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  /// The number that so many digits make; nil for anything else.
  private func digits(at start: Int, _ digitCount: Int) -> Int? {
    guard start + digitCount <= bytes.count else { return nil }
    return smallNumber(bytes[start..<start + digitCount])
  }

  /// Whether a message begins there, as far as its head tells.
  private func isHead(at start: Int) -> Bool {
    guard start + Self.bodyStart <= bytes.count else { return false }
    let kind = UInt64(start + 8) << 32 | 4
    return textHolds(kind, Self.kind, bytes)
      && digits(at: start + Self.headLength, Self.lengthDigits) != nil
  }

  // MARK: messages

  private func readMessage(_ rows: inout DocumentRows) throws(IngestError) {
    if messageCount > 0 { line += 1 }
    guard try has(Self.bodyStart) else { throw refuse(.truncated) }
    guard isHead(at: position) else { throw refuse(.lo3Message) }
    let length = digits(at: position + Self.headLength, Self.lengthDigits) ?? 0
    _ = try has(Self.bodyStart + length + Self.bodyStart)
    let body = position + Self.bodyStart
    let end = body + length
    messageCount += 1
    if messageCount == 1 { takeFacts() }
    person.begin(line: line)
    let isConfirmed =
      end == bytes.count && isAtEnd || end < bytes.count && isLineEnd(bytes[end]) || isHead(at: end)
    guard isConfirmed else {
      try passFaulty(end: end)
      person.refuse(Fault.structure)
      person.end(file: file, &rows)
      return
    }
    let lineCount = look(at: position..<end)
    if !readCategories(body..<end, &rows.bytes) { person.refuse(Fault.structure) }
    person.end(file: file, &rows)
    position = end
    line += lineCount
  }

  private func takeFacts() {
    let key = bytes[position..<position + 8]
    if !key.allSatisfy({ $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: " ") }) {
      facts.identifier = Array(key)
    }
    facts.day = digits(at: position + 12, 8) ?? 0
  }

  /// Goes to the next line that begins a message.
  private func passFaulty(end: Int) throws(IngestError) {
    // What is shorter than the head of a message may be the beginning of one.
    let isCut = end > bytes.count - Self.bodyStart
    _ = try has(Self.longest + 2 + Self.bodyStart)
    var lineCount = 0
    for next in position + Self.bodyStart..<bytes.count where bytes[next] == 0x0A {
      if isHead(at: next + 1) {
        position = next
        line += lineCount
        return
      }
      lineCount += 1
    }
    throw refuse(isCut ? .truncated : .lo3Lengths)
  }

  /// Refuses a message with controls that teletex does not have.
  ///
  /// - Returns: how many line ends stand in its values.
  private func look(at range: Range<Int>) -> Int {
    var lineCount = 0
    for place in range where bytes[place] < 0x20 {
      switch bytes[place] {
      // The last one is that of the message, which counts as a line anyway.
      case 0x0A: lineCount += place < range.upperBound - 1 ? 1 : 0
      case 0x0C, 0x0D: break
      case 0: person.refuse(Fault.nul)
      default: person.refuse(Fault.control)
      }
    }
    return lineCount
  }

  /// - Returns: whether the lengths nest exactly.
  private func readCategories(_ body: Range<Int>, _ target: inout [UInt8]) -> Bool {
    var next = body.lowerBound
    while next < body.upperBound {
      guard body.upperBound - next >= 5, let category = digits(at: next, 2),
        let length = digits(at: next + 2, 3), length <= body.upperBound - next - 5
      else { return false }
      let elements = next + 5..<next + 5 + length
      guard readElements(elements, of: category, &target) else { return false }
      next = elements.upperBound
    }
    return true
  }

  private func readElements(
    _ elements: Range<Int>,
    of category: Int,
    _ target: inout [UInt8]
  ) -> Bool {
    let isRead = Lo3Elements.isRead(category: category)
    if isRead { person.beginCategory(category) }
    var next = elements.lowerBound
    while next < elements.upperBound {
      guard elements.upperBound - next >= 7, let number = digits(at: next, 4),
        let length = digits(at: next + 4, 3), length <= elements.upperBound - next - 7
      else { return false }
      let value = next + 7..<next + 7 + length
      next = value.upperBound
      guard isRead else { continue }
      let place = person.beginElement(category: category, number: number)
      guard place >= 0 else { continue }
      let start = target.count
      if teletex.decode(bytes[value], into: &target) {
        person.take(place, from: start, &target)
      } else {
        person.refuse(Fault.encoding, at: place)
      }
    }
    if isRead { person.endCategory(category, target) }
    return true
  }
}
