import PipelineFile
import Tabular

/// Clients whose BSN says who they are, and is hidden to see whether they are found without it.
///
/// One in five is rehearsed as a stranger: his resident is hidden too. The choice follows from the
/// BSN tokens, never from the order of the records.
struct HiddenClients: Sendable {
  struct Client: Sendable {
    /// The one with most rows, or the first of equals.
    let identity: Int32
    let resident: Int32
    /// Learnt from when the other half is linked.
    let isInFirstHalf: Bool
    let isStranger: Bool
    /// A random number of its own.
    let hash: UInt64
  }

  /// Clients that are rehearsed at most.
  static let limit = 50_000
  /// Clients whose BSN proves who they are, below which nothing is rehearsed or learnt from them.
  static let least = 500
  private static let seed: UInt64 = 0x6869_6464_656E

  /// In the order of their hashes.
  let clients: [Client]

  /// - Parameters:
  ///   - links: of the exact passes.
  ///   - spine: one row a resident.
  ///   - source: one row an identity.
  ///   - rowCounts: how many rows each identity has.
  ///   - clients: of each identity.
  init(
    _ links: Links,
    spine: Table,
    source: Table,
    rowCounts: [Int32],
    clients: [Int32]
  ) {
    guard case .tokens(let own)? = source["bsn"], case .tokens(let theirs)? = spine["bsn"] else {
      self.clients = []
      return
    }
    var chosen: [Int32: Int32] = [:]
    for identity in own.indices where links.persons[identity] >= 0 {
      let number = own[identity]
      if number.isMissing || number != theirs[Int(links.persons[identity])] { continue }
      let client = clients[identity]
      if let other = chosen[client], rowCounts[Int(other)] >= rowCounts[identity] { continue }
      chosen[client] = Int32(identity)
    }
    guard chosen.count >= Self.least else {
      self.clients = []
      return
    }
    let all = chosen.values.map { identity in
      let number = own[Int(identity)]
      let hash = SplitMix64.hash(SplitMix64.hash(Self.seed ^ number.high) ^ number.low)
      return Client(
        identity: identity,
        resident: links.persons[Int(identity)],
        isInFirstHalf: hash & 1 == 0,
        isStranger: (hash >> 1) % 5 == 0,
        hash: hash
      )
    }
    self.clients = Array(
      all.sorted { ($0.hash, $0.identity) < ($1.hash, $1.identity) }.prefix(Self.limit)
    )
  }
}
