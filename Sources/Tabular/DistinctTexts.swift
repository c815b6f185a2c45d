extension [String] {
  /// Each text once, in the order of its first.
  package var distinct: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
