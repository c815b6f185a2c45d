import Glibc
import PipelineFile

/// Tells the lines of a file that are no rows: footers and trailers.
///
/// A pattern that begins with fixed text, as `^T;`, costs next to nothing: only lines that begin so
/// are looked at. Others are tried on every line. Quotes do not count: `"T";"3"` is `T;3`.
@safe final class LineMarks {
  /// What a line is.
  enum Kind {
    case row
    case footer
    case trailer
  }

  /// The most bytes of a line that may be marked: what closes a file is short.
  ///
  /// Of a longer one glibc would try each place as the beginning: 1 MiB that repeats the first
  /// letters of a pattern takes minutes.
  static let lengthLimit = 4096

  private let quote: UInt8?
  private let footer: LinePattern?
  private let trailer: LinePattern?
  /// Whether a line that begins with that byte may be marked; 256 of them.
  private let firstBytes: UnsafeMutablePointer<Bool>

  /// Nil if the dialect has neither; a pattern that is none was refused with the pipeline.
  init?(_ dialect: Dialect) {
    footer = dialect.footer.flatMap { LinePattern($0) }
    trailer = dialect.trailer.flatMap { LinePattern($0.when) }
    guard footer != nil || trailer != nil else { return nil }
    quote = dialect.quote
    unsafe firstBytes = .allocate(capacity: 256)
    for byte in 0..<256 {
      let first = UInt8(truncatingIfNeeded: byte)
      let mayMatch =
        footer?.mayBegin(with: first) == true || trailer?.mayBegin(with: first) == true
      unsafe (firstBytes + byte).initialize(to: mayMatch)
    }
  }

  deinit { unsafe firstBytes.deallocate() }

  /// Whether the line that begins at `start` deserves a closer look; the line end is in reach.
  @inline(__always)
  func mayMark(_ text: UnsafePointer<UInt8>, _ start: Int) -> Bool {
    let first = unsafe text[start]
    if first == quote {
      let second = unsafe text[start &+ 1]
      return unsafe firstBytes[Int(second)] || second == quote || firstBytes[Int(first)]
    }
    return unsafe firstBytes[Int(first)]
  }

  /// What the line is that begins at `start`.
  ///
  /// - Parameters:
  ///   - text: lines.
  ///   - start: where the line begins.
  ///   - end: where the text ends.
  /// - Returns: `row` for most.
  func kind(_ text: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Kind {
    guard start < end, unsafe mayMark(text, start) else { return .row }
    let found = unsafe memchr(text + start, 0x0A, end - start)
    var length = end - start
    if let found = unsafe found {
      length = unsafe UnsafeRawPointer(found) - UnsafeRawPointer(text + start)
    }
    guard length <= Self.lengthLimit else { return .row }
    if length > 0, unsafe text[start + length - 1] == 0x0D { length -= 1 }
    if let trailer, unsafe matches(trailer, text + start, length) { return .trailer }
    if let footer, unsafe matches(footer, text + start, length) { return .footer }
    return .row
  }

  private func matches(
    _ pattern: LinePattern,
    _ line: UnsafePointer<UInt8>,
    _ length: Int
  ) -> Bool {
    if unsafe pattern.matches(line, length) { return true }
    guard let quote else { return false }
    let written = unsafe UnsafeBufferPointer(start: line, count: length)
    guard unsafe written.contains(quote) else { return false }
    // A NUL behind it, as behind every line: tools that watch memory look for one.
    let bare = unsafe written.filter { $0 != quote } + [0]
    return unsafe bare.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return false }
      return unsafe pattern.matches(start, bytes.count - 1)
    }
  }
}
