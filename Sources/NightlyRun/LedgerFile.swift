import Files
import Tabular

/// One file that was delivered, as the ledger knows it.
///
/// Digests, counts and a masked name; no clear identifier.
struct LedgerFile: Sendable, Equatable {
  /// What became of a file.
  enum State: String, Sendable {
    /// Its rows count.
    case accepted
    /// It was received before, and counts once.
    case duplicate
    /// Another stands in its place.
    case replaced
    /// A gate stopped it.
    case refused
    /// It stands in for a later delivery that did not come.
    case stale
  }

  let source: String
  /// The label of the period it was read for; empty where the pipeline has none.
  let period: String
  /// The last part of its path, masked.
  let name: String
  /// As received, in 64 hexadecimal digits.
  let sha256: String
  let byteCount: Int
  /// What a packed file holds; nil for any other, and where older versions read it.
  var content: PackedContent?
  /// Rejected rows too; nil where its reader does not tell.
  var rowCount: Int?
  var state: State
  /// The run that read it first.
  let run: String
  /// A keyed digest of its sender and its identifiers; nil where the format has none.
  var message: String?
  /// A keyed digest of what its rows hold; nil where it was read in pieces.
  var payload: String?
  /// The day that it bears, as YYYYMMDD, or 0.
  var day = 0
  /// The SHA-256 of what stands in its place, and the period of that; nil while nothing does.
  var successor: String?
  var successorPeriod: String?

  /// The digest of what it holds, packed or not, as far as it is known.
  var held: String { content?.sha256 ?? sha256 }

  init(
    source: String,
    period: String,
    name: String,
    sha256: String,
    byteCount: Int,
    state: State,
    run: String
  ) {
    self.source = source
    self.period = period
    self.name = name
    self.sha256 = sha256
    self.byteCount = byteCount
    self.state = state
    self.run = run
  }

  /// As a line of the ledger.
  var json: JSONValue {
    var members: [String: JSONValue] = [
      "kind": "file", "source": .string(source), "period": .string(period), "name": .string(name),
      "sha256": .string(sha256), "bytes": .integer(Int64(byteCount)),
      "state": .string(state.rawValue), "run": .string(run),
    ]
    members["rows"] = rowCount.map { .integer(Int64($0)) }
    members["message"] = message.map { .string($0) }
    members["payload"] = payload.map { .string($0) }
    members["day"] = day == 0 ? nil : .integer(Int64(day))
    members["by"] = successor.map { .string($0) }
    members["by_period"] = successorPeriod.map { .string($0) }
    return .object(members.merging(content?.members ?? [:]) { $1 })
  }

  /// Reads what `json` wrote; nil when it is something else.
  init?(_ json: JSONValue) {
    guard let source = json["source"]?.stringValue, let period = json["period"]?.stringValue,
      let name = json["name"]?.stringValue, let sha256 = json["sha256"]?.stringValue,
      let byteCount = json["bytes"]?.integerValue,
      let state = json["state"]?.stringValue.flatMap(State.init),
      let run = json["run"]?.stringValue
    else { return nil }
    self.init(
      source: source,
      period: period,
      name: name,
      sha256: sha256,
      byteCount: Int(byteCount),
      state: state,
      run: run
    )
    content = PackedContent(members: json)
    rowCount = json["rows"]?.integerValue.map(Int.init)
    message = json["message"]?.stringValue
    payload = json["payload"]?.stringValue
    day = json["day"]?.integerValue.map(Int.init) ?? 0
    successor = json["by"]?.stringValue
    successorPeriod = json["by_period"]?.stringValue
  }
}
