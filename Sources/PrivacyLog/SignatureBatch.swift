import Cryptography
import Dispatch
import Synchronization

/// Signatures that wait to be verified, many at a time on all processors.
///
/// To verify one takes longer than to hash a hundred lines.
struct SignatureBatch {
  private struct Item: Sendable {
    let note: SignedNote
    let key: NoteKey
    let size: Int
    let fault: LogFault
  }

  private var waiting: [Item] = []
  private var bad: (size: Int, fault: LogFault)?
  private static let mostWaiting = 1024
  private static let chunk = 16

  /// Takes a note that a key must have signed.
  ///
  /// - Parameters:
  ///   - note: of a checkpoint.
  ///   - key: whose signature must stand under it.
  ///   - size: of the checkpoint; the smallest bad one counts.
  ///   - fault: what it is when it is not.
  /// - Throws: `library`.
  mutating func add(
    _ note: SignedNote,
    _ key: NoteKey,
    size: Int,
    _ fault: LogFault
  ) throws(CryptographyError) {
    waiting.append(Item(note: note, key: key, size: size, fault: fault))
    if waiting.count >= Self.mostWaiting { try verify() }
  }

  /// The first that is not signed as it must be.
  ///
  /// - Throws: `library`.
  mutating func firstBad() throws(CryptographyError) -> (size: Int, fault: LogFault)? {
    try verify()
    return bad
  }

  private mutating func verify() throws(CryptographyError) {
    let items = waiting
    waiting.removeAll(keepingCapacity: true)
    guard bad == nil, !items.isEmpty else { return }
    let found = Mutex<(bad: Int?, error: CryptographyError?)>((nil, nil))
    DispatchQueue.concurrentPerform(iterations: (items.count + Self.chunk - 1) / Self.chunk) {
      number in
      for place in number * Self.chunk..<min(items.count, (number + 1) * Self.chunk) {
        do throws(CryptographyError) {
          guard try !items[place].note.isSigned(by: items[place].key) else { continue }
          found.withLock { $0.bad = min($0.bad ?? .max, place) }
        } catch {
          found.withLock { $0.error = error }
        }
      }
    }
    let result = found.withLock { $0 }
    if let error = result.error { throw error }
    if let place = result.bad { bad = (items[place].size, items[place].fault) }
  }
}
