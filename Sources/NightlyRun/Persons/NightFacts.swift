import FoundationEssentials
import Tabular

/// What `persons.ledger` says of a night beside its events.
struct NightFacts {
  let run: String
  /// UTC.
  let started: String
  /// The label of the period; empty for none.
  let period: String
  /// Of what the night publishes; nil when it ends with the links.
  let manifest: String?

  init(run: String, started: String, period: String, manifest: String?) {
    (self.run, self.started, self.period, self.manifest) = (run, started, period, manifest)
  }

  init?(_ bytes: [UInt8]) {
    guard let json = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)),
      let run = json["run"]?.stringValue, let started = json["started"]?.stringValue,
      let period = json["period"]?.stringValue
    else { return nil }
    self.init(
      run: run,
      started: started,
      period: period,
      manifest: json["manifest"]?.stringValue
    )
  }

  var json: JSONValue {
    var members: [String: JSONValue] = [
      "run": .string(run), "started": .string(started), "period": .string(period),
    ]
    members["manifest"] = manifest.map { .string($0) }
    return .object(members)
  }
}
