package import Cryptography
import Glibc

/// A file that nights add to: blocks, each with a keyed hash over it and all before.
///
/// ```
/// magic        16 bytes
/// block        u32 length, u8 kind, bytes, 32 bytes of HMAC-SHA-256 over the hash before, kind and bytes
/// kinds        1 head: whose it is; 2 part of a night; 3 end of a night: what it was; 4 it stays
/// ```
///
/// A night is written and is on the disk before what it belongs to appears; that it stays is written
/// after. Whoever is killed between leaves a night of which the next reader decides. What was torn while
/// it was written is cut off; what is wrong before that is never. How far nights stay is written beside
/// it (`JournalEnd`), so that one that was cut short, or put back from an older copy, is not taken for
/// one that was torn.
package final class Journal {
  /// Decides whether a night that nobody said stays does.
  package typealias Judgement = (_ facts: [UInt8]) throws -> Bool

  enum Kind: UInt8 { case head = 1, part, end, stays }

  static let magic = Array("KOPPEL-JOURNAL/1".utf8)
  private static let stays = Array("THIS NIGHT STAYS".utf8)
  /// No block is longer; a damaged length must not take all memory.
  private static let longestBlock = 1 << 24
  static let frameCount = 5 + 32
  private static let staysCount = stays.count + frameCount

  package private(set) var path: String
  private let key: SecretBytes
  /// Of the last block.
  private var hash = Journal.magic
  /// Of the first: it tells whose the journal is.
  private var first: [UInt8] = []
  /// Up to the end of the last night that stays.
  private var size = 0

  private init(_ path: String, _ key: SecretBytes) {
    self.path = path
    self.key = key
  }

  /// Begins a journal; what stands there is replaced.
  package static func begin(_ path: String, key: SecretBytes, head: [UInt8]) throws -> Journal {
    let journal = Journal(path, key)
    var bytes = magic
    var hash = magic
    try append(.head, head, to: &bytes, &hash, key)
    try removeTree(JournalEnd.path(of: path))
    try AtomicFile.write(path, bytes)
    (journal.first, journal.hash, journal.size) = (hash, hash, bytes.count)
    return journal
  }

  /// Reads a journal, and mends what a killed run has left.
  ///
  /// - Parameters:
  ///   - path: where it stands.
  ///   - key: of its hashes.
  ///   - mends: false for who may not write: then the file stays as it is, and nothing can be added.
  ///   - staysAfterAll: asked of a last night that nobody said stays.
  ///   - take: is given the parts of each night that stays, in order; false when one is not what it
  ///     should be.
  /// - Returns: the journal, to be added to.
  /// - Throws: `journal` when it is not as it was written; `FilesError`, `CryptographyError`, and what the
  ///   closures throw.
  package static func open(
    _ path: String,
    key: SecretBytes,
    mends: Bool = true,
    staysAfterAll: Judgement,
    _ take: ([UInt8]) throws -> Bool
  ) throws -> Journal {
    let journal = Journal(path, key)
    let file = try OpenFile(reading: path, followingLinks: false)
    let size = try file.size()
    let settled = try settledSize(file, size: size)
    guard settled > 0, try file.bytes(at: 0, count: magic.count) == magic else {
      throw FilesError.journal(
        path: path,
        fault: try isHeadProved(file, size: size, key)
          ? "its first bytes were changed" : headFault(of: path)
      )
    }
    let end = try JournalEnd(of: path)
    var authenticator = try MessageAuthenticator(key: key)
    var place = magic.count
    // The whole of a last night that nobody said stays.
    var parts: [[UInt8]] = []
    var mended: Int?
    while place < size {
      guard let block = try block(file, at: place, size: size),
        case let hash = try authenticator.fullTag(
          journal.hash + [block.kind.rawValue] + block.bytes
        ),
        hash == block.hash
      else {
        if place < settled {
          throw FilesError.journal(path: path, fault: "a block of it was changed")
        }
        break
      }
      journal.hash = hash
      place = block.end
      if journal.first.isEmpty { journal.first = hash }
      if let end, end.first == journal.first, end.size == place, end.hash != hash {
        throw FilesError.journal(path: path, fault: "a night of it is another than was written")
      }
      if place <= settled {
        journal.size = place
        if block.kind == .part, try !take(block.bytes) {
          throw FilesError.journal(path: path, fault: "a part of it cannot follow what is before")
        }
        continue
      }
      if block.kind == .part { parts.append(block.bytes) }
      guard block.kind == .end else { continue }
      guard try staysAfterAll(block.bytes) else { break }
      for part in parts where try !take(part) {
        throw FilesError.journal(path: path, fault: "a part of it cannot follow what is before")
      }
      mended = place
      break
    }
    let reached = mended.map { $0 + staysCount } ?? journal.size
    if let end, end.first == journal.first, end.size > reached {
      throw FilesError.journal(path: path, fault: "nights that it held are gone")
    }
    guard mends else { return journal }
    if let mended {
      try journal.cut(to: mended)
      try journal.stay()
    } else if size > journal.size {
      try journal.cut(to: journal.size)
      journal.hash = try lastHash(file, endingAt: journal.size)
    }
    return journal
  }

  /// Takes another place in the same file system; what stands there is replaced.
  package func move(to other: String) throws(FilesError) {
    try Self.move(path, to: other)
    path = other
  }

  /// The same of a journal that nobody has opened.
  package static func move(_ path: String, to other: String) throws(FilesError) {
    try removeTree(JournalEnd.path(of: other))
    guard unsafe rename(path, other) == 0 else {
      throw .system(.rename, path: other, code: errno)
    }
    try JournalEnd.move(path, to: other)
    try synchroniseFolder(parentFolder(of: other))
  }

  /// Removes a journal that nobody has opened; nothing where none stands.
  package static func remove(_ path: String) throws(FilesError) {
    try removeTree(JournalEnd.path(of: path))
    try removeTree(path)
  }

  /// Adds a night, and waits for the disk; whether it stays is still open.
  ///
  /// - Parameters:
  ///   - parts: each at most 16 MiB.
  ///   - facts: what the night was, for who must judge whether it stays.
  /// - Throws: `FilesError`, `CryptographyError`; then nothing was added.
  package func add(_ parts: some Sequence<[UInt8]>, facts: [UInt8]) throws {
    let before = hash
    do {
      let file = try OpenFile(appendingTo: path)
      for part in parts {
        var bytes: [UInt8] = []
        try Self.append(.part, part, to: &bytes, &hash, key)
        try file.write(bytes)
      }
      var bytes: [UInt8] = []
      try Self.append(.end, facts, to: &bytes, &hash, key)
      try file.write(bytes)
      try file.synchronise()
    } catch {
      hash = before
      try? cut(to: size)
      throw error
    }
  }

  /// Says that the night that was added stays.
  package func stay() throws {
    var bytes: [UInt8] = []
    try Self.append(.stays, Self.stays, to: &bytes, &hash, key)
    let file = try OpenFile(appendingTo: path)
    try file.write(bytes)
    try file.synchroniseData()
    size = try file.size()
    try JournalEnd(first: first, size: size, hash: hash).write(beside: path)
  }

  /// Takes back the night that was added.
  package func withdraw() throws {
    try cut(to: size)
    hash = try Self.lastHash(OpenFile(reading: path, followingLinks: false), endingAt: size)
  }

  private func cut(to byteCount: Int) throws(FilesError) {
    let file = try OpenFile(appendingTo: path)
    try file.setSize(byteCount)
    try file.synchronise()
  }

  /// Up to where nights stay: to the end when the last block says so, else to the last that does.
  private static func settledSize(
    _ file: borrowing OpenFile,
    size: Int
  ) throws(FilesError) -> Int {
    if try isStay(file, endingAt: size) { return size }
    var (place, settled) = (magic.count, 0)
    guard size >= magic.count else { return 0 }
    while let head = try frame(file, at: place, size: size) {
      place += frameCount + head.length
      if settled == 0 || head.kind == .stays { settled = place }
    }
    // A length that was changed must not make a night that stays look like one that was torn.
    let rest = try file.bytes(at: settled, count: size - settled)
    // The hash of one that was torn is not whole.
    return rest.dropLast(32).contains(stays) ? size : settled
  }

  private static func isStay(
    _ file: borrowing OpenFile,
    endingAt end: Int
  ) throws(FilesError) -> Bool {
    guard end >= magic.count + staysCount else { return false }
    let bytes = try file.bytes(at: end - staysCount, count: staysCount)
    return bytes[4] == Kind.stays.rawValue && Array(bytes[5..<5 + stays.count]) == stays
  }

  private static func lastHash(
    _ file: borrowing OpenFile,
    endingAt end: Int
  ) throws(FilesError) -> [UInt8] {
    end < magic.count + frameCount ? magic : try file.bytes(at: end - 32, count: 32)
  }

  static func frame(
    _ file: borrowing OpenFile,
    at place: Int,
    size: Int
  ) throws(FilesError) -> (length: Int, kind: Kind)? {
    guard place <= size - frameCount else { return nil }
    let head = try file.bytes(at: place, count: 5)
    var position = 0
    guard let length = head.word(UInt32.self, at: &position), length <= longestBlock,
      Int(length) <= size - place - frameCount, let kind = Kind(rawValue: head[4])
    else { return nil }
    return (Int(length), kind)
  }

  static func block(
    _ file: borrowing OpenFile,
    at place: Int,
    size: Int
  ) throws(FilesError) -> (kind: Kind, bytes: [UInt8], hash: [UInt8], end: Int)? {
    guard let head = try frame(file, at: place, size: size) else { return nil }
    let bytes = try file.bytes(at: place + 5, count: head.length + 32)
    return (
      head.kind, Array(bytes[..<head.length]), Array(bytes[head.length...]),
      place + frameCount + head.length
    )
  }

  private static func append(
    _ kind: Kind,
    _ content: [UInt8],
    to bytes: inout [UInt8],
    _ hash: inout [UInt8],
    _ key: SecretBytes
  ) throws(CryptographyError) {
    var authenticator = try MessageAuthenticator(key: key)
    hash = try authenticator.fullTag(hash + [kind.rawValue] + content)
    bytes.appendWord(UInt32(truncatingIfNeeded: content.count))
    bytes.append(kind.rawValue)
    bytes += content
    bytes += hash
  }
}
