import Cryptography
import Dispatch
import Synchronization

/// The SHA-256 of inflated bytes, taken beside the inflating.
///
/// Inflating is what a run waits for: a second digest on its thread took a fifth longer, while the
/// workers that parse leave room. What is short is digested on the spot: a queue costs more than it.
struct ContentHash: ~Copyable {
  private static let pieceLength = StoredBytes.sliceLength
  /// So many pieces may wait, so that memory is bounded where the disk is faster than the digest.
  private static let waitingLimit = 8

  private let path: String
  private var piece: [UInt8] = []
  private var byteCount = 0
  private var beside: Beside?

  init(path: String) { self.path = path }

  mutating func add(_ bytes: UnsafeRawBufferPointer) throws(FilesError) {
    byteCount += bytes.count
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + Self.pieceLength - piece.count)
      unsafe piece.append(contentsOf: bytes[start..<end])
      start = end
      if piece.count == Self.pieceLength { try handOver() }
    }
  }

  /// The digest of all that was added.
  mutating func finish() throws(FilesError) -> PackedContent {
    if let beside {
      let digest = try beside.finish(with: piece)
      return PackedContent(sha256: digest, byteCount: byteCount)
    }
    var digest = try StoredDigest(path: path)
    try Self.update(&digest, with: piece)
    return PackedContent(sha256: try digest.finish(), byteCount: byteCount)
  }

  private mutating func handOver() throws(FilesError) {
    if beside == nil { beside = Beside(try StoredDigest(path: path), Self.waitingLimit) }
    beside?.add(piece)
    piece = []
    piece.reserveCapacity(Self.pieceLength)
  }

  private static func update(
    _ digest: inout StoredDigest,
    with bytes: [UInt8]
  ) throws(FilesError) {
    try unsafe bytes.span.withUnsafeBytes { (all) throws(FilesError) in
      try unsafe digest.update(all)
    }
  }

  /// A digest on a thread of its own, piece by piece in their order.
  private final class Beside: Sendable {
    private struct State: ~Copyable {
      var digest: StoredDigest
      var failure: FilesError?
    }

    private let queue = DispatchQueue(label: "koppel.content", qos: .userInitiated)
    private let room: DispatchSemaphore
    private let state: Mutex<State>

    init(_ digest: consuming sending StoredDigest, _ limit: Int) {
      state = Mutex(State(digest: digest))
      room = DispatchSemaphore(value: limit)
    }

    func add(_ piece: [UInt8]) {
      room.wait()
      queue.async {
        self.update(with: piece)
        self.room.signal()
      }
    }

    func finish(with rest: [UInt8]) throws(FilesError) -> String {
      queue.sync { update(with: rest) }
      return try state.withLock { (state: inout State) throws(FilesError) -> String in
        if let failure = state.failure { throw failure }
        return try state.digest.finish()
      }
    }

    private func update(with piece: [UInt8]) {
      state.withLock { state in
        guard state.failure == nil else { return }
        do throws(FilesError) {
          try ContentHash.update(&state.digest, with: piece)
        } catch {
          state.failure = error
        }
      }
    }
  }
}
