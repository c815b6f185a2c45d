import PipelineFile

/// Splits rows with quoted fields along the index; fast and incomplete.
///
/// Takes rows whose quoted fields hold no quotes and no control bytes, and whose other fields hold
/// neither; all others are left to `CsvRow`.
@safe final class CsvQuotedRow {
  enum Outcome {
    case taken
    /// Another reader must see to it.
    case rare
    /// The index ends before the row does.
    case indexEnds
  }

  private let delimiter: UInt8
  private let quote: UInt8
  /// Where each field of the row at hand begins and ends, quotes not counted.
  let starts: UnsafeMutablePointer<UInt32>
  let ends: UnsafeMutablePointer<UInt32>
  /// Behind the line end of the row at hand.
  private(set) var rowEnd = 0
  /// The first position of the index behind the row at hand.
  private(set) var nextPosition = 0
  /// Whether the row at hand has a quoted field.
  private(set) var hasQuote = false

  /// A row that is no longer than this has no line or field that is too long.
  private let lengthLimit: Int

  /// Nil if nothing is quoted in the dialect.
  init?(delimiter: UInt8, quote: UInt8?, _ limits: SourceLimits) {
    guard let quote else { return nil }
    lengthLimit = min(limits.field, limits.line)
    let fieldCount = max(1, limits.fields)
    self.delimiter = delimiter
    self.quote = quote
    unsafe starts = .allocate(capacity: fieldCount)
    unsafe ends = .allocate(capacity: fieldCount)
    unsafe starts.initialize(repeating: 0, count: fieldCount)
    unsafe ends.initialize(repeating: 0, count: fieldCount)
  }

  deinit {
    unsafe starts.deallocate()
    unsafe ends.deallocate()
  }

  /// Splits the row that begins at `start`.
  ///
  /// - Parameters:
  ///   - text: the chunk.
  ///   - start: where the row begins.
  ///   - positions: the index.
  ///   - first: its first position in the row.
  ///   - count: how many positions it has.
  ///   - fieldCount: how many fields the row must have, at most those of the limits.
  /// - Returns: `taken`, then `starts`, `ends`, `rowEnd`, `nextPosition` and `hasQuote` tell of it.
  func split(
    _ text: UnsafePointer<UInt8>,
    from start: Int,
    _ positions: UnsafePointer<UInt32>,
    _ first: Int,
    _ count: Int,
    fieldCount: Int
  ) -> Outcome {
    var next = first
    var offset = UInt32(truncatingIfNeeded: start)
    var isQuoted = false
    for field in 0..<fieldCount {
      guard next < count else { return .indexEnds }
      var place = unsafe positions[next]
      var fieldStart = offset
      var fieldEnd = place
      if place == offset, unsafe text[Int(place)] == quote {
        isQuoted = true
        fieldStart = offset &+ 1
        // Delimiters within the quotes are text.
        repeat {
          next &+= 1
          guard next < count else { return .indexEnds }
          place = unsafe positions[next]
        } while unsafe text[Int(place)] == delimiter
        guard unsafe text[Int(place)] == quote else { return .rare }
        fieldEnd = place
        next &+= 1
        guard next < count else { return .indexEnds }
        place = unsafe positions[next]
        guard place == fieldEnd &+ 1 else { return .rare }
      }
      unsafe starts[field] = fieldStart
      unsafe ends[field] = fieldEnd
      next &+= 1
      offset = place &+ 1
      if field &+ 1 < fieldCount {
        guard unsafe text[Int(place)] == delimiter else { return .rare }
        continue
      }
      let lineEnd = unsafe text[Int(place)]
      if lineEnd != 0x0A {
        guard lineEnd == 0x0D else { return .rare }
        guard next < count else { return .indexEnds }
        guard unsafe text[Int(offset)] == 0x0A else { return .rare }
        next &+= 1
        offset &+= 1
      }
    }
    rowEnd = Int(offset)
    nextPosition = next
    hasQuote = isQuoted
    return rowEnd &- start <= lengthLimit ? .taken : .rare
  }
}
