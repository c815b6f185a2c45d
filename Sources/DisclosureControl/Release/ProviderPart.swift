/// What a provider brings to a number.
struct ProviderPart: Sendable, Hashable {
  let name: String
  /// Of a count, how many of its persons are with them; others may be with several.
  let amount: Int64
}

extension [ProviderPart] {
  /// What the providers bring who bring most, as magnitudes, the largest first.
  var largest: [Int64] { map { Int64(clamping: $0.amount.magnitude) }.sorted(by: >) }

  /// Those of several numbers together; each stands in the order of the names.
  static func together(_ all: [[ProviderPart]]) -> [ProviderPart] {
    guard all.count > 1 else { return all.first ?? [] }
    var amountOfName: [String: Int64] = [:]
    for part in all.joined() { amountOfName[part.name, default: 0] &+= part.amount }
    return amountOfName.filter { $0.value != 0 }.map { ProviderPart(name: $0, amount: $1) }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// What changed from one version of a number to the other.
  func changed(since earlier: [ProviderPart]) -> [ProviderPart] {
    .together([self, earlier.map { ProviderPart(name: $0.name, amount: 0 &- $0.amount) }])
  }
}
