import Diagnostics
import PipelineFile

/// Cuts a file of fixed records into its lines.
///
/// Holds a piece of the file and never more: of a line longer than any record only the beginning is
/// kept. Byte order mark and NUL bytes are judged here, on the way.
///
/// - Note: Clear identifiers pass through here.
struct EiLines {
  /// A line: where it stands in `bytes`, and what was seen of it.
  struct Line {
    var start: Int
    /// How many bytes of it are at hand; all of them, if it is no longer than `pieceLength`.
    var length: Int
    /// How many bytes the whole line has, its end not counted.
    var fullLength: Int
    /// `Fault.nul` or `Fault.control` if such a byte stands in it.
    var fault: UInt8
    /// Whether a line end stands behind it, and not the end of the file.
    var isEnded: Bool
    /// From 1.
    var number: Int
  }

  private static let pieceLength = 1 << 16
  /// So much is kept of a line that does not end within a piece.
  private static let keptLength = 1 << 12

  /// The piece at hand, then zero bytes: eight bytes are looked at once.
  private(set) var bytes = [UInt8](repeating: 0, count: pieceLength + CsvLimits.padding)
  private let input: DocumentInput
  private let path: String
  private let encoding: Encoding
  private var position = 0
  private var end = 0
  /// Where the first byte of `bytes` stands in the file.
  private var base = 0
  private var isAtEnd = false
  private var lineCount = 0

  init(_ input: DocumentInput, path: String, encoding: Encoding) {
    self.input = input
    self.path = path
    self.encoding = encoding
  }

  /// Whether a file begins with a digit, as records do and XML never does.
  static func begin(_ input: DocumentInput) -> Bool {
    var start = input.peek()
    if start.starts(with: [0xEF, 0xBB, 0xBF]) { start = start.dropFirst(3) }
    let first = start.first { $0 != 0x20 && !(0x09...0x0D ~= $0) }
    return first.map { 0x30...0x39 ~= $0 } ?? false
  }

  /// The next line, whose bytes stand until the call after this; nil at the end.
  ///
  /// - Throws: `file`; `refused` for a byte order mark of another encoding, or a NUL byte early on.
  mutating func next() throws(IngestError) -> Line? {
    if base == 0 && end == 0 && !isAtEnd { try begin() }
    var looked = position
    var dropped = 0
    var fault = Fault.none
    while true {
      let stop = controlByte(from: looked)
      // The line feed of a CRLF may be the first byte of the next piece.
      if stop == end || bytes[stop] == 0x0D && stop + 1 == end && !isAtEnd {
        if isAtEnd { return lastLine(dropped, fault) }
        let seen = stop - position
        let count = try readOn()
        dropped += count
        looked = seen - count
        continue
      }
      let byte = bytes[stop]
      if byte == 0x0A || byte == 0x0D && stop + 1 < end && bytes[stop + 1] == 0x0A {
        defer { position = stop + (byte == 0x0A ? 1 : 2) }
        return line(to: stop, dropped, fault, isEnded: true)
      }
      if byte == 0 {
        guard base + stop >= CsvLimits.headLength else {
          throw .refused(.nul, Place(file: path, line: lineCount + 1))
        }
        fault = Fault.nul
      } else if fault == Fault.none {
        fault = Fault.control
      }
      looked = stop + 1
    }
  }

  private mutating func line(
    to stop: Int,
    _ dropped: Int,
    _ fault: UInt8,
    isEnded: Bool
  ) -> Line {
    lineCount += 1
    return Line(
      start: position,
      length: stop - position,
      fullLength: stop - position + dropped,
      fault: fault,
      isEnded: isEnded,
      number: lineCount
    )
  }

  private mutating func lastLine(_ dropped: Int, _ fault: UInt8) -> Line? {
    guard position < end else { return nil }
    defer { position = end }
    return line(to: end, dropped, fault, isEnded: false)
  }

  /// Reads more, behind what is left of the piece at hand.
  ///
  /// - Returns: how many bytes of a line that is too long were dropped, from its end at hand.
  private mutating func readOn() throws(IngestError) -> Int {
    var left = end - position
    var dropped = 0
    if left > Self.pieceLength - Self.keptLength {
      dropped = left - Self.keptLength
      left = Self.keptLength
    }
    for place in 0..<left where position > 0 { bytes[place] = bytes[position + place] }
    base += position + dropped
    position = 0
    end = left
    while end < Self.pieceLength {
      let count = unsafe bytes.withUnsafeMutableBytes { all in
        unsafe input.read(
          into: UnsafeMutableRawBufferPointer(rebasing: all[end..<Self.pieceLength])
        )
      }
      guard count >= 0 else {
        if let failure = input.failure { throw .file(failure) }
        isAtEnd = true
        break
      }
      if count == 0 {
        isAtEnd = true
        break
      }
      end += count
    }
    return dropped
  }

  private mutating func begin() throws(IngestError) {
    _ = try readOn()
    let head = bytes[..<min(end, 3)]
    if head.elementsEqual([0xEF, 0xBB, 0xBF]) {
      guard encoding == .utf8 else { throw refuse(markOf: "utf-8") }
      position = 3
    } else if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
      throw refuse(markOf: "utf-16")
    }
  }

  private func refuse(markOf found: String) -> IngestError {
    .refused(.byteOrderMark(found: found, declared: encoding.rawValue), Place(file: path))
  }

  /// The place of the first byte below 20, or `end`.
  private func controlByte(from start: Int) -> Int {
    var place = start
    let span = unsafe bytes.span.bytes
    while place < end {
      let word = unsafe span.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self)
      // Bytes below 20 borrow; those of 80 and more are masked out. Only the lowest bit is certain.
      let found =
        (word &- 0x2020_2020_2020_2020) & ~word & 0x8080_8080_8080_8080
      if found != 0 {
        return min(place + UInt64(littleEndian: found).trailingZeroBitCount / 8, end)
      }
      place &+= 8
    }
    return end
  }
}
