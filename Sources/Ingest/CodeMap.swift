import PipelineFile
import Tabular

/// What a text column does with its texts beyond reading them: pattern, codes, text around.
///
/// Order: the text as written must match the pattern; then a region is put in its form; then its
/// code is looked up; then the fixed part is put around it. New texts go to `added`, which is put behind the text of the chunk.
struct CodeMap {
  private let pattern: TextPattern?
  /// What is written, and what it means.
  private let codes: [[UInt8]: [UInt8]]
  private let hasCodes: Bool
  private let unknown: UnknownCode
  private let region: RegionLevel?
  private let before: [UInt8]
  private let after: [UInt8]
  private let addsText: Bool
  private var cache = TextCache()
  /// The cells of codes that are not known and stay nonetheless.
  private var unknownCells: Set<Int64> = []
  /// How many values of the chunk are such codes.
  private(set) var unknownCount = 0

  /// Nil if the column keeps its texts as they are.
  ///
  /// - Parameters:
  ///   - column: the column.
  ///   - given: codes for a column that declares none.
  /// - Throws: `pattern`.
  init?(_ column: SourceColumn, codes given: [CodeValue] = []) throws(IngestError) {
    let codeValues = column.values.isEmpty ? given : column.values
    let isText = column.type == .text || column.type == .code || column.type == .name
    guard isText,
      column.textPattern != nil || !codeValues.isEmpty || column.pattern != nil
        || column.region != nil
    else { return nil }
    unknown = column.unknown
    region = column.region
    if let text = column.textPattern {
      guard let made = TextPattern(text) else {
        throw .pattern(column: column.name, column.place)
      }
      pattern = made
    } else {
      pattern = nil
    }
    codes = Dictionary(codeValues.map { (Array($0.written.utf8), Array($0.meaning.utf8)) }) {
      first,
      _ in first
    }
    hasCodes = !codes.isEmpty
    (before, after) = Self.around(column.pattern)
    addsText = hasCodes || region != nil || !before.isEmpty || !after.isEmpty
  }

  /// What stands before and after the value, as `as:` says.
  static func around(_ pattern: String?) -> (before: [UInt8], after: [UInt8]) {
    let parts = parts(of: pattern ?? "{}")
    return (Array(parts.before.utf8), Array(parts.after.utf8))
  }

  /// What stands before and after `{}`.
  private static func parts(of pattern: String) -> (before: String, after: String) {
    let bytes = Array(pattern.utf8)
    for position in bytes.indices.dropLast() where bytes[position] == UInt8(ascii: "{") {
      if bytes[position + 1] == UInt8(ascii: "}") {
        return (
          String(decoding: bytes[..<position], as: UTF8.self),
          String(decoding: bytes[(position + 2)...], as: UTF8.self)
        )
      }
    }
    return (pattern, "")
  }

  /// To be called once a chunk: what was added stands in the bytes of one chunk only.
  mutating func beginChunk() {
    if addsText { cache.clear() }
    unknownCells.removeAll(keepingCapacity: true)
    unknownCount = 0
  }

  /// Judges and maps the texts that the slice holds.
  ///
  /// - Parameters:
  ///   - slice: texts that were read.
  ///   - added: new texts.
  ///   - base: where `added` will stand in the bytes of the chunk.
  mutating func map(_ slice: ColumnSlice, added: inout [UInt8], base: Int) {
    for row in 0..<slice.count {
      let value = unsafe slice.values[row]
      if value == missingInteger { continue }
      if unsafe slice.faults[row] != Fault.none { continue }
      let text = unsafe slice.text + Int(value >> 32)
      let length = Int(value & 0xFFFF_FFFF)
      let result: Int64
      if let known = unsafe cache.result(text, length) {
        result = known
      } else {
        result = unsafe judge(text, length, added: &added, base: base)
        unsafe cache.keep(result, for: text, length)
      }
      if result < 0 {
        unsafe slice.values[row] = missingInteger
        unsafe slice.faults[row] = UInt8(truncatingIfNeeded: -result)
      } else if addsText {
        unsafe slice.values[row] = result
        if !unknownCells.isEmpty, unknownCells.contains(result) { unknownCount += 1 }
      }
    }
  }

  private static func unpadded(_ code: [UInt8]) -> [UInt8] {
    let blank = UInt8(ascii: " ")
    guard let last = code.lastIndex(where: { $0 != blank }) else { return [] }
    return Array(code[...last].drop { $0 == blank })
  }

  /// The new cell, or a `Fault` below zero.
  private mutating func judge(
    _ text: UnsafeMutablePointer<UInt8>,
    _ length: Int,
    added: inout [UInt8],
    base: Int
  ) -> Int64 {
    if let pattern, unsafe !pattern.matches(text, length) { return -Int64(Fault.code) }
    guard addsText else { return 0 }
    let written = unsafe UnsafeMutableBufferPointer(start: text, count: length)
    var code = unsafe Array(written)
    if let region {
      guard let formed = region.form(of: code) else { return -Int64(Fault.code) }
      code = formed
    }
    var isUnknown = false
    if hasCodes {
      // Senders pad codes to the width of their column.
      if let meaning = codes[code] ?? codes[Self.unpadded(code)] {
        code = meaning
      } else {
        switch unknown {
        case .missing: return -Int64(Fault.code)
        case .reject: return -Int64(Fault.codeRefused)
        case .keep: break
        case .other: code = Array("other".utf8)
        }
        isUnknown = true
      }
    }
    let start = added.count
    added += before
    added += code
    added += after
    let cell = ClearBatch.textCell(offset: base + start, length: added.count - start)
    if isUnknown { unknownCells.insert(cell) }
    return cell
  }
}
