package import Cryptography

/// What a journal says to who has no key: nothing proves it.
extension Journal {
  /// What the first block says, which nothing proves yet; nil where no journal stands.
  package static func head(of path: String) throws(FilesError) -> [UInt8]? {
    guard somethingStands(at: path) else { return nil }
    let file = try OpenFile(reading: path, followingLinks: false)
    guard let block = try block(file, at: magic.count, size: file.size()), block.kind == .head
    else {
      return nil
    }
    return block.bytes
  }

  /// Whether the first block was changed: a key proves what follows it, and not what it says.
  ///
  /// - Parameters:
  ///   - path: where the journal stands.
  ///   - key: of its hashes.
  /// - Returns: false where nothing follows.
  /// - Throws: `FilesError`, `CryptographyError`.
  package static func isHeadChanged(_ path: String, key: SecretBytes) throws -> Bool {
    let file = try OpenFile(reading: path, followingLinks: false)
    let size = try file.size()
    guard let head = try block(file, at: magic.count, size: size),
      let next = try block(file, at: head.end, size: size)
    else { return false }
    var authenticator = try MessageAuthenticator(key: key)
    let isOurs =
      try authenticator.fullTag(head.hash + [next.kind.rawValue] + next.bytes) == next.hash
    return try isOurs && !isHeadProved(file, size: size, key)
  }

  /// Whether a key proves the first block, as one of this version.
  static func isHeadProved(
    _ file: borrowing OpenFile,
    size: Int,
    _ key: SecretBytes
  ) throws -> Bool {
    guard let head = try block(file, at: magic.count, size: size) else { return false }
    var authenticator = try MessageAuthenticator(key: key)
    return try authenticator.fullTag(magic + [head.kind.rawValue] + head.bytes) == head.hash
  }

  /// Why a file has no first block that can be read, in words for `FilesError.journal`.
  ///
  /// - Parameter path: where something stands.
  /// - Returns: whether it was changed, or is of another version.
  /// - Throws: `FilesError`.
  package static func headFault(of path: String) throws(FilesError) -> String {
    let file = try OpenFile(reading: path, followingLinks: false)
    let word = try file.bytes(at: 0, count: min(file.size(), magic.count))
    if word == magic { return "its first block was changed" }
    return word.count == magic.count && word.starts(with: magic.dropLast())
      ? "it is none of this version" : "its first bytes were changed"
  }

  /// One night that stays, as the file says it; nothing proves it.
  package struct Night: Sendable {
    package let facts: [UInt8]
    /// Where its parts are.
    fileprivate let parts: [(place: Int, length: Int)]
  }

  /// The nights of a journal, for who has no key: the first comes first.
  ///
  /// - Parameters:
  ///   - path: where it stands.
  ///   - includingLast: also a last night that nobody said stays.
  /// - Returns: what stays.
  /// - Throws: `FilesError`.
  package static func nights(
    of path: String,
    includingLast: Bool = false
  ) throws(FilesError) -> [Night] {
    let file = try OpenFile(reading: path, followingLinks: false)
    let size = try file.size()
    var nights: [Night] = []
    var ended: Night?
    var parts: [(place: Int, length: Int)] = []
    var place = magic.count
    while let head = try frame(file, at: place, size: size) {
      switch head.kind {
      case .head: break
      case .part: parts.append((place + 5, head.length))
      case .end:
        ended = Night(facts: try file.bytes(at: place + 5, count: head.length), parts: parts)
        parts = []
      case .stays:
        if let ended { nights.append(ended) }
        ended = nil
      }
      place += frameCount + head.length
    }
    if includingLast, let ended { nights.append(ended) }
    return nights
  }

  /// The parts of a night of `nights`, one at a time.
  ///
  /// - Throws: `FilesError`, and what `take` throws.
  package static func read(
    _ night: Night,
    of path: String,
    _ take: (_ part: [UInt8]) throws -> Void
  ) throws {
    let file = try OpenFile(reading: path, followingLinks: false)
    for part in night.parts { try take(file.bytes(at: part.place, count: part.length)) }
  }
}
