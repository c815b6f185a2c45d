/// Filters of some records as lines, to be sorted; nothing of a line tells a value.
///
/// ```
/// rows    ORDER FILTER PERSON CHUNK FILE LINE   made up: ORDER FILTER
/// donors  ORDER FEATURES
/// ```
///
/// ORDER is 32 hexadecimal digits of a keyed hash of what follows, so that sorted lines tell nothing
/// of the order of the extract, and nothing of what is made up. FILTER is base64 as it leaves,
/// FEATURES base64 of the filters of each feature, of which others are mixed. PERSON is the code of
/// the person's token; CHUNK, FILE and LINE tell which row it was, in case it is refused later.
package struct RecordLines: Sendable {
  /// Lines one after the other, and where each ends.
  package struct Block: Sendable {
    package var text: [UInt8] = []
    package var ends: [Int] = []

    /// No line yet.
    package init() {}
  }

  package var rows = Block()
  package var donors = Block()
  /// Rows that no filter can be made of: no integer stands where the schema has one.
  package var unfitCount = 0
}

/// A line of `RecordLines.rows`, read back.
package struct RecordRow: Sendable {
  /// Which row of the extract it was; lines count within the chunk.
  package struct Place: Hashable, Sendable {
    package let chunk: Int
    package let file: Int
    package let line: Int

    package init(chunk: Int, file: Int, line: Int) {
      self.chunk = chunk
      self.file = file
      self.line = line
    }
  }

  /// Base64, as it leaves.
  package let filter: ArraySlice<UInt8>
  /// Nil for a record that is made up.
  package let place: Place?
  /// The code of the person's token; below zero for none.
  package let person: Int32

  /// - Returns: nil for a line that is none of ours.
  package init?(_ line: ArraySlice<UInt8>) {
    let parts = line.split(separator: space)
    guard parts.count == 2 || parts.count == 6 else { return nil }
    filter = parts[1]
    let numbers = parts.dropFirst(2).compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    guard numbers.count == parts.count - 2 else { return nil }
    person = numbers.first.map { Int32(truncatingIfNeeded: $0) } ?? -1
    place =
      numbers.isEmpty ? nil : Place(chunk: numbers[1], file: numbers[2], line: numbers[3])
  }
}
