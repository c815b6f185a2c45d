/// Counts by name, of no more names than a report can show: its memory does not grow with the log.
struct BoundedCounts: Hashable {
  private(set) var counts: [String: Int] = [:]
  /// What was counted under names for which there was no room.
  private(set) var others = 0

  static let mostNames = 64
  private static let longestName = 120

  var isEmpty: Bool { counts.isEmpty && others == 0 }
  var total: Int { counts.values.reduce(others) { $0.plus($1) } }

  /// Most first, equal ones by name.
  var sorted: [(name: String, count: Int)] {
    counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }

  mutating func add(_ name: String, _ count: Int = 1) {
    let name = Self.shortened(name)
    if let before = counts[name] {
      counts[name] = before.plus(count)
    } else if counts.count < Self.mostNames {
      counts[name] = count
    } else {
      others = others.plus(count)
    }
  }

  mutating func add(_ other: BoundedCounts) {
    for (name, count) in other.sorted { add(name, count) }
    others = others.plus(other.others)
  }

  /// A text of the log, as long as a report has room for.
  static func shortened(_ text: String) -> String {
    text.utf8.count <= longestName ? text : "\(text.prefix(longestName))…"
  }
}
