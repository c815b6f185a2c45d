import Tabular

/// Which resident the key of each identity meets.
///
/// The identities still without a resident are indexed, not the spine: later passes have few.
struct KeyMeetings {
  static let nobody = -1
  static let several = -2

  /// For each of the identities given: a row number of the spine, `nobody` or `several`.
  let residents: [Int32]
  /// Distinct keys that met several residents.
  let ambiguousKeyCount: Int

  init(of identities: [Int32], sourceKeys: RecordKeys, spineKeys: RecordKeys) {
    var index = KeyIndex(expected: identities.count, keys: sourceKeys)
    var entries = [Int32](repeating: -1, count: identities.count)
    for place in identities.indices {
      let identity = Int(identities[place])
      if sourceKeys.values[identity].isMissing { continue }
      entries[place] = Int32(index.insert(identity))
    }

    var residentOfEntry = [Int32](repeating: Int32(Self.nobody), count: index.entryCount)
    var ambiguous = 0
    if index.entryCount > 0 {
      for resident in spineKeys.values.indices where !spineKeys.values[resident].isMissing {
        let entry = index.entry(meeting: resident, of: spineKeys)
        guard entry >= 0 else { continue }
        if residentOfEntry[entry] == Self.nobody {
          residentOfEntry[entry] = Int32(resident)
        } else if residentOfEntry[entry] != Self.several {
          residentOfEntry[entry] = Int32(Self.several)
          ambiguous += 1
        }
      }
    }
    residents = entries.map { $0 < 0 ? Int32(Self.nobody) : residentOfEntry[Int($0)] }
    ambiguousKeyCount = ambiguous
  }
}
