import Linkage

/// Who tonight's persons are, and what happened to ids.
struct NightPersons {
  /// Ordered by kind.
  let events: [PersonEvent]
  /// By the key of each kind of event that occurs.
  let counts: [String: Int]
  /// How many have an id: residents, and those kept apart.
  let count: Int

  init(events: [PersonEvent], count: Int) {
    self.events = events
    self.count = count
    var counts: [String: Int] = [:]
    for kind in PersonEvent.Kind.allCases {
      let found = events.lazy.filter { $0.kind == kind }
      for isApart in [false, true] {
        guard let first = found.first(where: { $0.isApart == isApart }) else { continue }
        counts[first.key, default: 0] += found.count { $0.isApart == isApart }
      }
    }
    self.counts = counts
  }

  /// One line of the run, in which events stand by their names.
  var sentence: String {
    let told = counts.sorted { $0.key < $1.key }.map { key, count in
      "\(PersonEvent.word(ofKey: key)) \(grouped(count))"
    }
    return "\(counted(count, "person")) with an id; events: "
      + (told.isEmpty ? "none" : told.joined(separator: ", "))
  }
}
