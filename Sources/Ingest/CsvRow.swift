import Glibc
import PipelineFile

/// Splits one row by the letter of the dialect; slow and complete.
///
/// Serves rows with quotes, control bytes or another number of fields than the header.
@safe struct CsvRow {
  /// How one row came out.
  struct Outcome {
    /// Behind the line end of the row.
    var end: Int
    var lineCount: Int
    var fieldCount: Int
    /// A `Fault`; 0 for none.
    var fault: UInt8
    /// The text ended before it was certain where the row ends.
    var needsMore = false
  }

  private let delimiter: UInt8
  let quote: UInt8?
  private let isMultiline: Bool
  private let limits: SourceLimits
  /// For each field of the row at hand: where it stands, and whether quotes are doubled in it.
  private(set) var fields: [Field] = []

  struct Field {
    var start: Int
    var end: Int
    var hasDoubledQuote: Bool
  }

  init(_ dialect: Dialect, _ limits: SourceLimits = SourceLimits()) {
    self.limits = limits
    delimiter = dialect.delimiter
    quote = dialect.quote
    isMultiline = dialect.multiline
  }

  /// Splits the row that begins at `start`; its fields are in `fields` unless there is a fault.
  ///
  /// - Parameters:
  ///   - text: lines.
  ///   - start: where the row begins.
  ///   - end: where the text ends; the byte before it is a line end, unless more is to come.
  ///   - isComplete: no more is to come.
  /// - Returns: where the row ends, and what is wrong with it.
  mutating func split(
    _ text: UnsafePointer<UInt8>,
    from start: Int,
    to end: Int,
    isComplete: Bool = true
  ) -> Outcome {
    fields.removeAll(keepingCapacity: true)
    guard let lineEnd = unsafe Self.lineEnd(text, from: start, to: end) else {
      return Outcome(
        end: end,
        lineCount: 1,
        fieldCount: 0,
        fault: Fault.lineLength,
        needsMore: !isComplete
      )
    }
    var outcome = Outcome(end: lineEnd + 1, lineCount: 1, fieldCount: 0, fault: Fault.none)
    guard unsafe contentEnd(text, start, lineEnd) - start <= limits.line else {
      outcome.fault = Fault.lineLength
      return outcome
    }
    // A line that does not come out, comes out as a fault of that line only.
    let first = outcome
    var rowEnd = lineEnd
    var position = start
    while true {
      if let quote, position < rowEnd, unsafe text[position] == quote {
        var field = Field(start: position + 1, end: 0, hasDoubledQuote: false)
        position += 1
        while true {
          if position >= rowEnd {
            guard isMultiline else { return faulty(first, Fault.quote) }
            // The line end belongs to the field.
            position = rowEnd + 1
            outcome.lineCount += 1
            guard outcome.lineCount <= CsvLimits.linesPerRow,
              position - field.start <= limits.field,
              position - start <= limits.line
            else { return faulty(first, Fault.quote) }
            guard let next = unsafe Self.lineEnd(text, from: position, to: end) else {
              var undecided = faulty(first, Fault.quote)
              undecided.needsMore = !isComplete
              return undecided
            }
            rowEnd = next
            outcome.end = next + 1
          } else if unsafe text[position] == quote {
            guard position + 1 < rowEnd, unsafe text[position + 1] == quote else { break }
            field.hasDoubledQuote = true
            position += 2
          } else {
            position += 1
          }
        }
        field.end = position
        position += 1
        let isEnd = unsafe position == contentEnd(text, start, rowEnd)
        guard unsafe isEnd || position < rowEnd && text[position] == delimiter else {
          return faulty(first, Fault.quote)
        }
        append(field, &outcome)
        if isEnd { break }
      } else {
        let fieldStart = position
        while position < rowEnd, unsafe text[position] != delimiter { position += 1 }
        var fieldEnd = position
        if position >= rowEnd { fieldEnd = max(fieldStart, unsafe contentEnd(text, start, rowEnd)) }
        append(Field(start: fieldStart, end: fieldEnd, hasDoubledQuote: false), &outcome)
        if position >= rowEnd { break }
      }
      position += 1
    }
    guard unsafe contentEnd(text, start, rowEnd) - start <= limits.line else {
      return faulty(first, outcome.lineCount > 1 ? Fault.quote : Fault.lineLength)
    }
    outcome.fault = unsafe controlFault(text, start, rowEnd, lineCount: outcome.lineCount)
    if outcome.fault == Fault.none, rowEnd - start > limits.field,
      fields.contains(where: { $0.end - $0.start > limits.field })
    {
      outcome.fault = Fault.limit
    }
    return outcome
  }

  private mutating func append(_ field: Field, _ outcome: inout Outcome) {
    outcome.fieldCount += 1
    // More than any header has: they need not be known one by one.
    if fields.count <= limits.fields { fields.append(field) }
  }

  private func faulty(_ line: Outcome, _ fault: UInt8) -> Outcome {
    var outcome = line
    outcome.fault = fault
    return outcome
  }

  private static func lineEnd(
    _ text: UnsafePointer<UInt8>,
    from start: Int,
    to end: Int
  ) -> Int? {
    guard start < end, let found = unsafe memchr(text + start, 0x0A, end - start) else {
      return nil
    }
    return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(text)
  }

  /// Where the last field ends: a carriage return before the line end is part of it.
  private func contentEnd(_ text: UnsafePointer<UInt8>, _ start: Int, _ rowEnd: Int) -> Int {
    unsafe rowEnd > start && text[rowEnd - 1] == 0x0D ? rowEnd - 1 : rowEnd
  }

  /// A control byte outside line ends, as a `Fault`; NUL before others.
  private func controlFault(
    _ text: UnsafePointer<UInt8>,
    _ start: Int,
    _ rowEnd: Int,
    lineCount: Int
  ) -> UInt8 {
    var fault = Fault.none
    for position in start..<rowEnd {
      let byte = unsafe text[position]
      guard byte < 0x20, byte != delimiter else { continue }
      if byte == 0 { return Fault.nul }
      // Line ends within: only a row of several lines has them.
      if byte == 0x0A { continue }
      if byte == 0x0D, unsafe text[position + 1] == 0x0A { continue }
      fault = Fault.control
    }
    return fault
  }
}

/// Makes each doubled quote one, where it stands; blanks stand where the end was.
///
/// - Returns: the new length.
func removeDoubledQuotes(
  _ field: UnsafeMutablePointer<UInt8>,
  _ length: Int,
  _ quote: UInt8
) -> Int {
  var source = 0
  var target = 0
  while source < length {
    let byte = unsafe field[source]
    unsafe field[target] = byte
    source += byte == quote ? 2 : 1
    target += 1
  }
  // What is left of the end could be half a letter.
  for place in target..<max(target, length) { unsafe field[place] = UInt8(ascii: " ") }
  return target
}
