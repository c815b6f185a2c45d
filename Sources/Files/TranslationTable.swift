package import Cryptography
import FoundationEssentials
import Glibc
package import Tabular

/// Old tokens and the new ones that took their place, sealed under the new key; for a rollback alone.
///
/// ```
/// "KOPPEL-TABLE/1 " canonical JSON {from, id, scope, to} LF
/// segments, each u32 length, sealed bytes: u16 length, label, then new token, old token, …
/// ```
///
/// Numbers are big-endian. The key of a table is derived from the new root and the table's own id, so
/// it seals nothing else. Memory holds one segment, whatever the table's size.
package enum TranslationTable {
  /// What a table is of.
  package struct Heading: Sendable, Equatable {
    /// The fingerprints of the two keys.
    package let from: String
    package let to: String
    /// The release of the tokens.
    package let scope: String

    package init(from: String, to: String, scope: String) {
      self.from = from
      self.to = to
      self.scope = scope
    }
  }

  /// Tokens of one label.
  package struct Batch: Sendable, Equatable {
    package let label: String
    package let old: [Token]
    /// As many.
    package let new: [Token]

    package init(label: String, old: [Token], new: [Token]) {
      self.label = label
      self.old = old
      self.new = new
    }
  }

  /// How many pairs a segment holds at most.
  static let pairsInSegment = 1 << 15
  static let magic = Array("KOPPEL-TABLE/1 ".utf8)

  /// Writes a table; it appears whole or not at all, mode 0600.
  ///
  /// - Parameters:
  ///   - path: where.
  ///   - heading: what it is of.
  ///   - root: the new key.
  ///   - next: gives batches of any size, then nil.
  /// - Returns: how many pairs there are.
  /// - Throws: `FilesError`, `CryptographyError`, and what `next` throws.
  package static func write(
    to path: String,
    _ heading: Heading,
    root: RootKey,
    _ next: () throws -> Batch?
  ) throws -> Int {
    let temporary = path + ".part"
    try overwriteAndRemove(temporary)
    let id = lowerHex(try randomBytes(16))
    let head = head(heading, id: id)
    let file = try OpenFile(creating: temporary)
    try file.write(head)
    var segments = SealedSegments(key: try root.key("koppel/table/v1", [id]), context: head)
    var count = 0
    while let batch = try next() {
      var first = 0
      while first < batch.old.count {
        let pairs = first..<min(first + pairsInSegment, batch.old.count)
        try append(segments.seal(encoded(batch, pairs), isLast: false), to: file)
        first = pairs.upperBound
      }
      count += batch.old.count
    }
    try append(segments.seal([], isLast: true), to: file)
    try file.synchronise()
    guard unsafe rename(temporary, path) == 0 else {
      throw FilesError.system(.rename, path: path, code: errno)
    }
    try synchroniseFolder(parentFolder(of: path))
    return count
  }

  /// Reads a table, a segment at a time.
  ///
  /// - Parameters:
  ///   - path: of the table.
  ///   - root: the new key.
  ///   - body: takes each batch in the order that it was written.
  /// - Returns: what the table is of.
  /// - Throws: `stagedTable` when it is damaged, cut or of another key; what `body` throws.
  @discardableResult
  package static func read(
    _ path: String,
    root: RootKey,
    _ body: (Batch) throws -> Void
  ) throws -> Heading {
    func damaged(_ fault: String) -> FilesError { .stagedTable(path: path, fault: fault) }
    let file = try OpenFile(reading: path, followingLinks: false)
    let size = try file.size()
    let start = try file.bytes(at: 0, count: min(size, 4096))
    guard start.starts(with: magic), let lineEnd = start.firstIndex(of: 0x0A),
      let json = try? JSONDecoder().decode(
        JSONValue.self,
        from: Data(start[magic.count..<lineEnd])
      ), let id = json["id"]?.stringValue, let heading = Heading(json)
    else { throw damaged("no table of tokens of this version") }
    guard heading.to == root.fingerprint else { throw damaged("it is sealed under another key") }
    let context = Array(start[...lineEnd])
    var segments = SealedSegments(key: try root.key("koppel/table/v1", [id]), context: context)
    var place = context.count
    while true {
      let length = try file.bytes(at: place, count: 4).reduce(0) { $0 << 8 | Int($1) }
      guard length <= longestSegment, length <= size - place - 4 else {
        throw damaged("it is cut")
      }
      let isLast = place + 4 + length == size
      let sealed = try file.bytes(at: place + 4, count: length)
      guard let plain = try segments.open(sealed, isLast: isLast) else {
        throw damaged("a segment is not as it was written")
      }
      if isLast { return heading }
      guard let batch = decoded(plain) else { throw damaged("a segment cannot be read") }
      try body(batch)
      place += 4 + length
    }
  }

  private static let longestSegment =
    2 + 65_535 + pairsInSegment * 32 + SealedSegments.overhead

  private static func head(_ heading: Heading, id: String) -> [UInt8] {
    let json: JSONValue = [
      "id": .string(id), "from": .string(heading.from), "to": .string(heading.to),
      "scope": .string(heading.scope),
    ]
    return magic + Array(json.canonical.utf8) + [0x0A]
  }

  private static func append(_ sealed: [UInt8], to file: borrowing OpenFile) throws(FilesError) {
    var bytes = (0..<4).map { UInt8(truncatingIfNeeded: sealed.count >> (24 - 8 * $0)) }
    bytes += sealed
    try file.write(bytes)
  }

  private static func encoded(_ batch: Batch, _ pairs: Range<Int>) -> [UInt8] {
    let label = Array(batch.label.utf8.prefix(65_535))
    var bytes = [UInt8(label.count >> 8), UInt8(label.count & 0xFF)] + label
    bytes.reserveCapacity(bytes.count + pairs.count * 32)
    for pair in pairs {
      let (new, old) = (batch.new[pair], batch.old[pair])
      for half in [new.high, new.low, old.high, old.low] {
        unsafe withUnsafeBytes(of: half.bigEndian) { unsafe bytes.append(contentsOf: $0) }
      }
    }
    return bytes
  }

  private static func decoded(_ bytes: [UInt8]) -> Batch? {
    guard bytes.count >= 2 else { return nil }
    let first = 2 + (Int(bytes[0]) << 8 | Int(bytes[1]))
    guard first <= bytes.count, (bytes.count - first).isMultiple(of: 32) else { return nil }
    var (old, new): ([Token], [Token]) = ([], [])
    var place = first
    func half(_ place: Int) -> UInt64 {
      bytes[place..<place + 8].reduce(0) { $0 << 8 | UInt64($1) }
    }
    while place < bytes.count {
      new.append(Token(high: half(place), low: half(place + 8)))
      old.append(Token(high: half(place + 16), low: half(place + 24)))
      place += 32
    }
    return Batch(label: String(decoding: bytes[2..<first], as: UTF8.self), old: old, new: new)
  }
}

extension TranslationTable.Heading {
  fileprivate init?(_ json: JSONValue) {
    guard let from = json["from"]?.stringValue, let to = json["to"]?.stringValue,
      let scope = json["scope"]?.stringValue
    else { return nil }
    self.init(from: from, to: to, scope: scope)
  }
}
