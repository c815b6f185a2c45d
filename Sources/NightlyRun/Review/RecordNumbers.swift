/// Numbers of the records of all sources, source after source, as a night without a spine counts them.
struct RecordNumbers {
  private let names: [String]
  /// By source, the number of its first record.
  private let firsts: [Int32]

  init(_ staged: [StagedSource]) {
    names = staged.map(\.name)
    var firsts: [Int32] = []
    var count: Int32 = 0
    for source in staged {
      firsts.append(count)
      count += Int32(source.rowCounts.count)
    }
    self.firsts = firsts
  }

  /// The number of an identity of a source; that of the first record for a source that there is not.
  func number(_ identity: Int32, of source: String) -> Int32 {
    names.firstIndex(of: source).map { firsts[$0] + identity } ?? 0
  }

  /// The source of a record, by its place in the pipeline, and the identity that it is.
  func place(of number: Int32) -> (source: Int, identity: Int32) {
    let source = firsts.lastIndex { $0 <= number } ?? 0
    return (source, number - firsts[source])
  }
}
