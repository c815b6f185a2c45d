import Linkage
import PipelineFile
import Tabular

/// A model as text: every number in the fewest digits that give it back exactly.
extension LearntModel {
  var json: JSONValue {
    [
      "columns": .array(
        columns.map { column in
          [
            "comparison": column.comparison.json, "m": .array(column.m.map(exactly)),
            "u": .array(column.u.map(exactly)),
          ]
        }
      ),
      "joints": .array(
        joints.map { joint in
          [
            "members": .array(joint.members.map { .integer(Int64($0)) }), "u": exactly(joint.u),
            "bits": exactly(joint.bits),
          ]
        }
      ),
    ]
  }

  /// Reads what `json` wrote; nil when it is something else.
  init?(_ json: JSONValue) {
    guard let columns = json["columns"]?.arrayValue, let joints = json["joints"]?.arrayValue else {
      return nil
    }
    let read = columns.compactMap { column -> Column? in
      guard let comparison = column["comparison"].flatMap(Comparison.init),
        let m = shares(column["m"]), let u = shares(column["u"]),
        m.count == comparison.levels.count + 1, u.count == m.count
      else { return nil }
      return Column(comparison: comparison, m: m, u: u)
    }
    let together = joints.compactMap { joint -> Joint? in
      guard let members = joint["members"]?.arrayValue?.compactMap(\.integerValue).map(Int.init),
        members.count >= 2, members.allSatisfy(columns.indices.contains),
        let u = joint["u"].flatMap(number), u > 0, u <= 1, let bits = joint["bits"].flatMap(number)
      else { return nil }
      return Joint(members: members, u: u, bits: bits)
    }
    guard read.count == columns.count, together.count == joints.count else { return nil }
    self.init(columns: read, joints: together)
  }
}

extension Comparison {
  /// The column, its levels as a pipeline file writes them, and whether rare values weigh more.
  var json: JSONValue {
    [
      "column": .string(column), "levels": .array(levels.map { .string($0.text) }),
      "frequency": .boolean(usesFrequency),
    ]
  }

  /// Reads what `json` wrote; nil when it is something else.
  fileprivate init?(_ json: JSONValue) {
    guard let column = json["column"]?.stringValue, let levels = json["levels"]?.arrayValue,
      case .boolean(let usesFrequency)? = json["frequency"]
    else { return nil }
    let read = levels.compactMap { $0.stringValue.flatMap(Level.init) }
    guard read.count == levels.count else { return nil }
    self.init(column: column, levels: read, usesFrequency: usesFrequency)
  }
}

extension Comparison.Level {
  /// `exact`, `dice 0.90`, or the name of a part's column.
  var text: String {
    switch self {
    case .exact: "exact"
    case .dice(let hundredths): "dice \(fixed(Double(hundredths) / 100, places: 2))"
    case .part(let column): "part \(column)"
    }
  }

  fileprivate init?(_ text: String) {
    if text == "exact" {
      self = .exact
    } else if text.hasPrefix("dice "), let threshold = Double(text.dropFirst(5)),
      0...1 ~= threshold
    {
      self = .dice(hundredths: Int((threshold * 100).rounded()))
    } else if text.hasPrefix("part ") {
      self = .part(column: String(text.dropFirst(5)))
    } else {
      return nil
    }
  }
}

private func exactly(_ number: Double) -> JSONValue { .string(number.description) }

private func number(_ json: JSONValue) -> Double? {
  json.stringValue.flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil }
}

/// Numbers above 0 and up to 1; nil when one is something else.
private func shares(_ json: JSONValue?) -> [Double]? {
  guard let elements = json?.arrayValue else { return nil }
  let read = elements.compactMap(number).filter { $0 > 0 && $0 <= 1 }
  return read.count == elements.count ? read : nil
}
