import Linkage

/// Who tonight's persons are, and what happened to ids.
struct NightPersons {
  /// By kind, in the order of kinds.
  let events: [PersonEvents]
  /// One a resident, in their order.
  let ids: [Int32]
  /// How many have an id: residents, and those kept apart.
  let count: Int
  /// Where events are to be kept; nil for a trial.
  let file: PersonsFile?

  /// How many events of each kind there are, by what files call it; those alone that occur.
  var counts: [String: Int] {
    var counts: [String: Int] = [:]
    for events in events {
      let parts = [(false, events.count - events.apartCount), (true, events.apartCount)]
      for (isApart, count) in parts where count > 0 {
        counts[PersonEvent(events.kind, 0, isApart: isApart).key, default: 0] += count
      }
    }
    return counts
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
