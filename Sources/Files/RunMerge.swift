/// Merges sorted runs of lines into one.
struct RunMerge {
  private var cursors: [RunCursor]
  /// A heap of runs that have a line left, the one with the least line first.
  private var heap: [Int] = []

  /// - Throws: `system`, `unexpectedEnd`.
  init(_ cursors: [RunCursor], _ file: borrowing OpenFile) throws(FilesError) {
    self.cursors = cursors
    for run in cursors.indices where try self.cursors[run].advance(file) { heap.append(run) }
    for place in stride(from: heap.count / 2, through: 0, by: -1) { sink(place) }
  }

  /// The least line that is left; nil at the end.
  var line: ArraySlice<UInt8>? { heap.first.map { cursors[$0].line } }

  /// Goes on to the next line.
  mutating func advance(_ file: borrowing OpenFile) throws(FilesError) {
    guard let run = heap.first else { return }
    if try !cursors[run].advance(file) {
      heap[0] = heap[heap.count - 1]
      heap.removeLast()
    }
    sink(0)
  }

  private mutating func sink(_ start: Int) {
    var place = start
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2] where child < heap.count {
        if isLess(heap[child], heap[least]) { least = child }
      }
      guard least != place else { return }
      heap.swapAt(place, least)
      place = least
    }
  }

  private func isLess(_ left: Int, _ right: Int) -> Bool {
    if cursors[left].prefix != cursors[right].prefix {
      return cursors[left].prefix < cursors[right].prefix
    }
    return cursors[left].line.lexicographicallyPrecedes(cursors[right].line)
  }
}

/// A place in a sorted run of lines: each u32 length, bytes; little-endian.
struct RunCursor {
  /// So many bytes of a run are in memory.
  private static let windowSize = 1 << 18

  private var offset: Int
  private let end: Int
  private var window: [UInt8] = []
  private var range = 0..<0
  private(set) var prefix: UInt64 = 0

  init(_ run: Range<Int>) {
    offset = run.lowerBound
    end = run.upperBound
  }

  var line: ArraySlice<UInt8> { window[range] }

  /// Goes to the first or next line; false at the end.
  mutating func advance(_ file: borrowing OpenFile) throws(FilesError) -> Bool {
    var position = range.upperBound
    if window.count - position < 4 { try refill(&position, file, atLeast: 4) }
    guard let count = window.word(UInt32.self, at: &position).map({ Int($0) }) else { return false }
    if window.count - position < count { try refill(&position, file, atLeast: count) }
    guard window.count - position >= count else { return false }
    range = position..<position + count
    prefix = linePrefix(window[range])
    return true
  }

  private mutating func refill(
    _ position: inout Int,
    _ file: borrowing OpenFile,
    atLeast count: Int
  ) throws(FilesError) {
    let left = window.count - position
    let wanted = min(max(Self.windowSize, count - left), end - offset)
    window = Array(window[position...]) + (try file.bytes(at: offset, count: wanted))
    offset += wanted
    position = 0
  }
}
