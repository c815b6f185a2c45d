/// How often each code occurs; a negative code counts as missing.
struct CodeCounts: Sendable {
  /// By code + 1.
  private var counts: [Int32] = []

  mutating func add(_ code: Int32) {
    let place = Int(max(code, -1)) + 1
    if place >= counts.count {
      counts += Array(repeating: 0, count: place + 1 - counts.count + counts.count / 2)
    }
    counts[place] &+= 1
  }

  mutating func add(_ others: CodeCounts) {
    if counts.count < others.counts.count {
      counts += Array(repeating: 0, count: others.counts.count - counts.count)
    }
    for (place, count) in others.counts.enumerated() { counts[place] &+= count }
  }

  /// Forgets a code.
  mutating func clear(_ code: Int32) {
    let place = Int(max(code, -1)) + 1
    if place < counts.count { counts[place] = 0 }
  }

  subscript(code: Int32) -> Int {
    let place = Int(max(code, -1)) + 1
    return place < counts.count ? Int(counts[place]) : 0
  }
}
