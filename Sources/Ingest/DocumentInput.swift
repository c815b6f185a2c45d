import Files

/// Where the decoder of a document takes its bytes from: a piece of memory, then the rest of a file.
///
/// - Note: Clear identifiers pass through here.
final class DocumentInput {
  /// Decoders ask for little at a time; files are read in larger pieces.
  private static let pieceLength = 1 << 16

  private var bytes: [UInt8]
  private var position: Int
  private var end: Int
  private var source: ByteSource?
  /// Why the file could not be read on.
  private(set) var failure: FilesError?

  /// Bytes `range` of an array, and nothing behind them.
  init(bytes: [UInt8], range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  /// The first bytes of a file, then what is left of it.
  init(start: [UInt8], rest source: consuming ByteSource) {
    bytes = start
    position = 0
    end = start.count
    self.source = consume source
  }

  /// The bytes that are at hand and not read yet.
  ///
  /// - Parameter wanted: how many are asked for, at most half a piece.
  /// - Returns: as many at least, before the end, unless reading failed.
  func peek(atLeast wanted: Int = 1) -> ArraySlice<UInt8> {
    if end - position < wanted && source != nil { _ = readPiece() }
    return bytes[position..<end]
  }

  /// Passes over bytes that `peek` showed.
  func skip(_ count: Int) { position = min(end, position + count) }

  /// Fills the buffer as far as it can.
  ///
  /// - Returns: how many bytes, 0 at the end, -1 when the file cannot be read.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    if position == end && source != nil {
      // Who asks for much gets it without a copy.
      if buffer.count >= Self.pieceLength / 2 { return unsafe readDirectly(into: buffer) }
      if !readPiece() { return -1 }
    }
    let count = min(buffer.count, end - position)
    guard count > 0 else { return 0 }
    unsafe bytes.withUnsafeBytes { all in
      unsafe buffer.copyMemory(
        from: UnsafeRawBufferPointer(rebasing: all[position..<position + count])
      )
    }
    position += count
    return count
  }

  /// - Returns: how many bytes, 0 at the end, -1 when the file cannot be read.
  private func readDirectly(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    do throws(FilesError) {
      return try unsafe source?.read(into: buffer) ?? 0
    } catch {
      failure = error
      return -1
    }
  }

  /// Reads a piece, behind what is left of the one at hand.
  ///
  /// - Returns: false if the file cannot be read.
  private func readPiece() -> Bool {
    let rest = Array(bytes[position..<end].prefix(Self.pieceLength / 2))
    if bytes.count != Self.pieceLength { bytes = Array(repeating: 0, count: Self.pieceLength) }
    position = 0
    end = rest.count
    for place in rest.indices { bytes[place] = rest[place] }
    do throws(FilesError) {
      end += try source?.read(into: &bytes, from: end) ?? 0
      return true
    } catch {
      end = 0
      failure = error
      return false
    }
  }

  /// Reads a file to its end, as its digest needs, and tells what was delivered.
  ///
  /// - Throws: `file`.
  func finish() throws(IngestError) -> Delivery? {
    var rest = [UInt8](repeating: 0, count: 1 << 16)
    do {
      while try source?.read(into: &rest, from: 0) ?? 0 > 0 {}
    } catch {
      throw .file(error)
    }
    return source?.delivery
  }
}
