import Tabular

/// Sees to it that a resident takes one client of a source, and a client one resident.
///
/// A client is the identities that share a BSN token, else one identity; of a source that is
/// deduplicated, the identities that were found to be one person.
struct OneToOne {
  /// A resident and an identity that a pass would link.
  struct Pair {
    let resident: Int32
    let identity: Int32
  }

  enum Verdict {
    case links
    /// The resident, or the client, was given away by an earlier pass.
    case taken
    /// Several clients meet one resident in this pass, or one client several residents.
    case contested
  }

  private static let nobody: Int32 = -1
  private static let several: Int32 = -2

  private let clientOfIdentity: [Int32]
  private var clientOfResident: [Int32]
  private var residentOfClient: [Int32]

  init(residentCount: Int, clients: [Int32]) {
    clientOfIdentity = clients
    clientOfResident = [Int32](repeating: Self.nobody, count: residentCount)
    residentOfClient = [Int32](repeating: Self.nobody, count: clients.count)
  }

  /// Decides a pass as a whole, so that the order of its pairs does not matter.
  ///
  /// - Returns: one verdict a pair.
  mutating func judge(_ pairs: [Pair]) -> [Verdict] {
    var clientInPass: [Int32: Int32] = [:]
    var residentInPass: [Int32: Int32] = [:]
    for pair in pairs where !isTaken(pair) {
      let client = clientOfIdentity[Int(pair.identity)]
      if clientInPass[pair.resident, default: client] != client {
        clientInPass[pair.resident] = Self.several
      } else {
        clientInPass[pair.resident] = client
      }
      if residentInPass[client, default: pair.resident] != pair.resident {
        residentInPass[client] = Self.several
      } else {
        residentInPass[client] = pair.resident
      }
    }
    let verdicts = pairs.map { pair -> Verdict in
      if isTaken(pair) { return .taken }
      let client = clientOfIdentity[Int(pair.identity)]
      return clientInPass[pair.resident] == client && residentInPass[client] == pair.resident
        ? .links : .contested
    }
    for number in pairs.indices where verdicts[number] == .links {
      let client = clientOfIdentity[Int(pairs[number].identity)]
      clientOfResident[Int(pairs[number].resident)] = client
      residentOfClient[Int(client)] = pairs[number].resident
    }
    return verdicts
  }

  private func isTaken(_ pair: Pair) -> Bool {
    let client = clientOfIdentity[Int(pair.identity)]
    let holder = clientOfResident[Int(pair.resident)]
    let held = residentOfClient[Int(client)]
    return (holder != Self.nobody && holder != client)
      || (held != Self.nobody && held != pair.resident)
  }
}

/// The client of each identity: the first identity that has the same BSN token, else itself.
func clients(of source: Table) -> [Int32] {
  var clients = (0..<Int32(source.rowCount)).map { $0 }
  if let column = source["bsn"] {
    let keys = RecordKeys([KeyColumn(column)], rowCount: source.rowCount)
    var index = KeyIndex(expected: source.rowCount, keys: keys)
    for identity in clients.indices where !keys.values[identity].isMissing {
      let entry = index.insert(identity)
      clients[identity] = Int32(index.firstRecord(ofEntry: entry))
    }
  }
  return clients
}
