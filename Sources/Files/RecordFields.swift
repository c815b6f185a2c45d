import Tabular

/// The members of an object of a key record.
struct RecordFields {
  private let members: [String: JSONValue]

  init(_ json: JSONValue, _ known: Set<String>) throws(KeyRecordFault) {
    guard let members = json.objectValue else { throw .notJSON }
    if let other = members.keys.filter({ !known.contains($0) }).min() { throw .unknownField(other) }
    self.members = members
  }

  func text(_ name: String) throws(KeyRecordFault) -> String {
    guard let text = members[name]?.stringValue else { throw .value(name) }
    return text
  }

  /// A day, or nil for none.
  func day(_ name: String) throws(KeyRecordFault) -> CivilDate? {
    switch members[name] {
    case .null, nil: return nil
    case .string(let text):
      guard let day = CivilDate(text) else { throw .value(name) }
      return day
    default: throw .value(name)
    }
  }
}
