import Glibc
import PipelineFile
import Tabular

/// Finds the declared columns in lines of fixed width.
///
/// A line may be longer than what is declared. It may end before a column, which then has no value;
/// one that ends within a column is refused, unless what is there of it is blank. So is a last line
/// that ends before a column and has no line end: it was cut.
@safe final class FixedSplitter {
  private let index = CsvIndex(delimiter: 0x0A, quote: nil)
  private let marks: LineMarks?
  private let columnCount: Int
  private let lineLimit: Int
  /// Where each column begins in the line, and what stands behind it, from 0.
  private let firsts: UnsafeMutablePointer<Int>
  private let ends: UnsafeMutablePointer<Int>
  /// Where the first column begins, and the last ends.
  private let firstStart: Int
  private let reach: Int
  /// Columns count letters: each was a byte of ISO-8859-1.
  private let countsLetters: Bool
  /// For a line with accents: where each letter begins.
  private var letters: [Int] = []
  /// The first position of the index that is not used yet.
  private var used = 0
  /// Rows of the last filling that could not be split.
  var refusals: [RefusedLine] = []

  /// Behind the last byte beyond ASCII that was seen, or farther.
  var rareEnd: Int { index.rareEnd }

  /// Behind the last text that was seen and could be none, or farther.
  var suspectEnd: Int { countsLetters ? index.suspectEnd : index.rareEnd }

  init(_ form: CsvForm, columns: [SourceColumn]) {
    marks = LineMarks(form.dialect)
    columnCount = columns.count
    lineLimit = form.limits.line
    countsLetters = form.encoding == .latin1
    unsafe firsts = .allocate(capacity: max(1, columnCount))
    unsafe ends = .allocate(capacity: max(1, columnCount))
    unsafe firsts.initialize(repeating: 0, count: max(1, columnCount))
    unsafe ends.initialize(repeating: 0, count: max(1, columnCount))
    var reach = 0
    var firstStart = Int.max
    for (number, column) in columns.enumerated() {
      guard case .bytes(let range) = column.address else { continue }
      unsafe firsts[number] = range.lowerBound - 1
      unsafe ends[number] = range.upperBound
      reach = max(reach, range.upperBound)
      firstStart = min(firstStart, range.lowerBound - 1)
    }
    self.reach = reach
    self.firstStart = firstStart
  }

  deinit {
    unsafe firsts.deallocate()
    unsafe ends.deallocate()
  }

  /// Begins a chunk.
  func begin(at offset: Int) {
    used = 0
    index.begin(at: offset)
  }

  /// Fills the block with rows until it is full or the text ends.
  ///
  /// - Parameters:
  ///   - block: what is filled.
  ///   - text: the chunk.
  ///   - position: where to go on.
  ///   - end: where the text ends, behind a line end.
  ///   - lacksLineEnd: the line end of the last line is not that of the file.
  func fill(
    _ block: RowBlock,
    _ text: UnsafeMutablePointer<UInt8>,
    _ position: inout LinePosition,
    end: Int,
    _ lacksLineEnd: Bool
  ) {
    refusals.removeAll(keepingCapacity: true)
    while block.rowCount < RowBlock.capacity && position.offset < end {
      while index.count - used < 2 && index.indexedEnd < end {
        unsafe index.extend(keepingFrom: used, text, end: end)
        used = 0
      }
      unsafe takeLine(block, text, &position, end, lacksLineEnd)
    }
  }

  @inline(__always)
  private func takeLine(
    _ block: RowBlock,
    _ text: UnsafeMutablePointer<UInt8>,
    _ position: inout LinePosition,
    _ end: Int,
    _ lacksLineEnd: Bool
  ) {
    let start = position.offset
    let line = position.line
    guard used < index.count else {
      // Cannot be: a line end stands before `end`.
      position.offset = end
      return
    }
    var lineEnd = Int(unsafe index.positions[used])
    let contentEnd = lineEnd
    used &+= 1
    if unsafe text[lineEnd] == 0x0D && text[lineEnd &+ 1] == 0x0A {
      lineEnd &+= 1
      used &+= 1
    }
    var fault = Fault.none
    if unsafe text[lineEnd] != 0x0A {
      (lineEnd, fault) = unsafe passControls(text, from: start, at: lineEnd, end)
    }
    if let marks, unsafe marks.mayMark(text, start),
      unsafe marks.kind(text, from: start, to: end) != .row
    {
      position.skippedCount &+= 1
      position.offset = lineEnd &+ 1
      position.line &+= 1
      return
    }
    position.rowCount &+= 1
    position.offset = lineEnd &+ 1
    position.line &+= 1
    guard fault == Fault.none, contentEnd &- start <= lineLimit else {
      let found = fault == Fault.none ? Fault.lineLength : fault
      refusals.append(RefusedLine(line: line, fault: found, shape: ""))
      return
    }
    let row = block.rowCount
    unsafe block.lines[row] = Int64(line)
    if countsLetters, index.rareEnd > start, unsafe findLetters(text, start, contentEnd) {
      placeLetters(block, row)
    } else if contentEnd &- start >= reach {
      for column in 0..<columnCount {
        let place = column &* RowBlock.columnStride &+ row
        let first = unsafe firsts[column]
        unsafe block.starts[place] = UInt32(truncatingIfNeeded: start &+ first)
        unsafe block.lengths[place] = UInt32(truncatingIfNeeded: ends[column] &- first)
      }
      block.rowCount = row &+ 1
      return
    } else {
      for column in 0..<columnCount {
        let place = column &* RowBlock.columnStride &+ row
        let first = unsafe start &+ min(firsts[column], contentEnd &- start)
        let last = unsafe start &+ min(ends[column], contentEnd &- start)
        unsafe block.starts[place] = UInt32(truncatingIfNeeded: first)
        unsafe block.lengths[place] = UInt32(truncatingIfNeeded: last &- first)
      }
    }
    let length = countsLetters && !letters.isEmpty ? letters.count - 1 : contentEnd - start
    letters.removeAll(keepingCapacity: true)
    let isLast = lacksLineEnd && position.offset >= end
    guard unsafe length >= reach || isWhole(block, row, text, length, isLast: isLast) else {
      refusals.append(
        RefusedLine(line: line, fault: Fault.lineLength, shape: "\(length) bytes")
      )
      return
    }
    block.rowCount = row + 1
  }

  /// Goes to the end of a line with control characters.
  private func passControls(
    _ text: UnsafePointer<UInt8>,
    from start: Int,
    at first: Int,
    _ end: Int
  ) -> (lineEnd: Int, fault: UInt8) {
    var fault = Fault.control
    var lineEnd = first
    while lineEnd < end - 1, unsafe text[lineEnd] != 0x0A {
      if unsafe text[lineEnd] == 0 { fault = Fault.nul }
      lineEnd += 1
    }
    while true {
      while used < index.count, unsafe Int(index.positions[used]) <= lineEnd { used += 1 }
      guard used == index.count, index.indexedEnd <= lineEnd else { break }
      used = 0
      index.restart(at: lineEnd + 1)
    }
    return (lineEnd, fault)
  }

  /// Finds where the letters of a line begin; false if all are ASCII.
  private func findLetters(_ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard unsafe TextCheck.nextHighByte(text, start, end) < end else { return false }
    for place in start..<end where unsafe !isContinuation(text[place]) { letters.append(place) }
    letters.append(end)
    return true
  }

  private func placeLetters(_ block: RowBlock, _ row: Int) {
    let last = letters.count - 1
    for column in 0..<columnCount {
      let place = column * RowBlock.columnStride + row
      let first = unsafe letters[min(firsts[column], last)]
      let end = unsafe letters[min(ends[column], last)]
      unsafe block.starts[place] = UInt32(truncatingIfNeeded: first)
      unsafe block.lengths[place] = UInt32(truncatingIfNeeded: end - first)
    }
  }

  /// Whether nothing but blanks can be lacking from a line that ends before the last column does.
  private func isWhole(
    _ block: RowBlock,
    _ row: Int,
    _ text: UnsafeMutablePointer<UInt8>,
    _ length: Int,
    isLast: Bool
  ) -> Bool {
    // What holds no column at all is no row.
    guard length > firstStart, !isLast else { return false }
    for column in 0..<columnCount where unsafe ends[column] > length {
      let cell = column * RowBlock.columnStride + row
      guard unsafe isBlank(text + Int(block.starts[cell]), Int(block.lengths[cell])) else {
        return false
      }
    }
    return true
  }
}
