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

  /// Whether a key proves what follows the first block, whatever that block says.
  ///
  /// - Parameters:
  ///   - path: where the journal stands.
  ///   - key: of its hashes.
  /// - Returns: false where nothing follows.
  /// - Throws: `FilesError`, `CryptographyError`.
  package static func isProved(_ path: String, afterHeadBy key: SecretBytes) throws -> Bool {
    let file = try OpenFile(reading: path, followingLinks: false)
    let size = try file.size()
    guard let head = try block(file, at: magic.count, size: size),
      let next = try block(file, at: head.end, size: size)
    else { return false }
    var authenticator = try MessageAuthenticator(key: key)
    return try authenticator.fullTag(head.hash + [next.kind.rawValue] + next.bytes) == next.hash
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
