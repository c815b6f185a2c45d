import FoundationEssentials
import Tabular

/// What is known of the filters of a source's records: counts and digests, no value.
struct RecordFacts: Sendable, Equatable {
  /// What the staged table was made from.
  var madeFrom: String
  /// Tells the secret, to whoever has our key.
  var mark: String
  var encoding: String
  /// Of the extract, of those made up among them, and of those of which no filter could be made.
  var records = 0
  var madeUp = 0
  var unfit = 0
  /// The share of the bits of real records that are set, in ten-thousandths.
  var fill = 0
  /// Of the file for the partner.
  var byteCount = 0
  var sha256 = ""

  var json: JSONValue {
    [
      "made_from": .string(madeFrom), "mark": .string(mark), "encoding": .string(encoding),
      "records": .integer(Int64(records)), "made_up": .integer(Int64(madeUp)),
      "unfit": .integer(Int64(unfit)), "fill": .integer(Int64(fill)),
      "bytes": .integer(Int64(byteCount)), "sha256": .string(sha256),
    ]
  }

  init(madeFrom: String, mark: String, encoding: String) {
    self.madeFrom = madeFrom
    self.mark = mark
    self.encoding = encoding
  }

  /// Nil for what is not stored as it would be written.
  init?(_ bytes: [UInt8]) {
    guard let json = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)),
      let madeFrom = json["made_from"]?.stringValue, let mark = json["mark"]?.stringValue,
      let encoding = json["encoding"]?.stringValue, let sha256 = json["sha256"]?.stringValue
    else { return nil }
    func count(_ name: String) -> Int { Int(json[name]?.integerValue ?? -1) }
    self.init(madeFrom: madeFrom, mark: mark, encoding: encoding)
    self.sha256 = sha256
    (records, madeUp, unfit) = (count("records"), count("made_up"), count("unfit"))
    (fill, byteCount) = (count("fill"), count("bytes"))
    guard [records, madeUp, unfit, fill, byteCount].allSatisfy({ $0 >= 0 }) else { return nil }
  }
}
