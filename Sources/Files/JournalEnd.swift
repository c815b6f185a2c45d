import Glibc

/// How far the nights of a journal stay, in a file beside it.
///
/// A journal proves what it holds, not that nothing is gone from its end. It is written after the journal,
/// so that it never tells of more than was on the disk.
struct JournalEnd {
  private static let suffix = ".end"
  private static let magic = Array("KOPPEL-END/1".utf8)
  private static let hashCount = 32

  /// The hash of the first block: of another journal it says nothing.
  let first: [UInt8]
  let size: Int
  /// Of the block that ends there.
  let hash: [UInt8]

  init(first: [UInt8], size: Int, hash: [UInt8]) {
    (self.first, self.size, self.hash) = (first, size, hash)
  }

  static func path(of journal: String) -> String { journal + suffix }

  /// Reads what stands beside a journal; nil where nothing does.
  ///
  /// - Throws: `journal` where it is something else; `FilesError`.
  init?(of journal: String) throws(FilesError) {
    let path = Self.path(of: journal)
    guard somethingStands(at: path) else { return nil }
    let file = try OpenFile(reading: path, followingLinks: false)
    let bytes = try file.bytes(at: 0, count: min(file.size(), 1 << 10))
    var position = Self.magic.count
    guard bytes.starts(with: Self.magic), let size = bytes.word(UInt64.self, at: &position),
      let size = Int(exactly: size), bytes.count == position + 2 * Self.hashCount
    else { throw .journal(path: path, fault: "it is none of this version") }
    self.size = size
    first = Array(bytes[position..<position + Self.hashCount])
    hash = Array(bytes[(position + Self.hashCount)...])
  }

  func write(beside journal: String) throws(FilesError) {
    var bytes = Self.magic
    bytes.appendWord(UInt64(size))
    try AtomicFile.write(Self.path(of: journal), bytes + first + hash, mode: 0o600)
  }

  /// Follows a journal to another place; nothing where none stands.
  static func move(_ journal: String, to other: String) throws(FilesError) {
    guard somethingStands(at: path(of: journal)) else { return }
    guard unsafe rename(path(of: journal), path(of: other)) == 0 else {
      throw .system(.rename, path: path(of: other), code: errno)
    }
  }
}
